"""Listings as a spreadsheet: the list that is shown as CSV, and the edited file back, looked at before applying."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from directory.admin.base import person
from directory.admin.imports import alone
from directory.admin.listings.not_taken import as_file
from directory.admin.listings.preview import MEANWHILE, SHOWN, hour_changed, preview
from directory.admin.listings.upload_form import AskedForm, UploadForm, packed
from directory.admin.listings.words import hour, kind_of, label
from directory.curation.batches.apply import all_not_taken
from directory.curation.batches.cells import CLEAR
from directory.curation.batches.columns import columns
from directory.curation.batches.diff import Diff
from directory.curation.batches.plan import Plan, of_each
from directory.curation.batches.sheet import header, lines
from directory.curation.batches.undo import kind_words
from directory.models import ListingBatch
from directory.pipeline import batches
from directory.staff import typed
from directory.vocab import BatchState, BatchWay

if TYPE_CHECKING:
    Table = admin.ModelAdmin
else:
    Table = object

MERGING: Final = ("directory.add_merge", "directory.change_duplicatepair")
TEMPLATE: Final = "admin/directory/listings/upload.html"


class _Echo:
    """What the csv module calls a file: it hands each line back."""

    def write(self, line: str) -> str:
        return line


class Files(Table):
    """Adds the export and the upload to the table of schools or of programs."""

    change_list_template = "admin/directory/listings/change_list.html"
    change_form_template = "admin/directory/listings/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, f"directory_{self.opts.model_name}"
        return [
            path("export/", view(self.export_view), name=f"{name}_export"),
            path("upload/", view(self.upload_view), name=f"{name}_upload"),
            *super().get_urls(),
        ]

    @property
    def kind(self) -> str:
        return kind_of(self.model)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {
            "export_address": reverse(f"admin:directory_{self.opts.model_name}_export"),
            "upload_address": reverse(f"admin:directory_{self.opts.model_name}_upload"),
            "may_upload": self.has_change_permission(request),
        }
        return super().changelist_view(request, {**(extra_context or {}), **more})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        listing = context.get("original")
        free = bool(listing and listing.merged_into_id is None)
        context["may_merge"] = free and request.user.has_perms(MERGING)
        return super().render_change_form(request, context, *args, **kwargs)

    def export_view(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """The rows that the list shows under the same address, all of its pages."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            chosen = self.get_changelist_instance(request).get_queryset(request).select_related(None)
        except IncorrectLookupParameters:  # as the list itself, which then says so
            return HttpResponseRedirect(
                f"{reverse(f'admin:directory_{self.opts.model_name}_changelist')}?{ERROR_FLAG}=1"
            )
        name = f"{self.opts.model_name}s-{timezone.localdate().isoformat()}.csv"
        return StreamingHttpResponse(
            _csv(lines(self.kind, chosen)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._upload_page(request, UploadForm(kind=self.kind))
        if "asked" in request.POST:
            return alone(request, self._apply_file)
        form = UploadForm(request.POST, request.FILES, kind=self.kind)
        if not form.is_valid():
            return self._upload_page(request, form)
        asked = AskedForm(kind=self.kind, initial={"asked": packed(form.diff, form.cleaned_data["file"].name)})
        return self._diff_page(request, asked, form.diff.plan(), form.diff)

    def _apply_file(self, request: HttpRequest) -> HttpResponse:
        form = AskedForm(request.POST, kind=self.kind)
        form.full_clean()
        if "asked" in form.errors:
            messages.error(request, " ".join(map(str, form.errors["asked"])))
            return self._upload_page(request, UploadForm(kind=self.kind))
        planned = partial(of_each, self.kind, form.wanted)
        if "_not_taken" in request.POST:
            return as_file(all_not_taken(planned(), form.sheet), form.sheet.unnamed_rows)
        if not form.is_valid() or typed.is_only_shown(request):
            return self._diff_page(request, form, planned(), form.diff)
        planned = partial(of_each, self.kind, form.wanted, form.said.on)
        if hour_changed(request, form.said.due_at):
            return self._diff_page(request, form, planned(), form.diff)
        signature = request.POST.get("signature", "")
        try:
            batch = batches.apply(
                planned=planned,
                signature=signature,
                way=BatchWay.FILE,
                why=form.said,
                by=person(request),
                sheet=form.sheet,
            )
        except batches.ChangedMeanwhile as meanwhile:
            messages.warning(request, MEANWHILE)
            return self._diff_page(request, form, meanwhile.plan, form.diff)
        if batch is None:
            messages.warning(request, "Nothing was changed: every listing has these values, or refuses them.")
            return self._diff_page(request, form, planned(), form.diff)
        return kept_batch(request, batch)

    def _upload_page(self, request: HttpRequest, form: UploadForm) -> HttpResponse:
        curated = [(name, label(self.kind, name)) for name in columns(self.kind)]
        told = [name for name in header(self.kind) if name not in columns(self.kind)]
        return self._sheet_page(request, {"form": form, "curated": curated, "told": told, "clear": CLEAR})

    def _diff_page(self, request: HttpRequest, form: AskedForm, plan: Plan, diff: Diff) -> HttpResponse:
        tables = [
            (title, some[:SHOWN], max(0, len(some) - SHOWN))
            for title, some in (("Changed meanwhile", diff.conflicts), ("Cannot be read", diff.problems))
            if some
        ]
        shown = {
            "asked": form,
            "preview": preview(plan, form.hour_given, diff.lines, asks_hour=not form.is_bound),
            "diff": diff,
            "tables": tables,
            "not_taken": bool(diff.not_taken or plan.refused),
        }
        return self._sheet_page(request, shown)

    def _sheet_page(self, request: HttpRequest, more: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"Change {self.opts.verbose_name_plural} with a spreadsheet",
            "opts": self.opts,
            "media": self.media,
            "address": reverse(f"admin:directory_{self.opts.model_name}_upload"),
            **more,
        }
        return TemplateResponse(request, TEMPLATE, context)


def _csv(table: Iterable[list[str]]) -> Iterator[str]:
    # Spreadsheets take UTF-8 for their own code page unless a mark stands in front.
    yield "\ufeff"
    writer = csv.writer(_Echo())
    for row in table:
        yield writer.writerow(row)


def kept_batch(request: HttpRequest, batch: ListingBatch) -> HttpResponse:
    """To the page of a batch that was made just now, with what has become of it."""
    words = f"{batch.changes:,} value{'s' * (batch.changes != 1)} of {kind_words(batch.kind, batch.listings)}"
    if batch.state == BatchState.PLANNED:
        messages.success(request, f"{words} prepared for {hour(batch.due_at)}. Nothing changes before.")
    else:
        messages.success(request, f"{words} changed. You can undo all of it here.")
    return HttpResponseRedirect(reverse("admin:directory_listingbatch_change", args=[batch.pk]))
