"""/corrections/: report an error in a fact, look up what became of a report, and how well we do."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from directory.engagement.counting import network_of
from directory.engagement.error_reports import NotPossible, fits, key_of, receive, take_back
from directory.engagement.limits import HOUR, Limit, forgiving
from directory.engagement.references import Misread, read
from directory.engagement.service import service
from directory.models import ErrorReport
from directory.profiles.error_reports import (
    LONGEST_SAID,
    OTHER,
    on_record,
    public_reports,
    report_profile,
    report_rows,
    service_words,
)
from directory.profiles.reportable import ShownFact, Subject, subject
from directory.views.error_report_form import ErrorReportForm
from directory.views.unread import unread

PER_PAGE: Final = 20
NO_SUCH_PAGE: Final = "There is no such page here, so nothing on it can be reported. Look for it and use its own link."


# A report does nothing in its sender's name and reads no cookie, so there is no token to steal and none to lose:
# the form works without cookies, and what was typed is never thrown away because a tab was old.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def corrections(request: HttpRequest) -> HttpResponse:
    """With `about` the form for a fact; without it what we do about errors, and the reports."""
    about = request.GET.get("about", "")
    if not about:
        return _entrance(request)
    found = subject(about)
    if found is None:
        return _entrance(request, trouble=NO_SUCH_PAGE, status=404)
    facts = found.facts()
    key = request.GET.get("fact", "")
    fact = facts.get(key) or (OTHER if key == OTHER.key else None)
    if fact is None:
        return _which_fact(request, found, list(facts.values()), unknown=key)
    return _form(request, found, fact)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def correction_state(request: HttpRequest, reference: str) -> HttpResponse:
    """One report by its number. With its key, which only the reader has, it can be taken back."""
    try:
        wanted = read(reference)
    except Misread as misread:
        return _entrance(request, asked=reference, wrong=str(misread), status=404)
    report = on_record(wanted)
    if report is None:
        return _entrance(request, asked=reference, wrong="No report has this number.", status=404)
    if reference != report.number:
        return _to_its_number(request, report)
    key = request.POST.get("key") or request.GET.get("key", "")
    mine = bool(key) and fits(report, key)
    trouble = ""
    if request.method == "POST":
        trouble = "This needs the address that you were given when you sent the report."
        if mine:
            try:
                take_back(report=report)
                return _private(HttpResponseRedirect(report.get_absolute_url()), see_other=True)
            except NotPossible as refused:
                trouble = str(refused)
    context = {**report_profile(report), "mine": mine, "key": key if mine else "", "trouble": trouble}
    response = render(request, "directory/correction_state.html", context, status=400 if trouble else 200)
    return _private(response) if mine or trouble else response


def _to_its_number(request: HttpRequest, report: ErrorReport) -> HttpResponse:
    """From a number written otherwise: with the reader's key, and a POST stays one."""
    if request.method == "POST" or "key" in request.GET:
        asked = f"?{urlencode({'key': request.GET['key']})}" if "key" in request.GET else ""
        address = f"{report.get_absolute_url()}{asked}"
        return _private(redirect(address, preserve_request=request.method == "POST"))
    return redirect(report, permanent=True)


def _form(request: HttpRequest, found: Subject, fact: ShownFact) -> HttpResponse:
    wait = 0
    if request.method == "POST":
        form = ErrorReportForm(request.POST)
        if form.is_valid():
            limit = Limit("corrections", settings.CORRECTIONS_PER_HOUR, HOUR)
            wait = forgiving((limit, network_of(request)))
            if not wait:
                report = receive(report=_report(found, fact, form))
                address = f"{report.get_absolute_url()}?key={key_of(report)}"
                return _private(HttpResponseRedirect(address), see_other=True)
    else:
        form = ErrorReportForm()
    context = {
        "subject": found,
        "fact": fact,
        "form": form,
        "minutes": -(-wait // 60),
        "earlier": report_rows(public_reports().filter(kind=found.kind, slug=found.slug, fact=fact.key)[:5]),
        "target_days": settings.CORRECTION_TARGET_DAYS,
    }
    status = 429 if wait else 400 if form.is_bound else 200
    response = render(request, "directory/correction_report.html", context, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    if form.is_bound:
        # What did not go is shown again when its reader comes back from the next page; a browser cannot do that with
        # an answer that it may not keep for a moment.
        patch_cache_control(response, private=True, max_age=0)
        return response
    return _private(response)  # the form is for one reader: it is sent once


def _report(found: Subject, fact: ShownFact, form: ErrorReportForm) -> ErrorReport:
    given = form.cleaned_data
    return ErrorReport(
        sent=form.sent(found.about, fact.key),
        kind=found.kind,
        slug=found.slug,
        title=found.title[:300],
        program=found.program,
        school=found.school,
        fact="" if fact == OTHER else fact.key,
        label=fact.label[:200],
        said=fact.value[:LONGEST_SAID],
        said_source=fact.source[:200],
        should_be=given["should_be"],
        evidence_url=given["evidence_url"],
        words=given["words"],
    )


def _which_fact(request: HttpRequest, found: Subject, facts: list[ShownFact], *, unknown: str) -> HttpResponse:
    context = {"subject": found, "facts": [*facts, OTHER], "unknown": unknown}
    return render(request, "directory/correction_facts.html", context)


def _entrance(
    request: HttpRequest, *, asked: str = "", wrong: str = "", trouble: str = "", status: int = 200
) -> HttpResponse:
    asked = asked or request.GET.get("number", "")
    if asked and not wrong:
        try:
            return redirect("correction_state", ErrorReport(reference=read(asked)).number)
        except Misread as misread:
            wrong, status = str(misread), 400
    pages = Paginator(public_reports(), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    figures = service(timezone.now())
    context: dict[str, Any] = {
        "asked": asked,
        "wrong": [wrong] if wrong else [],
        "trouble": trouble,
        "unread": unread(request, "number", "page", "about", "fact", "key"),
        "page": page,
        "reports": report_rows(page),
        "service": figures,
        "keyfigs": service_words(figures),
    }
    return render(request, "directory/corrections.html", context, status=status)


def _private(response: HttpResponse, *, see_other: bool = False) -> HttpResponse:
    """For one reader: in no cache and no search engine, and its address is told to no other site."""
    if see_other:
        response.status_code = 303
    patch_cache_control(response, no_store=True)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
