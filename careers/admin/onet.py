"""What O*NET says about occupations, to be read."""

from __future__ import annotations

from django.contrib import admin

from careers.models import (
    AlternateTitle,
    Interest,
    JobZone,
    OnetJobZone,
    OnetOccupation,
    RelatedOccupation,
    Task,
    Technology,
)
from directory.admin.base import ReadOnlyAdmin, column

BY_ONET = ("onet__code__startswith", "onet__title")


@admin.register(OnetOccupation)
class OnetOccupationAdmin(ReadOnlyAdmin):
    list_display = ("code", "title", "occupation", "in_force", "release")
    list_filter = ("in_force",)
    search_fields = ("code__startswith", "title")
    ordering = ("code",)
    select = ("occupation", "release")


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ("text", "onet", column("kind", order="kind"), "dated", "said_by", "release")
    list_filter = ("kind",)
    search_fields = ("onet__code__startswith", "text")
    ordering = ("onet", "task_id")
    select = ("onet", "release")


@admin.register(Technology)
class TechnologyAdmin(ReadOnlyAdmin):
    list_display = ("name", "onet", "commodity", "hot", "in_demand", "release")
    list_filter = ("hot", "in_demand")
    search_fields = ("onet__code__startswith", "name", "commodity")
    ordering = ("onet", "name")
    select = ("onet", "release")


@admin.register(AlternateTitle)
class AlternateTitleAdmin(ReadOnlyAdmin):
    list_display = ("title", "short_title", "onet", column("kind", order="kind"), "origins", "release")
    list_filter = ("kind",)
    search_fields = ("onet__code__startswith", "title", "short_title")
    ordering = ("title", "onet")
    select = ("onet", "release")


@admin.register(RelatedOccupation)
class RelatedOccupationAdmin(ReadOnlyAdmin):
    list_display = ("onet", "related", column("tier", order="tier"), "index", "release")
    list_filter = ("tier",)
    search_fields = BY_ONET
    ordering = ("onet", "index")
    select = ("onet", "related", "release")


@admin.register(Interest)
class InterestAdmin(ReadOnlyAdmin):
    list_display = ("onet", column("element", order="element"), column("scale"), "value", "said_by", "release")
    list_filter = ("scale", "element")
    search_fields = BY_ONET
    ordering = ("onet", "element")
    select = ("onet", "release")


@admin.register(JobZone)
class JobZoneAdmin(ReadOnlyAdmin):
    list_display = ("zone", "name", "svp_range", "release")
    search_fields = ("name",)
    ordering = ("zone",)
    select = ("release",)


@admin.register(OnetJobZone)
class OnetJobZoneAdmin(ReadOnlyAdmin):
    list_display = ("onet", "zone", "dated", "rated_by", "release")
    list_filter = ("zone",)
    search_fields = BY_ONET
    ordering = ("onet",)
    select = ("onet", "zone", "release")
