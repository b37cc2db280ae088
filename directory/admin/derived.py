"""What the pipeline works out from the facts, and how often readers leave: shown, not edited."""

from __future__ import annotations

from django.contrib import admin

from directory.admin.base import ReadOnlyAdmin, column
from directory.admin.filters import InState
from directory.admin.searching import OF_PROGRAM, OF_SCHOOL, SearchThrough
from directory.models import ClickCount, Listing, Opening


@admin.register(Listing)
class ListingAdmin(SearchThrough, ReadOnlyAdmin):
    list_display = (
        *("title", "school_name", "state", column("level"), column("standing", "accreditation")),
        *(column("delivery"), "price", "earnings", "awards", "rank_points", "listed"),
    )
    list_filter = ("listed", "level", "standing", "delivery", "control", InState)
    search_fields = ("cip__startswith", "title__icontains")
    search_through = OF_SCHOOL
    ordering = ("-pk",)
    sortable_by = ()
    select = ("program__field", "school", "price_release", "earnings_release", "awards_release")


@admin.register(Opening)
class OpeningAdmin(SearchThrough, ReadOnlyAdmin):
    list_display = (
        *("certification", "program", column("program__school__name", "school")),
        *(column("basis"), "deciding_condition"),
    )
    list_filter = ("basis", "certification")
    search_fields = ("certification__acronym__iexact", "program__slug__exact")
    search_through = OF_PROGRAM
    ordering = ("-pk",)
    sortable_by = ()
    select = ("certification", "program__school", "program__field", "route", "deciding_condition")


@admin.register(ClickCount)
class ClickCountAdmin(ReadOnlyAdmin):
    list_display = ("day", column("kind"), "school", "program", "count")
    list_filter = ("kind",)
    search_fields = ("school__name", "program__title", "program__field__title")
    date_hierarchy = "day"
    ordering = ("-day", "-count", "pk")
    select = ("school", "program__field")
