"""What readers searched for and did not find: read by staff, who answer with a synonym."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directory.admin.base import EMPTY, ReadOnlyAdmin
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


@admin.register(MissedSearch)
class MissedSearchAdmin(ReadOnlyAdmin):
    list_display = ("shown", "count", "in_month")
    list_filter = (Kept,)
    search_fields = ("text",)
    date_hierarchy = "month"
    ordering = ("-count", "-month", "pk")
    fields = ("shown", "count", "in_month")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        may_add = request.user.has_perm("directory.add_synonym")
        return (*self.list_display, "synonym") if may_add else self.list_display

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
