"""What our pages lead to and how it answers: broken addresses first, each with the pages that it stands on."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from directory.admin.base import EMPTY, CuratedAdmin, ReadOnlyAdmin, ReadOnlyInline, person
from directory.admin.rounds import last_said
from directory.admin.worklists import way_back
from directory.curation.links.run import ask_anew, vouch
from directory.curation.worklists.links import KIND
from directory.models import Link, LinkRun, LinkUse
from directory.staff import typed
from directory.vocab import Finding


class State(admin.SimpleListFilter):
    """Broken ones unless somebody asks for others: they are what staff come for."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("striking", "Failing, not broken yet"), *Finding.choices, ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        yield {**first, "display": "Broken: failed on three days"}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        if self.value() == "striking":
            return queryset.filter(strikes__gt=0, broken_since=None)
        return queryset.filter(finding=self.value()) if self.value() else queryset.exclude(broken_since=None)


class UsesInline(ReadOnlyInline):
    model = LinkUse
    fields = ("kind", "label", "school", "program", "page")
    verbose_name_plural = "where it stands"
    show_change_link = False


@admin.register(Link)
class LinkAdmin(CuratedAdmin):
    """Read, never typed: addresses come from the listings, answers from the checker. Two things a person may do."""

    change_list_template = "admin/directory/links.html"
    change_form_template = "admin/directory/link.html"
    list_display = ("address", "finding", "reason", "strikes", "broken_since", "stands_on", "asked_at", "vouched_on")
    list_filter = (State,)
    search_fields = ("url",)
    ordering = ("broken_since", "host", "url")
    inlines = (UsesInline,)
    actions = ("ask_again", "opened_it")
    readonly_fields = (
        "whole_address", "finding", "reason", "moved_to", "asked_at", "answered_at", "ask_again_at", "strikes",
        "struck_on", "broken_since", "vouched_on",
    )  # fmt: skip
    fields = readonly_fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("uses")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"round": last_said(KIND.slug), **(extra_context or {})})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """There is nothing to type: what is sent is one of the two things that a person may do."""
        if object_id is None or request.method != "POST" or typed.is_only_shown(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        link = self.get_object(request, unquote(object_id))
        if not self.has_change_permission(request, link):
            raise PermissionDenied
        if link is None:
            raise Http404("No such link.")
        if "_opened" in request.POST:
            self.opened_it(request, Link.objects.filter(pk=link.pk))
        elif "_again" in request.POST:
            self.ask_again(request, Link.objects.filter(pk=link.pk))
        return way_back.after_saving(request) or redirect("admin:directory_link_change", link.pk)

    @admin.display(description="address", ordering="url")
    def address(self, row: Link) -> SafeString:
        short = row.url.partition("://")[2]
        return format_html("<span title='{}'>{}</span>", row.url, short[:70] + ("…" if len(short) > 70 else ""))

    @admin.display(description="stands on")
    def stands_on(self, row: Link) -> SafeString | str:
        uses = list(row.uses.all())
        if not uses:
            return EMPTY
        shown = format_html_join(", ", "{}: {}", ((use.kind, use.label) for use in uses[:2]))
        return format_html("{} and {} more", shown, len(uses) - 2) if len(uses) > 2 else shown

    @admin.display(description="address")
    def whole_address(self, row: Link) -> str:
        return row.url

    @admin.display(description="asked next", ordering="ask_again")
    def ask_again_at(self, row: Link) -> str:
        return date_format(row.ask_again, "DATETIME_FORMAT")

    @admin.action(description="Ask again at the next run", permissions=["change"])
    def ask_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = ask_anew(list(queryset.values_list("pk", flat=True)))
        messages.success(request, f"{count:,} will be asked at the next run of the checker.")

    @admin.action(description="I have opened it: it leads to the right page", permissions=["change"])
    def opened_it(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = vouch(links=queryset, by=person(request), today=timezone.localdate())
        if not count:
            messages.warning(request, "Nothing was noted: they are no longer on this list.")
            return
        messages.success(request, f"{count:,} noted as opened by you today: not broken, whatever machines are told.")


@admin.register(LinkRun)
class LinkRunAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "ended_at", "due", "asked", "broken", "mended")
    search_fields = ("started_at",)


@admin.register(LinkUse)
class LinkUseAdmin(ReadOnlyAdmin):
    list_display = ("label", "kind", "link", "page")
    list_filter = ("kind",)
    search_fields = ("label", "link__url")
    select = ("link",)
