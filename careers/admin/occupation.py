"""Occupations, and the fields of study that lead to them: official lists, to be read."""

from __future__ import annotations

from django.contrib import admin

from careers.models import FieldOccupation, Occupation, OnetOccupation
from directory.admin.base import ReadOnlyAdmin, ReadOnlyInline, column


class OnetInline(ReadOnlyInline):
    model = OnetOccupation
    fields = ("code", "title", "in_force")
    verbose_name_plural = "As O*NET describes it"


class FieldInline(ReadOnlyInline):
    model = FieldOccupation
    fields = ("field", "release")
    select = ("field", "release")
    verbose_name_plural = "Fields of study that lead here"


@admin.register(Occupation)
class OccupationAdmin(ReadOnlyAdmin):
    list_display = ("soc", "title", column("group", order="group"), "in_force", "release")
    list_filter = ("group", "in_force")
    search_fields = ("soc__startswith", "title")
    ordering = ("soc",)
    select = ("release",)
    inlines = (OnetInline, FieldInline)


@admin.register(FieldOccupation)
class FieldOccupationAdmin(ReadOnlyAdmin):
    list_display = ("field", "occupation", "release")
    search_fields = ("field__cip__startswith", "field__title", "occupation__soc__startswith", "occupation__title")
    ordering = ("field__cip", "occupation")
    select = ("field", "occupation", "release")
