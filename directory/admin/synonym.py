"""What the search knows by name: staff's synonyms, and the entries worked out from the facts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest

from directory.admin.base import CuratedAdmin, ReadOnlyAdmin, column
from directory.admin.missed_search import answered_by
from directory.admin.synonym_form import SynonymForm
from directory.admin.synonym_preview import in_words, preview
from directory.models import SearchEntry, SearchState, Synonym
from directory.search.freshness import current, touch
from directory.search.synonym_check import literal


@admin.register(Synonym)
class SynonymAdmin(CuratedAdmin):
    """Words that readers use and what is read instead. A change holds from the next search on.

    "Preview" shows what a search for the words finds before and after, and keeps nothing.
    """

    form = SynonymForm
    change_form_template = "admin/directory/synonym_change_form.html"
    list_display = ("words", "means", column("active", "in force"), "note")
    list_filter = ("active",)
    search_fields = ("words", "means", "note")
    ordering = ("words",)
    fields = ("words", "means", "read_as", "searches", "active", "note")
    readonly_fields = ("read_as", "searches")

    @admin.display(description="is read as", empty_value="–")
    def read_as(self, synonym: Synonym) -> str:
        """What the search makes of `means` today; words that it does not know are named."""
        return in_words(literal(synonym.means, current().vocabulary)) if synonym.means else ""

    @admin.display(description="a search for the words", empty_value="–")
    def searches(self, synonym: Synonym) -> str:
        """What it finds without the synonym and with it."""
        return preview(synonym) if synonym.words and synonym.means else ""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.previews = "_preview" in request.POST  # a class made for this request
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        touch()
        if obj.active and request.user.has_perm("directory.change_missedsearch") and answered_by(obj):
            messages.info(request, f"The searches for “{obj.words}” that found nothing are marked as answered.")
        for warning in form.warnings:
            messages.warning(request, warning)

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
