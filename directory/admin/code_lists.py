"""Code lists and addresses: fields of study, ZIP codes, former slugs."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from directory.admin.base import DeskAdmin, ReadOnlyAdmin, column
from directory.admin.imports import OneAtATime
from directory.models import FieldChange, FieldOfStudy, FormerSlug, ZipPoint
from directory.pipeline.refresh import refresh_names


@admin.register(FieldOfStudy)
class FieldOfStudyAdmin(OneAtATime, DeskAdmin):
    """The official list; only the everyday names that people search by are ours."""

    list_display = (column("cip", order="cip"), "title", "everyday_names")
    search_fields = ("cip__startswith", "title", "everyday_names")
    ordering = ("cip",)
    select = ("release",)
    fields = ("cip", "family", "title", "everyday_names", "definition", "examples", "slug", "release")
    readonly_fields = ("cip", "family", "title", "definition", "examples", "slug", "release")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        found: Any
        found, repeats = super().get_search_results(request, queryset, search_term)
        if request.GET.get("model_name") == "program":  # a choice for a program, not this list
            found = found.six_digit()
        return found, repeats

    def save_model(self, request: HttpRequest, obj: FieldOfStudy, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data:
            refresh_names()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(FieldChange)
class FieldChangeAdmin(ReadOnlyAdmin):
    list_display = (column("old_cip", order="old_cip"), "old_title", column("new_cip"), "action")
    search_fields = ("old_cip__startswith", "old_title", "new_cip__startswith")
    ordering = ("old_cip", "new_cip")
    select = ("release",)


@admin.register(ZipPoint)
class ZipPointAdmin(ReadOnlyAdmin):
    list_display = (column("zip_code", order="zip_code"), "city", "state", "latitude", "longitude")
    search_fields = ("zip_code__startswith", "city__istartswith")
    ordering = ("zip_code",)
    sortable_by = ("zip_code",)
    select = ("release",)


@admin.register(FormerSlug)
class FormerSlugAdmin(ReadOnlyAdmin):
    """Written when an address changes, so that the old one goes on leading there."""

    list_display = (column("slug", "former address"), "school", "program")
    search_fields = ("slug", "school__name", "program__school__name")
    ordering = ("-pk",)
    select = ("school", "program__field")
