"""Guides at the desk: the list of versions, and what a version lets staff do."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from careers.admin.guide_pages import GuidePages
from careers.models import Guide, GuideSection, GuideVersion
from directory.admin.base import CuratedAdmin, ReadOnlyAdmin, column
from directory.admin.revisions.desk import SideBySide


class StateFilter(admin.SimpleListFilter):
    """Where a version stands at this hour."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("draft", "Draft"), ("scheduled", "Scheduled"), ("out", "Published or superseded")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        now = timezone.now()
        match self.value():
            case "draft":
                return queryset.filter(publish_at__isnull=True)
            case "scheduled":
                return queryset.filter(publish_at__gt=now)
            case "out":
                return queryset.filter(publish_at__lte=now)
        return queryset


@admin.register(GuideVersion)
class GuideVersionAdmin(GuidePages, SideBySide, CuratedAdmin):
    """A version's own page is the editor of its sections; see `guide_pages`.

    Its history tells who reviewed, scheduled and published it; an old text comes back as a new draft, never by itself.
    """

    nobody = "a command"

    list_display = ("guide", "number", "state", "publish_at", "author", "reviewer", "reviewed_on", "made_by")
    list_display_links = ("guide", "number")
    list_filter = (StateFilter, "origin", "guide__career")
    search_fields = ("guide__career__title", "guide__career__slug", "note", "author", "reviewer")
    ordering = ("guide__career__order", "guide__career__title", "-number")
    select: ClassVar[tuple[str, ...]] = ("guide__career", "made_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the key of the version that counts now, for the column of the state."""
        out = GuideVersion.objects.out_by(timezone.now()).filter(guide=OuterRef("guide"))
        return super().get_queryset(request).annotate(counts_now=Subquery(out.values("pk")[:1]))

    @admin.display(description="State")
    def state(self, version: Any) -> str:
        current = version if version.counts_now == version.pk else None
        return str(version.state_at(timezone.now(), current).label)

    def get_urls(self) -> list[URLPattern]:
        def page(name: str, view: Any) -> URLPattern:
            # admin_view asks who it is, checks the form's token and forbids every cache.
            return path(
                f"<int:pk>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(view),
                name=f"careers_guideversion_{name}",
            )

        own = [
            page("preview", self.preview_view),
            page("publish", self.publish_view),
            page("take_back", self.take_back_view),
            page("review", self.review_view),
            page("draft", self.draft_view),
            page("compare", self.compare_view),
        ]
        return [*own, *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # the history of a guide is its versions

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Guides by version", **(extra_context or {})})


@admin.register(Guide)
class GuideAdmin(ReadOnlyAdmin):
    list_display = ("career", column("career__slug", "Address"), "versions_held")
    search_fields = ("career__title", "career__slug")
    ordering = ("career__order", "career__title")
    select = ("career",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(held=Count("versions"))

    @admin.display(description="Versions", ordering="held")
    def versions_held(self, guide: Any) -> int:
        return int(guide.held)


@admin.register(GuideSection)
class GuideSectionAdmin(ReadOnlyAdmin):
    """To find a text in every version; it is changed on the page of its version."""

    list_display = ("version", column("key"), "beginning")
    search_fields = ("text", "key")
    list_filter = ("key",)
    ordering = ("version__guide__career__title", "-version__number", "key")
    select = ("version__guide__career",)

    @admin.display(description="Text")
    def beginning(self, section: Any) -> str:
        return f"{section.text[:100]}{'…' if len(section.text) > 100 else ''}"
