"""Where facts come from: releases of official files, the runs that loaded them, the rows that stayed out."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from directory.admin.base import FactsInline, ReadOnlyAdmin, column
from directory.models import ImportReject, ImportRun, KeptChange, Release


class Newest(SimpleListFilter):
    """The newest release of each source, or those that a newer one has followed."""

    title = "currency"
    parameter_name = "newest"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "Newest of its source"), ("0", "Followed by a newer one")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(followed=self.value() == "0") if self.value() in ("0", "1") else queryset


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = (column("source"), "vintage", "is_newest", "rows", "loaded_at", column("origin"), "scope")
    list_filter = (Newest, "origin", "source")
    search_fields = ("source", "vintage", "file_name", "sha256__exact")
    date_hierarchy = "loaded_at"
    ordering = ("source", "-rank", "pk")
    fields = (
        *(("source", "vintage"), ("year", "rank"), "origin", "scope", "families", "rows"),
        *("file_name", "sha256", "loaded_at", "runs_here"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        newer = Release.objects.filter(source=OuterRef("source"), rank__gt=OuterRef("rank"))
        return super().get_queryset(request).annotate(followed=Exists(newer))

    @admin.display(description="newest", boolean=True)
    def is_newest(self, release: Release) -> bool:
        return not release.followed  # type: ignore[attr-defined]  # annotated above

    @admin.display(description="Import runs")
    def runs_here(self, release: Release) -> str:
        address = reverse("admin:directory_importrun_changelist")
        return format_html('<a href="{}?release__id__exact={}">{} runs</a>', address, release.pk, release.runs.count())


class FirstRejects(FactsInline):
    model = ImportReject
    fields = ("line", "column", "value", "reason")
    ordering = ("line", "pk")
    verbose_name_plural = "Rows that were not loaded (the first 200)"


#: Why a run may say less than the preview of its file does.
OF_ITS_OWN = (
    "Added, changed and removed are facts of the file’s own kind. Rows of other tables that follow from them, such as "
    "a program’s last year, are counted in the preview of the file alone."
)


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = (
        *(column("state"), column("source"), "file_name", "started_at"),
        *("rows_read", "added", "changed", "removed", "rejected"),
    )
    list_display_links = ("file_name",)
    list_filter = ("state", "source")
    search_fields = ("file_name", "message", "sha256__exact")
    date_hierarchy = "started_at"
    ordering = ("-started_at", "-pk")
    select = ("release", "forced_by", "reverted_by")
    inlines = (FirstRejects,)
    fieldsets = (
        (None, {"fields": (("state", "message"), "source", "release", ("file_name", "sha256"), "scope")}),
        ("When", {"fields": (("started_at", "finished_at"),)}),
        (
            "Rows",
            {
                "fields": (("rows_read", "rows_skipped", "rejected"), ("added", "changed", "removed")),
                "description": OF_ITS_OWN,
            },
        ),
        ("Overruled checks", {"fields": (("forced_by", "force_reason"),)}),
        ("Taken back", {"fields": (("reverted_at", "reverted_by"), "revert_reason")}),
    )


@admin.register(ImportReject)
class ImportRejectAdmin(ReadOnlyAdmin):
    list_display = (column("run__file_name", "file"), "line", "column", "value", "reason")
    search_fields = ("run__file_name", "column", "value", "reason")
    ordering = ("-run", "line", "pk")
    sortable_by = ()
    select = ("run",)


@admin.register(KeptChange)
class KeptChangeAdmin(ReadOnlyAdmin):
    list_display = (column("run__file_name", "file"), "table", column("kind"), "rows", "place")
    list_filter = ("kind",)
    search_fields = ("run__file_name", "table")
    ordering = ("-run", "table", "kind", "place", "pk")
    sortable_by = ()
    select = ("run",)
    fields = ("run", "table", "kind", "place", "rows")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("packed")
