"""Proposing a file: the source first, then what it asks of its file, then the file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from directory.admin.base import person
from directory.admin.releases.forms import ProposeForm
from directory.admin.releases.page import address
from directory.models import ReleaseProposal
from directory.pipeline.proposals import deciding, starting
from directory.pipeline.proposals.deciding import HeldError
from directory.pipeline.proposals.requirements import Requirements, requirements, requirements_of
from directory.pipeline.proposals.store import Kept


def view(of: Any, request: HttpRequest) -> HttpResponse:
    """The table of sources, or the form of one; `of` is the table's admin, which has checked the permission."""
    asked = requirements_of(request.GET.get("source", ""))
    if asked is None:
        context = {**_context(of, request), "title": "Load an official file", "sources": requirements()}
        return TemplateResponse(request, "admin/directory/releases/sources.html", context)
    if request.method == "POST":
        form = ProposeForm(request.POST, request.FILES, of=asked, refused=getattr(request, "upload_refused", ""))
        if form.is_valid() and form.kept is not None:
            return _propose(of, request, asked, form, form.kept)
    else:
        form = _begun(request, asked)
    context = {
        **_context(of, request),
        "title": f"Load a file: {asked.label}",
        "asked": asked,
        "second_person": settings.RELEASES_NEED_SECOND_PERSON,
        "most_mb": settings.RELEASES_MAX_UPLOAD_MB,
        "form": form,
        "media": of.media + form.media,
    }
    return TemplateResponse(request, "admin/directory/releases/propose.html", context)


def _propose(of: Any, request: HttpRequest, asked: Requirements, form: ProposeForm, kept: Kept) -> HttpResponse:
    given = form.cleaned_data
    scope = given.get("scope", "all")
    before = deciding.loaded_before(asked.source, kept.sha256, scope)
    try:
        made = deciding.propose(
            kept=kept, source=asked.source, name=form.name, scope=scope, by=person(request),
            vintage=given["vintage"], note=given["note"], fetched=form.path,
        )  # fmt: skip
    except HeldError as held:
        messages.warning(request, "This very file is proposed already: here it is. Nothing was added.")
        return HttpResponseRedirect(address(held.proposal))
    of.log_addition(request, made, f"Proposed {made.file_name}. {made.note}".strip())
    starting.start()
    if before is not None and before.release is not None:
        messages.warning(
            request,
            f"This very file is loaded already, as {before.release.vintage} on {before.started_at:%d %b %Y}. The check "
            "says whether it would change anything.",
        )
    return HttpResponseRedirect(address(made))


def _begun(request: HttpRequest, asked: Requirements) -> ProposeForm:
    """The form, with the file and entries of a former proposal where the address names one (`again=7`)."""
    key = request.GET.get("again", "")
    if key.isdecimal() and len(key) < 18:
        former = ReleaseProposal.objects.filter(pk=int(key)).first()
        if former is not None:
            return ProposeForm.again(former, asked)
    return ProposeForm(of=asked, initial={"scope": asked.scope, "fetched": request.GET.get("fetched", "")})


def _context(of: Any, request: HttpRequest) -> dict[str, Any]:
    return {**of.admin_site.each_context(request), "opts": of.opts}
