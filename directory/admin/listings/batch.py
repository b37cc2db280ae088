"""Batches of changes: who changed what in many listings, when and why, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from directory.admin.base import ReadOnlyAdmin, ReadOnlyInline, person
from directory.admin.imports import alone
from directory.admin.listings import not_taken
from directory.admin.listings.preview import address_of, name_of
from directory.admin.listings.words import hour, label, shown
from directory.curation.batches import later
from directory.curation.batches.columns import MODELS
from directory.models import ListingBatch, ListingChange
from directory.pipeline import batches, scheduled
from directory.staff import typed
from directory.vocab import WAITING_BATCHES, BatchState, ChangeState, ListingKind

Verb = Callable[[HttpRequest, ListingBatch], None]
LISTINGS = ("school", "program__school", "program__field")
#: Up to a megabyte of a batch, which would come with each of its changes.
NOT_SHOWN: Final = "batch__not_taken"


class InWords:
    """A change of a batch as people read it."""

    @admin.display(description="Listing")
    def listing(self, change: ListingChange) -> str:
        target = change.program or change.school
        return format_html('<a href="{}">{}</a>', address_of(target), name_of(target)) if target else ""

    @admin.display(description="Field")
    def changed_field(self, change: ListingChange) -> str:
        return label(_kind(change), change.column)

    @admin.display(description="Before")
    def was(self, change: ListingChange) -> str:
        return shown(_kind(change), change.column, change.old)

    @admin.display(description="Asked for")
    def asked(self, change: ListingChange) -> str:
        return shown(_kind(change), change.column, change.new)


class PreparedInline(InWords, ReadOnlyInline):
    """On the page of a listing: what is prepared for it."""

    model = ListingChange
    fields = ("changed_field", "was", "asked", "waits_in", "note")
    select = ("batch", *LISTINGS)
    classes = ("facts",)
    show_change_link = False
    verbose_name_plural = "Changes prepared for later"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(state=ChangeState.PLANNED).defer(NOT_SHOWN)

    @admin.display(description="When")
    def waits_in(self, change: ListingChange) -> str:
        address = reverse("admin:directory_listingbatch_change", args=[change.batch_id])
        state = "" if change.batch.state == BatchState.PLANNED else f": {change.batch.get_state_display().lower()}"
        return format_html('<a href="{}">{}{}</a>', address, hour(change.batch.due_at), state)


class ChangesInline(InWords, ReadOnlyInline):
    model = ListingChange
    fields = ("listing", "changed_field", "was", "asked", "state", "note")
    select = LISTINGS
    classes = ("facts",)
    show_change_link = False
    verbose_name_plural = "Changes (the first 200; all of them stand in the list of changes in batches)"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields


@admin.register(ListingBatch)
class ListingBatchAdmin(ReadOnlyAdmin):
    change_form_template = "admin/directory/listings/batch.html"
    list_display = (
        *("made_at", "kind", "way", "short_reason", "made_by", "listings", "changes", "refused", "rows_not_taken"),
        *("state", "due_at"),
    )
    list_display_links = ("made_at", "short_reason")
    list_filter = ("kind", "way", "state")
    search_fields = ("reason", "file_name", "made_by__username")
    ordering = ("-made_at", "-pk")
    select = ("made_by", "undone_by")
    inlines = (ChangesInline,)
    fieldsets = (
        (
            None,
            {"fields": (("kind", "way", "state"), ("listings", "changes", "refused", "rows_not_taken"), "file_name")},
        ),
        ("When", {"fields": ("due", "trouble")}),
        ("Why", {"fields": ("reason", "evidence_url", "review_by")}),
        ("Who and when", {"fields": (("made_by", "made_at"), ("undone_by", "undone_at"))}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "due")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        verbs = {"undo": self._undo, "now": self._now, "cancel": self._cancel}
        return [
            *(
                path(f"<int:pk>/{name}/", view(partial(self.verb_view, verb)), name=f"directory_listingbatch_{name}")
                for name, verb in verbs.items()
            ),
            path("<int:pk>/not-taken/", view(self.not_taken_view), name="directory_listingbatch_not_taken"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("not_taken")  # up to a megabyte, which no list shows

    def not_taken_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the file of a batch did not get, as a file."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return not_taken.file_of(request, get_object_or_404(ListingBatch, pk=pk))

    @admin.display(description="Prepared for")
    def due(self, batch: ListingBatch) -> str:
        return hour(batch.due_at)

    @admin.display(description="reason", ordering="reason")
    def short_reason(self, batch: ListingBatch) -> str:
        return batch.reason if len(batch.reason) <= 60 else f"{batch.reason[:59]}…"

    def may_undo(self, request: HttpRequest, batch: ListingBatch) -> bool:
        """Undoing changes listings, so it takes what changing them takes."""
        return request.user.has_perm(f"directory.change_{MODELS[batch.kind]._meta.model_name}")

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        batch = context.get("original")
        may = bool(batch and self.may_undo(request, batch))
        context["can_undo"] = may and batch.state in (BatchState.APPLIED, BatchState.PARTLY)
        context["waits"] = may and batch.state in WAITING_BATCHES
        context["not_taken"] = not_taken.on_page(batch) if batch else {}
        return super().render_change_form(request, context, *args, **kwargs)

    def verb_view(self, verb: Verb, request: HttpRequest, pk: int) -> HttpResponse:
        """What a button of the page does. Takes a POST, and the right to change such listings."""
        batch = get_object_or_404(ListingBatch, pk=pk)
        if not self.may_undo(request, batch):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if typed.is_only_shown(request):
            messages.warning(request, "Your session was over before this was sent. Press the button again.")
            return self._back(batch)
        return alone(request, self._done, verb, batch)

    def _done(self, request: HttpRequest, verb: Verb, batch: ListingBatch) -> HttpResponse:
        verb(request, batch)
        return self._back(batch)

    @staticmethod
    def _back(batch: ListingBatch) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:directory_listingbatch_change", args=[batch.pk]))

    def _undo(self, request: HttpRequest, batch: ListingBatch) -> None:
        undone = batches.undo(batch=batch, by=person(request))
        if undone.values:
            messages.success(request, f"Undone: {undone.values:,} value{'s' * (undone.values != 1)} as before.")
        if undone.left:
            words = f"{undone.left:,} stay{'s' * (undone.left == 1)} as {'it is' if undone.left == 1 else 'they are'}"
            messages.warning(request, f"{words}: beside each stands why.")
        if not undone.values and not undone.left:
            messages.info(request, "There is nothing left to undo.")

    def _now(self, request: HttpRequest, batch: ListingBatch) -> None:
        try:
            waited = scheduled.apply_now(batch=batch, by=person(request))
        except ValueError as error:
            messages.error(request, f"Nothing was changed. {error}")
            return
        if waited:
            messages.success(request, "Applied. You can undo all of it here.")
        else:
            messages.warning(request, "Somebody else has applied or cancelled it meanwhile.")

    def _cancel(self, request: HttpRequest, batch: ListingBatch) -> None:
        if later.cancel(batch=batch, by=person(request)):
            messages.success(request, "Cancelled. No listing was changed.")
        else:
            messages.warning(request, "Somebody else has applied or cancelled it meanwhile.")


@admin.register(ListingChange)
class ListingChangeAdmin(InWords, ReadOnlyAdmin):
    list_display = ("listing", "changed_field", "was", "asked", "state", "note", "batch")
    list_display_links = ("changed_field",)
    list_filter = ("state",)
    search_fields = ("school__name", "program__school__name", "program__title", "column", "note")
    ordering = ("-pk",)
    select = ("batch", *LISTINGS)
    fields = ("batch", "listing", "changed_field", "was", "asked", "state", "note")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer(NOT_SHOWN)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields


def _kind(change: ListingChange) -> str:
    return ListingKind.PROGRAM if change.program_id else ListingKind.SCHOOL
