"""Official figures, which only files write: completions, outcomes, prices, delivery, facts by year."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from directory.admin.base import ReadOnlyAdmin, column
from directory.admin.searching import OF_PROGRAM, OF_SCHOOL, SearchThrough
from directory.models import Completions, FieldOutcome, ProgramCharge, ProgramDelivery, SchoolFigure


class OfProgram(SearchThrough, ReadOnlyAdmin):
    search_fields: ClassVar[tuple[str, ...]] = ("program__slug__exact",)
    search_through = OF_PROGRAM
    ordering = ("-pk",)
    sortable_by = ()
    select = ("program__school", "program__field", "release")


class OfSchool(SearchThrough, ReadOnlyAdmin):
    search_fields: ClassVar[tuple[str, ...]] = ("school__slug__exact",)
    search_through = OF_SCHOOL
    ordering = ("-pk",)
    sortable_by = ()
    select = ("school", "release")


@admin.register(Completions)
class CompletionsAdmin(OfProgram):
    list_display = (
        "program",
        column("program__school__name", "school"),
        "year",
        "awards",
        column("awards_note"),
    )
    list_filter = ("year",)


@admin.register(SchoolFigure)
class SchoolFigureAdmin(OfSchool):
    list_display = ("school", column("measure"), "year", "value", column("value_note"), "release")
    list_filter = ("measure", "year")


@admin.register(FieldOutcome)
class FieldOutcomeAdmin(OfSchool):
    list_display = (
        *("school", "family", column("credential")),
        *("earnings_1yr", "earnings_4yr", "earnings_5yr", "debt_here"),
    )
    list_filter = ("credential",)
    search_fields = ("school__slug__exact", "family__startswith")


@admin.register(ProgramCharge)
class ProgramChargeAdmin(OfSchool):
    list_display = ("school", column("cip"), "year", "price", column("price_note"), "hours", "months")
    list_filter = ("year",)
    search_fields = ("school__slug__exact", "cip__startswith")


@admin.register(ProgramDelivery)
class ProgramDeliveryAdmin(OfProgram):
    list_display = ("program", column("program__school__name", "school"), "year", column("delivery"))
    list_filter = ("delivery", "year")
