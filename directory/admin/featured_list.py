"""Featured lists: written as drafts, looked at as readers will see them, then published."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directory.admin.base import EMPTY, CuratedAdmin, DeskInline, column
from directory.admin.two_at_once import TwoAtOnce
from directory.models import FeaturedEntry, FeaturedList
from directory.profiles.featured import featured_profile

NOTHING_ON_IT = (
    "A published list names at least one program, with the reason why it is there. Add one, or keep a draft."
)
LAST_ONE = "This is the only program of a published list. Take the list back into a draft first."


class Entries(BaseInlineFormSet):
    """The programs of a list; of a published one there is at least one."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        if self.instance.state == FeaturedList.State.PUBLISHED and not kept and not any(self.errors):
            raise ValidationError(NOTHING_ON_IT)


class EntryInline(DeskInline, admin.StackedInline):
    model = FeaturedEntry
    formset = Entries
    fields = (("program", "position"), "reason", ("dated", "evidence_url"))
    autocomplete_fields = ("program",)
    select = ("program__school", "program__field")
    show_change_link = False


class FeaturedListForm(TwoAtOnce):
    """The day of publishing is filled in with the state."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("state") == FeaturedList.State.PUBLISHED and not self.instance.published_on:
            self.instance.published_on = timezone.localdate()
        return data


@admin.register(FeaturedList)
class FeaturedListAdmin(CuratedAdmin):
    """No field for money, and none for anything else that could be bought."""

    form = FeaturedListForm
    list_display = ("title", "state", "published_on", "reviewed_on")
    list_filter = ("state",)
    search_fields = ("title", "slug", "why", "author")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("published_on", "look")
    fields = ("title", "slug", "why", "author", "state", ("published_on", "reviewed_on"), "look")
    inlines = (EntryInline,)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj or not self.has_change_permission(request, obj) else super().get_prepopulated_fields(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # What was public is taken back into a draft and stays with its history.
        is_draft = obj is None or obj.published_on is None
        return is_draft and super().has_delete_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        preview = path(
            "<int:pk>/preview/", self.admin_site.admin_view(self.preview), name="directory_featuredlist_preview"
        )
        return [preview, *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page as readers will see it, drafts too."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        featured = get_object_or_404(FeaturedList, pk=pk)
        return render(request, "directory/featured_list.html", {**featured_profile(featured), "preview": True})

    @admin.display(description="How readers will see it")
    def look(self, featured: FeaturedList) -> SafeString | str:
        if not featured.pk:
            return EMPTY
        return format_html(
            '<a href="{}">Preview</a>', reverse("admin:directory_featuredlist_preview", args=[featured.pk])
        )


def is_the_last(entry: FeaturedEntry) -> bool:
    """Whether a list that readers see would be empty without this entry."""
    shown = entry.featured_list.state == FeaturedList.State.PUBLISHED
    return shown and not entry.featured_list.entries.exclude(pk=entry.pk).exists()


class EntryForm(ModelForm):
    """An entry moves to another list unless it is all that its own one has."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and "featured_list" in self.changed_data:
            before = FeaturedEntry.objects.select_related("featured_list").get(pk=self.instance.pk)
            if is_the_last(before):
                self.add_error("featured_list", LAST_ONE)
        return data


@admin.register(FeaturedEntry)
class FeaturedEntryAdmin(CuratedAdmin):
    """All entries of all lists, to find those of a program or those that have grown old."""

    list_display = ("program", column("featured_list__title", "list"), "position", "dated")
    list_filter = ("featured_list",)
    search_fields = ("program__school__name", "program__title", "reason", "featured_list__title")
    date_hierarchy = "dated"
    ordering = ("dated", "pk")
    select = ("program__school", "program__field", "featured_list")
    autocomplete_fields = ("program", "featured_list")
    form = EntryForm

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Entries are taken off one by one, and the last one of a list that readers see stays.
        return obj is not None and not is_the_last(obj) and super().has_delete_permission(request, obj)
