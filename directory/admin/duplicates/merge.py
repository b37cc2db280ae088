"""Merges: what became one, who did it and why, and the way back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from directory.admin.base import DeskAdmin, person
from directory.admin.duplicates import two
from directory.admin.imports import alone
from directory.curation.merging import refusals
from directory.curation.merging.merge import schools_of, unmerge
from directory.curation.merging.names import names_of
from directory.curation.merging.refusals import CannotMergeError
from directory.curation.merging.summary import moved
from directory.models import Merge, School
from directory.pipeline.refresh import refresh

BAD_REQUEST = 400


class UndoForm(forms.Form):
    """Why they are two after all."""

    reason = forms.CharField(
        label="Why they are two after all",
        max_length=1_000,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        error_messages={"required": "Say why: it stays in the history of both."},
    )


@admin.register(Merge)
class MergeAdmin(DeskAdmin):
    """Made on the page of two listings, undone on its own; nothing else about a merge is edited."""

    list_display = ("__str__", "kind", "reason", "made_by", "made_at", "undone_at")
    list_filter = (
        ("undone_at", admin.EmptyFieldListFilter),
        ("school", admin.EmptyFieldListFilter),
        ("part_of", admin.EmptyFieldListFilter),
    )
    search_fields = (
        *("reason", "program__slug__exact", "gone_program__slug__exact"),
        *("school__name", "gone_school__name", "program__school__name"),
    )
    search_help_text = "Reason, school, or public address of a program"
    ordering = ("-made_at", "-pk")
    sortable_by = ("made_at", "undone_at")
    date_hierarchy = "made_at"
    select = (
        *("program__field", "program__school", "gone_program__field", "gone_program__school"),
        *("school", "gone_school", "made_by", "undone_by", "part_of"),
    )

    @admin.display(description="of")
    def kind(self, merge: Merge) -> str:
        return "schools" if merge.school_id else "programs"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # undone, never deleted: it says what became of an address

    def get_urls(self) -> list[URLPattern]:
        own = path("two/", self.admin_site.admin_view(two.view), name="directory_merge_two")
        return [own, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Where one asks which two: merging begins with looking at them side by side."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return two.ask(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What the merge did, with the way back."""
        merge = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, merge):
            raise PermissionDenied
        if merge is None:
            raise Http404("No such merge.")
        if request.method != "POST":
            return self._record(request, merge, UndoForm())
        if not self.has_change_permission(request, merge):
            raise PermissionDenied
        return alone(request, self._undo, merge)

    def _undo(self, request: HttpRequest, merge: Merge) -> HttpResponse:
        form = UndoForm(request.POST)
        if not form.is_valid():
            return self._record(request, merge, form, status=BAD_REQUEST)
        try:
            with transaction.atomic():
                stayed = unmerge(merge=merge, reason=form.cleaned_data["reason"], by=person(request))
                refresh(schools_of(merge))
        except CannotMergeError as refusal:
            form.add_error(None, str(refusal))
            return self._record(request, merge, form, status=BAD_REQUEST)
        for each in stayed:
            messages.warning(request, each)
        messages.success(request, "Undone: both stand by themselves again.")
        return HttpResponseRedirect(merge.get_absolute_url())

    def _record(self, request: HttpRequest, merge: Merge, form: UndoForm, *, status: int = 200) -> HttpResponse:
        kind = "school" if isinstance(merge.gone, School) else "program"
        names = names_of(merge.gone, merge.survivor)
        context = {
            **self.admin_site.each_context(request),
            "title": " became ".join(names),
            "opts": self.opts,
            "original": merge,
            "names": names,
            "kind": kind,
            "moved": moved(merge),
            "parts": merge.parts.select_related(*self.select) if kind == "school" else (),
            "against": [] if merge.is_undone else refusals.against_undoing(merge),
            "may_undo": not merge.is_undone and not merge.part_of_id and self.has_change_permission(request, merge),
            "form": form,
            "adminform": AdminForm(form, [(None, {"fields": ["reason"]})], {}),  # type: ignore[arg-type]  # any form will do
            "inline_admin_formsets": (),
            "edit": [
                reverse(f"admin:directory_{kind}_change", args=[each.pk]) for each in (merge.gone, merge.survivor)
            ],
        }
        return TemplateResponse(request, "admin/directory/duplicates/merge.html", context, status=status)
