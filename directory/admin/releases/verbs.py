"""What is done with a proposed file: each verb with its permission, its line in the history, and its reason kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse

from directory.admin.base import person
from directory.admin.releases.forms import ReasonForm
from directory.admin.releases.page import address, decisions_of
from directory.models import ReleaseProposal
from directory.pipeline.proposals import deciding, starting
from directory.pipeline.proposals.deciding import NotNowError

#: Verb with a page of its own -> what is asked, what the button says, what is said afterwards.
ASKED: Final = {
    "refuse": ("Refuse this file?", "Refuse it", "Refused. Nothing of the file is loaded; your reason is kept."),
    "withdraw": ("Withdraw this file?", "Withdraw it", "Withdrawn. Nothing of the file is loaded."),
    "take_back": ("Take this load back?", "Take it back", "It is being taken back: what was there before comes again."),
}
DO: Final[dict[str, Callable[..., None]]] = {
    "refuse": deciding.refuse,
    "withdraw": deciding.withdraw,
    "take_back": deciding.take_back,
}


class Verbs:
    """The views of the verbs, for the table's admin."""

    admin_site: Any
    opts: Any
    has_decision_permission: Callable[..., bool]
    log_change: Callable[..., Any]
    page: Callable[..., HttpResponse]

    def approve_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Approve what the page showed; a reason that was typed stays on the page when it does not come to that."""
        proposal = self._proposal(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        typed = request.POST.get("overruled", "")
        seen = request.POST.get("preview", "")
        try:
            deciding.approve(
                proposal=proposal, by=person(request), sha256=request.POST.get("sha256", ""),
                preview=int(seen) if seen.isdecimal() and len(seen) < 6 else 0, overruled=typed[:2_000],
            )  # fmt: skip
        except NotNowError as error:
            proposal.refresh_from_db()
            return self.page(request, proposal, problem=str(error), typed=typed, status=409)
        self.log_change(request, proposal, f"Approved preview {proposal.preview_number}. {proposal.overruled}".strip())
        starting.start()
        messages.success(request, "Approved. It is loaded next, whole or not at all.")
        return HttpResponseRedirect(address(proposal))

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposal = self._proposal(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            deciding.preview_again(proposal=proposal, by=person(request))
        except NotNowError as error:
            proposal.refresh_from_db()
            return self.page(request, proposal, problem=str(error), status=409)
        self.log_change(request, proposal, "Asked for another preview")
        starting.start()
        return HttpResponseRedirect(address(proposal))

    def refuse_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._with_reason(request, pk, "refuse")

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._with_reason(request, pk, "withdraw")

    def take_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._with_reason(request, pk, "take_back")

    def _with_reason(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Ask why on a page of its own, which nothing refreshes while somebody types."""
        proposal = self._proposal(request, pk)
        title, button, done = ASKED[verb]
        form = ReasonForm(request.POST if request.method == "POST" else None)
        problem = ""
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                DO[verb](proposal=proposal, by=person(request), reason=reason)
            except NotNowError as error:
                problem = str(error)
            else:
                self.log_change(request, proposal, f"{button}: {reason}")
                starting.start()
                messages.success(request, done)
                return HttpResponseRedirect(address(proposal))
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "proposal": proposal,
            "form": form,
            "button": button,
            "verb": verb,
            "problem": problem,
            "blockers": deciding.against_taking_back(proposal) if verb == "take_back" else (),
            "decisions": decisions_of(proposal) if verb == "take_back" else (),
        }
        status = 409 if problem else 200
        return TemplateResponse(request, "admin/directory/releases/reason.html", context, status=status)

    def _proposal(self, request: HttpRequest, pk: int) -> ReleaseProposal:
        """The row, for somebody who may decide about it."""
        if not self.has_decision_permission(request):
            raise PermissionDenied
        found = ReleaseProposal.objects.select_related("proposed_by", "approved_by", "run").filter(pk=pk).first()
        if found is None:
            raise Http404
        return found
