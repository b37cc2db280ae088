"""The list of proposed files, the page of each, and what may be downloaded from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directory.admin.base import ReadOnlyAdmin, column, person
from directory.admin.releases import adding, pressed
from directory.admin.releases.page import address, context_of
from directory.admin.releases.verbs import Verbs
from directory.models import ProposalStep, ReleaseProposal
from directory.pipeline.proposals import rejects, store
from directory.staff import typed

ANY_FILE = "application/octet-stream"


@admin.register(ReleaseProposal)
class ReleaseProposalAdmin(Verbs, ReadOnlyAdmin):
    """Rows are written by verbs and by the worker, never by a form of their columns."""

    list_display = (
        *("file_name", column("source"), column("state"), "vintage", "counts", "proposed_by", "proposed_at"),
    )
    list_filter = ("state", "source")
    search_fields = ("file_name", "note", "sha256__exact")
    date_hierarchy = "proposed_at"
    ordering = ("-pk",)
    select = ("proposed_by",)

    @admin.display(description="added, changed, removed")
    def counts(self, proposal: ReleaseProposal) -> SafeString | str:
        if not proposal.preview_number:
            return self.get_empty_value_display()
        return format_html("{}, {}, {}", f"{proposal.added:,}", f"{proposal.changed:,}", f"{proposal.removed:,}")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("directory.add_releaseproposal")

    def has_decision_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("directory.change_releaseproposal")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("preview")

    def get_urls(self) -> list[Any]:
        def at(verb: str, view: Any) -> Any:
            guarded: Any = self.admin_site.admin_view(view)
            guarded.model_admin = self  # who can say what was pressed, as Django's own pages of a table have it
            return path(f"<int:pk>/{verb}/", guarded, name=f"directory_releaseproposal_{verb}")

        return [
            at("approve", self.approve_view),
            at("again", self.again_view),
            at("refuse", self.refuse_view),
            at("withdraw", self.withdraw_view),
            at("take_back", self.take_back_view),
            at("rejects", self.rejects_view),
            at("file", self.file_view),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return adding.view(self, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request) or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return self.page(request, self._row(object_id))

    def page(
        self, request: HttpRequest, proposal: ReleaseProposal, *, problem: str = "", typed: str = "", status: int = 200
    ) -> HttpResponse:
        """The page of a file; `problem` is why the last press did nothing, `typed` what was entered with it."""
        context = {
            **self.admin_site.each_context(request),
            **context_of(proposal, person(request), may_decide=self.has_decision_permission(request)),
            "title": f"{proposal.get_source_display()}",
            "subtitle": proposal.file_name,
            "opts": self.opts,
            "problem": problem,
            "typed": typed,
            "may_add": self.has_add_permission(request),
            "may_see_run": request.user.has_perm("directory.view_importrun"),
        }
        return TemplateResponse(request, "admin/directory/releases/proposal.html", context, status=status)

    def what_was_pressed(
        self, request: HttpRequest, name: str, at: dict[str, Any], given: dict[str, str]
    ) -> typed.Pressed | None:
        """A press that came after the session was over, for who may decide about files."""
        if not self.has_decision_permission(request) or "pk" not in at:
            return None
        return pressed.in_words(name.removeprefix("directory_releaseproposal_"), at["pk"], given)

    def rejects_view(self, request: HttpRequest, pk: int) -> Any:
        """The rows that would stay out, as a table to download."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        proposal = self._row(str(pk))
        return _download(
            request, proposal, rejects.path_of(proposal), f"rejects-{proposal.pk}.csv", "text/csv; charset=utf-8"
        )

    def file_view(self, request: HttpRequest, pk: int) -> Any:
        """The file as it came. Official files may name officers of schools: for those who may decide about it."""
        if not self.has_decision_permission(request):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        proposal = self._row(str(pk))
        return _download(request, proposal, store.place(proposal.sha256), proposal.file_name, ANY_FILE)

    def _row(self, key: str) -> ReleaseProposal:
        rows = ReleaseProposal.objects.select_related("proposed_by", "approved_by", "run__release")
        found = rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None
        if found is None:
            raise Http404
        return found


@admin.register(ProposalStep)
class ProposalStepAdmin(ReadOnlyAdmin):
    list_display = ("proposal", column("verb", "what"), "by", "at", "words")
    list_filter = ("verb",)
    search_fields = ("words", "proposal__file_name")
    ordering = ("-at", "-pk")
    select = ("proposal", "by")


def _download(request: HttpRequest, proposal: ReleaseProposal, path: Path, name: str, kind: str) -> Any:
    """The file as an attachment, whatever is in it; back to the page when it is no longer kept."""
    try:
        file = path.open("rb")
    except OSError:
        messages.warning(request, "That file is no longer kept.")
        return HttpResponseRedirect(address(proposal))
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)
