"""Saving a search, and what a reader hears of."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from directory.engagement import saved_searches as searches
from directory.filters.applied import chips
from directory.filters.parameters import without_tracking
from directory.filters.program import ProgramFilter
from directory.models import SavedSearch
from directory.pipeline import alerts
from directory.views.readers_only import done_by_a_reader, for_a_reader

TOO_WIDE: Final = (
    "This search finds {count:,} programs, and something changes there every week. Narrow it to {most:,} at most: "
    "choose a place, an award or a price."
)
TOO_MANY: Final = "You have saved {limit} searches, as many as we keep. Delete one on your account page first."
TOO_LONG: Final = "This search has too many words and choices to be saved. Leave some out."
MISREAD: Final = "Some of this search could not be read. Mend it on the list first, else the alert would be about more."


@require_http_methods(["GET", "HEAD", "POST"])
@for_a_reader
def new_search(request: HttpRequest, reader: User) -> HttpResponse:
    """Shows on GET what would be saved, saves on POST. The search stands in the address, as on the list."""
    chosen = ProgramFilter(without_tracking(request.GET))
    labels = [chip.label for chip in chips(chosen)]
    problem = _problem(chosen)
    if request.method == "POST" and not problem:
        try:
            searches.save_search(
                reader=reader,
                query=chosen.lasting,
                title=", ".join(labels) or "All programs",
                known=alerts.found_today(chosen),
                week=alerts.week_of(timezone.localdate()),
            )
            return redirect(f"{reverse('account')}#searches")
        except searches.TooManySearches:
            problem = TOO_MANY.format(limit=searches.LIMIT)
        except searches.SearchTooLong:
            problem = TOO_LONG
    context = {
        "labels": labels,
        "count": chosen.count,
        "problem": problem,
        "reader": reader,
        "action": request.get_full_path(),
        "list_url": f"{reverse('program_list')}?{request.META.get('QUERY_STRING', '')}",
    }
    return render(request, "directory/account/new_search.html", context)


@done_by_a_reader
def change_search(request: HttpRequest, reader: User, search: int) -> HttpResponse:
    """Stops, starts again or deletes one of the reader's own searches."""
    own = SavedSearch.objects.filter(reader=reader, pk=search).first()
    if own is None:
        raise Http404("This reader has no such search.")
    action = request.POST.get("action")
    if action == "delete":
        searches.delete_search(reader=reader, search=search)
    elif action == "stop":
        searches.stop(about=searches.about_search(search))
    elif action == "start":
        _start(reader, own)
    return redirect(f"{reverse('account')}#searches")


@done_by_a_reader
def program_alerts(request: HttpRequest, reader: User) -> HttpResponse:
    """Stops or starts mail about saved programs."""
    if request.POST.get("action") == "stop":
        searches.stop_program_alerts(reader=reader)
    elif request.POST.get("action") == "start":
        with transaction.atomic():
            searches.start_program_alerts(reader=reader)
            alerts.remember_saved(reader=reader)
    return redirect(f"{reverse('account')}#programs")


def _start(reader: User, own: SavedSearch) -> None:
    """Mail again about a search of the reader's, or the word on the account page why there is none."""
    chosen = ProgramFilter(own.asked)
    trouble = alerts.trouble_of(chosen)
    if trouble:
        SavedSearch.objects.filter(pk=own.pk).update(trouble=trouble)
        return
    known, week = alerts.found_today(chosen), alerts.week_of(timezone.localdate())
    searches.save_search(reader=reader, query=own.query, title=own.title, known=known, week=week)


def _problem(chosen: ProgramFilter) -> str:
    trouble = alerts.trouble_of(chosen)
    if trouble == SavedSearch.Trouble.UNREADABLE:
        return MISREAD
    return TOO_WIDE.format(count=chosen.count, most=alerts.MOST_RESULTS) if trouble else ""
