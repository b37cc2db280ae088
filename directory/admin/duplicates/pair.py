"""Pairs of listings that may be one, the likeliest first."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from directory.admin.base import EMPTY, ReadOnlyAdmin
from directory.admin.duplicates.two import address_of
from directory.admin.imports import alone
from directory.admin.rounds import last_said
from directory.curation.dashboard import board
from directory.curation.duplicates import keeping
from directory.curation.merging.names import names_of
from directory.curation.worklists.board import forget_figures
from directory.curation.worklists.case import counted
from directory.curation.worklists.duplicates import KIND
from directory.models import DuplicatePair, DuplicateSearch, School

#: The signs that a row of the list names; the page of the pair has all of them.
NAMED = 2


def may_find(request: HttpRequest) -> bool:
    """Whether the person may have the listings looked through."""
    return request.user.has_perm("directory.change_duplicatepair")


class Decided(admin.SimpleListFilter):
    """Those that wait for a decision come by themselves."""

    title = "decision"
    parameter_name = "decided"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("apart", "Told apart"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": "Open"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        if self.value() == "apart":
            return queryset.exclude(not_because="")
        return queryset.filter(pk__in=keeping.open_pairs().order_by().values("pk"))


class OfKind(admin.SimpleListFilter):
    """Schools or programs."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("school", "Schools"), ("program", "Programs")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in ("school", "program"):
            return queryset.filter(**{f"{self.value()}__isnull": False})
        return queryset


@admin.register(DuplicatePair)
class DuplicatePairAdmin(ReadOnlyAdmin):
    """Found by `curation.duplicates`; a row leads to the two side by side, where they become one or are told apart."""

    change_list_template = "admin/directory/duplicates/pairs.html"
    list_display_links = None
    fields = ("both", "score", "every_reason", "found_at", "not_because", "told_apart_by", "told_apart_at")
    readonly_fields = ("both", "every_reason")
    list_display = ("both", "why", "score", "where", "not_because")
    list_filter = (Decided, OfKind)
    ordering = ("-score", "pk")
    sortable_by = ("score",)
    search_fields = (
        *("school__name", "other_school__name", "program__school__name"),
        *("program__slug__exact", "other_program__slug__exact"),
    )
    search_help_text = "School, or public address of a program"
    actions = None
    select = (
        *("program__field", "program__school", "other_program__field", "other_program__school"),
        *("school", "other_school", "told_apart_by"),
    )

    @admin.display(description="these two")
    def both(self, pair: DuplicatePair) -> str:
        one, other = pair.pair
        return format_html('<a href="{}">{} · {}</a>', address_of(one, other), *names_of(one, other))

    @admin.display(description="why")
    def why(self, pair: DuplicatePair) -> str:
        return "; ".join(pair.reasons[:NAMED]) or EMPTY

    @admin.display(description="what speaks for it")
    def every_reason(self, pair: DuplicatePair) -> str:
        return "; ".join(pair.reasons) or EMPTY

    @admin.display(description="school")
    def where(self, pair: DuplicatePair) -> str:
        one = pair.pair[0]
        return EMPTY if isinstance(one, School) else str(one.school)

    def get_urls(self) -> list[URLPattern]:
        look = path("find/", self.admin_site.admin_view(self.find_view), name="directory_duplicatepair_find")
        return [look, *super().get_urls()]

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """Look for pairs anew; about three seconds for 270,000 programs."""
        if not may_find(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return alone(request, self._find)

    def _find(self, request: HttpRequest) -> HttpResponse:
        came, went = keeping.find_pairs()
        board.forget()
        forget_figures([KIND.slug])
        messages.success(request, f"Looked again: {counted(came, 'new pair')}, {went} that no longer look like one.")
        return HttpResponseRedirect(reverse("admin:directory_duplicatepair_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        own = {"may_find": may_find(request), "title": "Likely duplicates", "round": last_said(KIND.slug)}
        return super().changelist_view(request, {**own, **(extra_context or {})})


@admin.register(DuplicateSearch)
class DuplicateSearchAdmin(ReadOnlyAdmin):
    """When the listings were looked through, and what came of it."""

    list_display = ("started_at", "ended_at", "came", "went")
    search_fields = ("started_at",)
