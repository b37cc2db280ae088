"""The desk of accreditors' lists: upload, say what the columns mean, look at the difference, apply it, undo it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from directory.admin.accreditation_list.columns import SAMPLES, ColumnsForm
from directory.admin.accreditation_list.showing import sections
from directory.admin.accreditation_list.upload import HELP, UploadForm
from directory.admin.base import DeskAdmin, person
from directory.admin.imports import alone
from directory.admin.labels import LABELS
from directory.curation.worklists.case import counted
from directory.models import AccreditorList
from directory.pipeline.accreditor_lists import applying, taking_in, undoing
from directory.pipeline.accreditor_lists.comparing import compare
from directory.pipeline.accreditor_lists.difference import Kind

State = AccreditorList.State
#: Applying a list writes what a curator could write by hand.
NEEDED: Final = (
    "directory.change_accreditorlist", "directory.add_accreditation", "directory.change_accreditation",
    "directory.add_programfact", "directory.change_programfact",
)  # fmt: skip


class ApplyForm(forms.Form):
    """Whether what is gone is cleared, and which difference was seen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    clear_gone = forms.BooleanField(label="Clear what is gone", required=False)
    though_many = forms.BooleanField(label="Yes, I mean to withdraw that many", required=False)


@admin.register(AccreditorList)
class AccreditorListAdmin(DeskAdmin):
    """Neither edited nor deleted: a list is applied, undone or thrown away, and stays as evidence."""

    form = UploadForm
    change_form_template = "admin/directory/accreditor_list.html"
    list_display = ("agency", "as_of", "state", "file_name", "whole", "waiting", "uploaded_by", "applied_at")
    list_filter = ("state",)
    search_fields = ("agency__name", "agency__acronym", "file_name", "source_url")
    autocomplete_fields = ("agency",)
    select = ("agency", "uploaded_by")
    actions = None
    fields = ("agency", "as_of", "source_url", "whole", "file")
    readonly_fields = (
        "file_name", "sha256", "state", "cleared", "uploaded_by", "uploaded_at", "applied_by", "applied_at",
        "undone_by", "undone_at",
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = ("agency", "as_of", "source_url", "whole", *self.readonly_fields)
        return shown if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        words = {"labels": {**LABELS, "as_of": "List of the day"}, "help_texts": HELP}
        return super().get_form(request, obj, change, **{**kwargs, **words})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        waiting = Count("rows", filter=Q(rows__found="unmatched"))
        return super().get_queryset(request).defer("header", "columns").annotate(waiting_rows=waiting)

    @admin.display(description="rows to place")
    def waiting(self, row: Any) -> int:
        return row.waiting_rows

    # --- upload

    def save_model(self, request: HttpRequest, obj: AccreditorList, form: Any, change: bool) -> None:
        if not change:
            taking_in.take_in(accreditor_list=obj, found=form.found, by=person(request))

    def response_add(self, request: HttpRequest, obj: AccreditorList, post_url_continue: Any = None) -> HttpResponse:
        same = AccreditorList.objects.filter(sha256=obj.sha256, agency=obj.agency, state=State.APPLIED).first()
        if same:
            messages.warning(request, f"The same file was applied before, as the {same}.")
        messages.success(request, "Uploaded. Nothing has changed yet: say what the columns mean.")
        return redirect("admin:directory_accreditorlist_columns", obj.pk)

    # --- pages of one list

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/columns/", view(self.columns_view), name="directory_accreditorlist_columns"),
            path("<int:pk>/difference/", view(self.difference_view), name="directory_accreditorlist_difference"),
            path("<int:pk>/undo/", view(self.undo_view), name="directory_accreditorlist_undo"),
            path("<int:pk>/discard/", view(self.discard_view), name="directory_accreditorlist_discard"),
        ]
        return [*own, *super().get_urls()]

    def may_apply(self, request: HttpRequest) -> bool:
        return request.user.has_perms(NEEDED)

    def _held(self, request: HttpRequest, pk: int) -> AccreditorList:
        """The list of an address, for who may do what the method does. Raises Http404, PermissionDenied."""
        allowed = self.has_view_permission(request)
        if request.method not in ("GET", "HEAD"):
            allowed = self.may_apply(request)
        if not allowed:
            raise PermissionDenied
        held = AccreditorList.objects.select_related("agency").filter(pk=pk).first()
        if held is None:
            raise Http404
        return held

    def _page(
        self, request: HttpRequest, name: str, held: AccreditorList, status: int = 200, **context: Any
    ) -> HttpResponse:
        shared = {
            **self.admin_site.each_context(request), "opts": self.opts, "original": held, "State": State,
            "may_apply": self.may_apply(request), **context,
        }  # fmt: skip
        return TemplateResponse(request, f"admin/directory/accreditor_list_{name}.html", shared, status=status)

    def columns_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        held = self._held(request, pk)
        if held.state != State.UPLOADED:
            return redirect("admin:directory_accreditorlist_change", pk)
        form = ColumnsForm(request.POST or None, accreditor_list=held)
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            try:
                taking_in.read_as(
                    accreditor_list=held, columns=said["columns"], words=said["meant"], otherwise=said["otherwise"],
                    cips=said["cips"], by=person(request),
                )  # fmt: skip
            except applying.NotPossible as refused:
                messages.error(request, str(refused))
            return redirect("admin:directory_accreditorlist_difference", pk)
        rows = held.rows.order_by("line")[:SAMPLES]
        return self._page(request, "columns", held, title=f"Columns of the {held}", form=form, rows=rows)

    def difference_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return alone(request, self._difference_view, pk)

    def _difference_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        held = self._held(request, pk)
        form = ApplyForm(request.POST or None)
        refused = ""
        if request.method == "POST" and form.is_valid():
            try:
                applying.apply(accreditor_list=held, by=person(request), **form.cleaned_data)
            except applying.NotPossible as error:
                refused = str(error)
            else:
                self.log_change(request, held, "Applied")
                messages.success(request, f"The {held} is applied. You can undo it here.")
                return redirect("admin:directory_accreditorlist_change", pk)
            held.refresh_from_db()
        if held.state != State.UPLOADED:
            if refused:
                messages.error(request, refused)
            return redirect("admin:directory_accreditorlist_change", pk)
        if "school" not in held.columns:
            return redirect("admin:directory_accreditorlist_columns", pk)
        found = compare(held)
        only = request.GET.get("kind", "")
        shown = sections(found, only, request.GET.get("p", 1)) or sections(found)
        if form.is_bound:  # what is seen now, with what was ticked
            form.data = {**form.data.dict(), "seen": found.fingerprint}  # type: ignore[attr-defined]
        form.initial["seen"] = found.fingerprint
        gone = len(found.by_kind[Kind.GONE])
        return self._page(
            request, "difference", held, status=409 if refused else 200, title=f"What the {held} would change",
            sections=shown, form=form, refused=refused, gone=gone, found=found,
            only=only if only in {name for each in shown for name in (each.name, each.kind.value)} else "",
            can_clear=held.whole and found.is_readable and gone,
        )  # fmt: skip

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return alone(request, self._undo_view, pk)

    def _undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        held = self._posted(request, pk)
        if isinstance(held, HttpResponse):
            return held
        try:
            undone = undoing.undo(accreditor_list=held, by=person(request))
        except applying.NotPossible as refused:
            messages.error(request, str(refused))
        else:
            self.log_change(request, held, "Undone")
            changes = counted(undone.taken_back, "change of the", "changes of the")
            verb = "is" if undone.taken_back == 1 else "are"
            messages.success(request, f"Undone: {changes} {held} {verb} taken back.")
            if undone.left:
                some = "; ".join(undone.left[:5])
                messages.warning(request, f"{len(undone.left)} were changed since and stay as they are: {some}")
        return redirect("admin:directory_accreditorlist_change", pk)

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        held = self._posted(request, pk)
        if isinstance(held, HttpResponse):
            return held
        try:
            taking_in.discard(accreditor_list=held)
        except applying.NotPossible as refused:
            messages.error(request, str(refused))
        else:
            self.log_change(request, held, "Thrown away")
            messages.success(request, f"The {held} is thrown away; it had changed nothing.")
        return redirect(reverse("admin:directory_accreditorlist_changelist"))

    def _posted(self, request: HttpRequest, pk: int) -> AccreditorList | HttpResponse:
        held = self._held(request, pk)
        return held if request.method == "POST" else HttpResponseNotAllowed(["POST"])

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        held = context.get("original")
        if held is not None:
            words = {**dict(Kind.choices), Kind.GONE: "withdrawn" if held.cleared else "gone, left as they were"}
            counts = [(words[Kind(kind)], number) for kind, number in held.counts.items() if kind in Kind.values]
            context |= {
                "State": State, "counts": counts, "may_apply": self.may_apply(request),
                "blocker": undoing.blocker(held), "show_save": False, "show_save_and_continue": False,
                "show_save_and_add_another": False, "waiting": held.rows.filter(found="unmatched").count(),
            }  # fmt: skip
        return super().render_change_form(request, context, *args, **kwargs)
