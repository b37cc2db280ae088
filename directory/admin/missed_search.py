"""What readers searched for and did not find: staff answer with a synonym, or say why there is nothing to answer."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directory.admin.base import EMPTY, CuratedAdmin
from directory.models import MissedSearch, Synonym


class Kept(admin.SimpleListFilter):
    """The texts that can be read, unless somebody asks for the bare numbers of the others."""

    title = "the text"
    parameter_name = "text"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("not-kept", "Not kept"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        yield {**first, "display": "Kept: several readers typed it"}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(text="") if self.value() == "not-kept" else queryset.exclude(text="")


class Waiting(admin.SimpleListFilter):
    """What still waits for an answer, unless somebody asks for the rest."""

    title = "the answer"
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*MissedSearch.Decision.choices, ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        yield {**first, "display": "Open, or searched again since"}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(decision=self.value()) if self.value() else queryset.filter(MissedSearch.OPEN)


class MissedSearchForm(forms.ModelForm):
    """What became of a search: a decision with its reason, or neither."""

    class Meta:
        model = MissedSearch
        fields = ("decision", "reason")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["reason"] = " ".join(given.get("reason", "").split())
        decision, reason = given.get("decision"), given["reason"]
        if decision and not reason and "reason" not in self.errors:
            self.add_error("reason", "Say why: what was done about it, or why nothing is.")
        if reason and not decision and "decision" not in self.errors:
            self.add_error("decision", "Choose what the reason is for, or empty the reason.")
        return given


@admin.register(MissedSearch)
class MissedSearchAdmin(CuratedAdmin):
    """Counted, never typed in: staff write nothing but what became of a text that is kept."""

    form = MissedSearchForm
    list_display = ("shown", "count", "in_month", "last", "answer")
    list_filter = (Waiting, Kept)
    search_fields = ("text", "reason")
    date_hierarchy = "month"
    ordering = ("-count", "-month", "pk")
    fields = ("shown", "count", "in_month", "last", "decision", "reason", "synonym")
    readonly_fields = ("shown", "count", "in_month", "last", "synonym")
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Of a text that is not kept nobody can say what became of it.
        return super().has_change_permission(request, obj) and (obj is None or bool(obj.text))

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return (*self.list_display, "synonym") if may_add_synonyms(request) else self.list_display

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.fields if may_add_synonyms(request) else tuple(name for name in self.fields if name != "synonym")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        decide(obj, decision=obj.decision, reason=obj.reason)

    @admin.display(description="last searched", ordering="last_seen", empty_value=EMPTY)
    def last(self, row: MissedSearch) -> dt.date | None:
        return row.last_seen

    @admin.display(description="what became of it")
    def answer(self, row: MissedSearch) -> str:
        if not row.decision:
            return "Open" if row.text else EMPTY
        again = ". Searched again since" if row.came_back else ""
        return f"{row.get_decision_display().partition(':')[0]}, {row.decided_on:%Y-%m-%d}: {row.reason}{again}"

    @admin.display(description="text", ordering="text")
    def shown(self, row: MissedSearch) -> str:
        if row.text:
            return row.text
        return "not kept: fewer than three readers" if row.digest else "not kept: too long, or perhaps personal"

    @admin.display(description="month", ordering="month")
    def in_month(self, row: MissedSearch) -> str:
        return f"{row.month:%B %Y}"

    @admin.display(description="what to do")
    def synonym(self, row: MissedSearch) -> SafeString | str:
        """A link to the form of a synonym with the text filled in."""
        if not row.text:
            return EMPTY
        times = "once" if row.count == 1 else f"{row.count} times"
        note = f"Searched {times} without a result in {row.month:%B %Y}"
        filled = urlencode({"words": row.text, "note": note})
        return format_html('<a href="{}?{}">Add a synonym</a>', _form(), filled)


def _form() -> str:
    return reverse(f"admin:{Synonym._meta.app_label}_{Synonym._meta.model_name}_add")


def may_add_synonyms(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("directory.add_synonym"))


def decide(row: MissedSearch, *, decision: str, reason: str) -> None:
    """Write what became of a search, with a line of history; nothing else of the row, which readers go on counting."""
    row.decision, row.reason = decision, reason
    row.decided_on = timezone.localdate() if decision else None
    row.save(update_fields=["decision", "reason", "decided_on"])


def answered_by(synonym: Synonym) -> int:
    """Mark the open searches for exactly these words as answered; returns how many rows that were."""
    rows = MissedSearch.objects.filter(MissedSearch.OPEN, text=synonym.words)
    for row in rows:
        decide(row, decision=MissedSearch.Decision.ANSWERED, reason=f"Is read as “{synonym.means}”")
    return len(rows)
