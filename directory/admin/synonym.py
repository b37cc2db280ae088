"""What the search knows by name: staff's synonyms, and the entries worked out from the facts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from directory.admin.base import CuratedAdmin, ReadOnlyAdmin, column
from directory.models import SearchEntry, SearchState, Synonym
from directory.search.freshness import current, touch
from directory.search.understand import understand
from directory.search.understanding import Understanding


def in_words(found: Understanding) -> str:
    """An understanding in one line: filters, terms with how much they stand for, and what is not known."""
    parts = [each.label for each in found.inferred]
    for term in found.terms:
        counts = ((len(term.fields), "field"), (len(term.schools), "school"), (len(term.programs), "program"))
        stands = ", ".join(f"{count} {noun}{'s' if count > 1 else ''}" for count, noun in counts if count)
        parts.append(f"{term.label} ({stands})")
    parts += [f"“{word}” matches nothing" for word in found.unmatched]
    return " · ".join(parts) or "Nothing that the search knows"


@admin.register(Synonym)
class SynonymAdmin(CuratedAdmin):
    """Words that readers use and what is read instead. A change holds from the next search on."""

    list_display = ("words", "means", column("active", "in force"), "note")
    list_filter = ("active",)
    search_fields = ("words", "means", "note")
    ordering = ("words",)
    fields = ("words", "means", "read_as", "active", "note")
    readonly_fields = ("read_as",)

    @admin.display(description="is read as", empty_value="–")
    def read_as(self, synonym: Synonym) -> str:
        """What the search makes of `means` today; words that it does not know are named."""
        return in_words(understand(synonym.means, current().vocabulary)) if synonym.means else ""

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
