"""The plan taken along: calendar file, table, and copies for others under a signed address."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.plan import sharing
from careers.plan.copies import read_back, written
from careers.plan.files import calendar, table
from careers.plan.page import current_document
from careers.plan.saved import saved_rows
from directory.engagement.shortlist import shortlist_of
from directory.views.same_origin import from_our_pages

SEE_OTHER: Final = 303
NOT_FOUND, GONE = 404, 410


@never_cache
@require_safe
def plan_calendar(request: HttpRequest) -> HttpResponse:
    """The steps for a calendar program; without a plan the page that says how to make one."""
    found = current_document(request, today=timezone.localdate())
    if found is None:
        return redirect(_plan("nothing"))
    body = calendar(*found, name=settings.SITE_NAME, host=settings.MAIL_DOMAIN, now=timezone.now())
    return _file(body, "text/calendar; charset=utf-8", "my-plan.ics")


@never_cache
@require_safe
def plan_table(request: HttpRequest) -> HttpResponse:
    """The steps and costs for a spreadsheet."""
    found = current_document(request, today=timezone.localdate())
    if found is None:
        return redirect(_plan("nothing"))
    return _file(table(found[1]).encode(), "text/csv; charset=utf-8", "my-plan.csv")


@from_our_pages(lambda _form: "Make a copy that others can read")
def share(request: HttpRequest) -> HttpResponse:
    """A copy of today under a new address; with `notes` the reader's notes on it."""
    found = current_document(request, today=timezone.localdate())
    if found is None:
        return HttpResponseRedirect(_plan("nothing"), status=SEE_OTHER)
    rows = saved_rows(shortlist_of(request))
    sharing.share(request=request, document=written(found[1], rows, with_notes=bool(request.POST.get("notes"))))
    return HttpResponseRedirect(f"{_plan('shared')}#take", status=SEE_OTHER)


@from_our_pages(lambda _form: "Take the copy back")
def take_back(request: HttpRequest) -> HttpResponse:
    """Delete a copy (`key`); one that is gone already is gone."""
    sharing.take_back(request=request, key=request.POST.get("key", ""))
    return HttpResponseRedirect(f"{_plan('taken-back')}#take", status=SEE_OTHER)


@never_cache
@require_safe
def shared_plan(request: HttpRequest, token: str) -> HttpResponse:
    """A copy, for reading only. 404 for an address that we never gave out, 410 for one that was taken back."""
    try:
        copy = sharing.find(token, now=timezone.now())
    except sharing.Forged:
        response = render(request, "careers/plan/no_copy.html", {"forged": True}, status=NOT_FOUND)
    except sharing.TakenBack:
        response = render(request, "careers/plan/no_copy.html", {"forged": False}, status=GONE)
    else:
        context = {**read_back(copy.document), "made_at": copy.made_at, "shared": True}
        response = render(request, "careers/plan/shared.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Whoever follows a link from here does not carry the address along.
    response["Referrer-Policy"] = "no-referrer"
    return response


def _plan(done: str) -> str:
    return f"{reverse('plan')}?done={done}"


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response
