"""What the pipeline works out from the facts, and how often readers leave: shown, not edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, Sum
from django.http import HttpRequest

from directory.admin.base import ReadOnlyAdmin, column
from directory.admin.filters import InState
from directory.admin.searching import OF_PROGRAM, OF_SCHOOL, SearchThrough
from directory.models import ClickCount, Listing, Opening
from directory.vocab import GoKind


@admin.register(Listing)
class ListingAdmin(SearchThrough, ReadOnlyAdmin):
    list_display = (
        *("title", "school_name", "state", column("level"), column("standing", "accreditation")),
        *(column("delivery"), "price", "earnings", "awards", "rank_points", "listed"),
    )
    list_filter = ("listed", "level", "standing", "delivery", "control", InState)
    search_fields = ("cip__startswith", "title__icontains")
    search_through = OF_SCHOOL
    ordering = ("-pk",)
    sortable_by = ()
    select = ("program__field", "school", "price_release", "earnings_release", "awards_release")


@admin.register(Opening)
class OpeningAdmin(SearchThrough, ReadOnlyAdmin):
    list_display = (
        *("certification", "program", column("program__school__name", "school")),
        *(column("basis"), "deciding_condition"),
    )
    list_filter = ("basis", "certification")
    search_fields = ("certification__acronym__iexact", "program__slug__exact")
    search_through = OF_PROGRAM
    ordering = ("-pk",)
    sortable_by = ()
    select = ("certification", "program__school", "program__field", "route", "deciding_condition")


@admin.register(ClickCount)
class ClickCountAdmin(ReadOnlyAdmin):
    list_display = ("day", column("kind"), "school", "program", "count")
    list_filter = ("kind",)
    search_fields = ("school__name", "program__title", "program__field__title")
    date_hierarchy = "day"
    ordering = ("-day", "-count", "pk")
    select = ("school", "program__field")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list with a line above it: how many leaves it sums up, by kind."""
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context:
            context["subtitle"] = leaves_in_words(context["cl"].queryset)
        return response


def leaves_in_words(rows: QuerySet[ClickCount]) -> str:
    """ "1,234 leaves: 1,000 Apply, 234 Program page"; one query."""
    by_kind = rows.order_by().values_list("kind").annotate(leaves=Sum("count")).order_by("-leaves", "kind")
    counts = [(str(GoKind(kind).label), leaves) for kind, leaves in by_kind]
    total = sum(leaves for _, leaves in counts)
    parts = ", ".join(f"{leaves:,} {label}" for label, leaves in counts)
    return f"{total:,} leave{'' if total == 1 else 's'}" + (f": {parts}" if parts else "")
