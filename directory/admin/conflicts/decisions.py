"""Decisions about conflicts: who decided what and why, and one press that takes a step back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path

from directory.admin.base import ReadOnlyAdmin, column, person
from directory.admin.conflicts.desk import may_decide
from directory.admin.imports import alone
from directory.admin.labels import LABELS
from directory.admin.outcome import SaysOutcome
from directory.curation.conflicts.deciding import undo
from directory.models import ConflictDecision
from directory.pipeline.refresh import refresh
from directory.profiles.corrections import label, shown


@admin.register(ConflictDecision)
class ConflictDecisionAdmin(SaysOutcome, ReadOnlyAdmin):
    change_form_template = "admin/directory/conflict_decision.html"
    list_display = (
        column("override__target", "listing"),
        "fact",
        "decision",
        "reason",
        "made_by",
        "made_at",
        "undone_at",
    )
    list_filter = ("decision",)
    search_fields = ("override__school__name", "override__program__school__name", "override__column", "reason")
    date_hierarchy = "made_at"
    ordering = ("-made_at", "-pk")
    select = ("override__school", "override__program__field", "override__program__school", "made_by", "undone_by")
    fields = (
        "override", "fact", "decision", "reason", "was", "became", "made_by", "made_at", "undone_by", "undone_at",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description="fact")
    def fact(self, decision: ConflictDecision) -> str:
        return label(decision.override)

    @admin.display(description="before")
    def was(self, decision: ConflictDecision) -> str:
        return _words(decision, decision.before)

    @admin.display(description="after")
    def became(self, decision: ConflictDecision) -> str:
        return _words(decision, decision.after)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        words = {**LABELS, "made_by": "Decided by", "made_at": "Decided on"}
        return super().get_form(request, obj, change, **{**kwargs, "labels": words})

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<int:pk>/undo/", view, name="directory_conflictdecision_undo"), *super().get_urls()]

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_decide(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return alone(request, self._undo, pk)

    def _undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        decision = ConflictDecision.objects.filter(pk=pk).first()
        if decision is None:
            raise Http404
        with transaction.atomic():  # the lists follow, or nothing was undone
            undone = undo(batch=decision.batch, by=person(request))
            refresh(undone.schools)
        if undone.taken_back:
            count = undone.taken_back
            self.message_user(
                request, f"Undone: {count} correction{'s' if count > 1 else ''} as before.", messages.SUCCESS
            )
        if undone.left:
            some = "; ".join(undone.left[:5])
            self.message_user(request, f"Changed since, and left as they are: {some}", messages.WARNING)
        if not undone.taken_back and not undone.left:
            self.message_user(request, "It was undone before.", messages.WARNING)
        return redirect("admin:directory_conflictdecision_change", pk)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        held = context.get("original")
        if held is not None:
            others = ConflictDecision.objects.filter(batch=held.batch, undone_at=None).count()
            context |= {"together": others, "can_undo": bool(others) and may_decide(request)}
        return super().render_change_form(request, context, *args, **kwargs)


def _words(decision: ConflictDecision, held: dict[str, Any]) -> str:
    """A correction as it was kept, in words."""
    override = decision.override
    if not held["active"]:
        return f"The official value: {shown(override, held['official_value'])}"
    ours, official = shown(override, held["value"]), shown(override, held["official_value"])
    until = f"; look again by {held['review_by']}" if held["review_by"] else ""
    return f"Ours: {ours}; the official file says: {official}; why: {held['reason']}{until}"
