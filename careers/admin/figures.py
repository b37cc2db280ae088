"""Pay, outlook and education of occupations: official figures, to be read."""

from __future__ import annotations

from django.contrib import admin

from careers.models import Area, Attainment, Pay, Projection
from directory.admin.base import ReadOnlyAdmin, column

BY_OCCUPATION = ("occupation__soc__startswith", "occupation__title")


@admin.register(Area)
class AreaAdmin(ReadOnlyAdmin):
    list_display = ("title", "code", column("kind", order="kind"), "usps", "release")
    list_filter = ("kind",)
    search_fields = ("title", "code__exact", "usps__iexact")
    ordering = ("kind", "title")
    select = ("release",)


@admin.register(Pay)
class PayAdmin(ReadOnlyAdmin):
    list_display = ("occupation", "area", "year", "employment", "annual_median", "annual_p10", "annual_p90", "release")
    list_filter = ("area__kind", "annual_only", "hourly_only")
    search_fields = (*BY_OCCUPATION, "area__title")
    ordering = ("occupation", "area", "-year")
    select = ("occupation", "area", "release")


@admin.register(Projection)
class ProjectionAdmin(ReadOnlyAdmin):
    list_display = (
        *("occupation", "base_year", "target_year", "jobs", "jobs_projected", "change_percent", "openings"),
        *("entry_education", "release"),
    )
    list_filter = ("entry_education", "base_year")
    search_fields = BY_OCCUPATION
    ordering = ("occupation", "-base_year")
    select = ("occupation", "release")


@admin.register(Attainment)
class AttainmentAdmin(ReadOnlyAdmin):
    list_display = (
        *("occupation", "year", "surveyed", "less_than_high_school", "high_school", "some_college", "associate"),
        *("bachelors", "masters", "doctoral", "inexact", "release"),
    )
    list_filter = ("inexact", "year")
    search_fields = BY_OCCUPATION
    ordering = ("occupation", "-year")
    select = ("occupation", "release")
