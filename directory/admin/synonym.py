"""What the search knows by name: staff's synonyms, and the entries worked out from the facts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from directory.admin.base import CuratedAdmin, ReadOnlyAdmin, column
from directory.models import SearchEntry, SearchState, Synonym
from directory.search.freshness import touch


@admin.register(Synonym)
class SynonymAdmin(CuratedAdmin):
    """Words that readers use and what is read instead. A change holds from the next search on."""

    list_display = ("words", "means", column("active", "in force"), "note")
    list_filter = ("active",)
    search_fields = ("words", "means", "note")
    ordering = ("words",)
    fields = ("words", "means", "active", "note")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        touch()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        touch()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():  # unlike a single deletion, an action comes without one
            super().delete_queryset(request, queryset)
            touch()


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin):
    list_display = (column("label", "means"), column("kind"), "key", "weight")
    list_filter = ("kind",)
    search_fields = ("label", "names")
    ordering = ("kind", "key")
    sortable_by = ()


@admin.register(SearchState)
class SearchStateAdmin(ReadOnlyAdmin):
    list_display = ("token", "built_at")
    search_fields = ("token",)
