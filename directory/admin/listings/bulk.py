"""Bulk edit: check listings, choose fields, look at what would happen, apply; one page for all of it."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from directory.admin.base import person
from directory.admin.imports import alone
from directory.admin.listings.bulk_form import BulkForm, read_keys
from directory.admin.listings.files import Files, kept_batch
from directory.admin.listings.preview import MEANWHILE, hour_changed, preview
from directory.curation.batches.plan import MOST, Plan, for_all
from directory.curation.batches.undo import kind_words
from directory.pipeline import batches
from directory.staff import typed
from directory.vocab import BatchWay

TEMPLATE: Final = "admin/directory/listings/bulk.html"


class BulkEdit(Files):
    """Adds the action and its page to the table of schools or of programs."""

    actions = ("change_several",)

    def get_urls(self) -> list[URLPattern]:
        name = f"directory_{self.opts.model_name}_bulk"
        return [path("bulk/", self.admin_site.admin_view(self.bulk_view), name=name), *super().get_urls()]

    @admin.action(description="Change several at once…", permissions=["change"])
    def change_several(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        keys = list(queryset.values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            words = f"These are more than {MOST:,}. Filter the list further, or change them with a spreadsheet."
            self.message_user(request, words, messages.WARNING)
            return None
        form = BulkForm(kind=self.kind, initial={"chosen": ",".join(map(str, keys))})
        return self._page(request, form, len(keys))

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            if keys := read_keys(request.GET.get("chosen", ""))[:MOST]:
                later = "1" if "later" in request.GET else ""
                form = BulkForm(kind=self.kind, initial={"chosen": ",".join(map(str, keys)), "later": later})
                return self._page(request, form, len(keys))
            self.message_user(request, "Check the listings that you mean, then choose the action.", messages.INFO)
            return HttpResponseRedirect(reverse(f"admin:directory_{self.opts.model_name}_changelist"))
        if "_apply" in request.POST and not typed.is_only_shown(request):
            return alone(request, self._apply)
        return self._preview(request)

    def _preview(self, request: HttpRequest) -> HttpResponse:
        form = BulkForm(request.POST, kind=self.kind)
        count = len(read_keys(request.POST.get("chosen", "")))
        if not form.is_valid():
            return self._page(request, form, count)
        return self._page(request, form, count, plan=for_all(self.kind, form.keys, form.values, form.said.on))

    def _apply(self, request: HttpRequest) -> HttpResponse:
        form = BulkForm(request.POST, kind=self.kind)
        count = len(read_keys(request.POST.get("chosen", "")))
        if not form.is_valid():
            return self._page(request, form, count)
        planned = partial(for_all, self.kind, form.keys, form.values, form.said.on)
        if hour_changed(request, form.said.due_at):
            return self._page(request, form, count, plan=planned())
        signature = request.POST.get("signature", "")
        try:
            batch = batches.apply(
                planned=planned, signature=signature, way=BatchWay.BULK, why=form.said, by=person(request)
            )
        except batches.ChangedMeanwhile as meanwhile:
            messages.warning(request, MEANWHILE)
            return self._page(request, form, count, plan=meanwhile.plan)
        if batch is None:
            messages.warning(request, "Nothing was changed: every listing has these values, or refuses them.")
            return self._page(request, form, count, plan=planned())
        return kept_batch(request, batch)

    def _page(self, request: HttpRequest, form: BulkForm, count: int, plan: Plan | None = None) -> HttpResponse:
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": f"Change {kind_words(self.kind, count)} at once",
            "opts": self.opts,
            "form": form,
            "preview": preview(plan, form.said.due_at) if plan else None,
            "media": self.media,
        }
        address = reverse(f"admin:directory_{self.opts.model_name}_bulk")
        return TemplateResponse(request, TEMPLATE, {**context, "address": address})
