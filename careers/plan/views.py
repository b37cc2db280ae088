"""/plan/: the reader's own page. Nobody else sees it, and nothing of it is stored by a cache."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.plan.saved import NoteProblem, shortlist_context
from directory.engagement.shortlist import NoteTooLong, shortlist_of
from directory.models import Program
from directory.models.saved_program import LONGEST_NOTE
from directory.views.same_origin import from_our_pages
from directory.views.unread import unread

SEE_OTHER: Final = 303
UNPROCESSABLE: Final = 422
#: What the address may say about what was just done.
DONE: Final = {"deleted": "Your plan is deleted: the saved programs, the notes and the steps."}


@never_cache
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The plan, empty or not; works without a session and makes none."""
    return _page(request, done=DONE.get(request.GET.get("done", ""), ""), unread=unread(request, "done"))


@from_our_pages(lambda _form: "Keep this note")
def note(request: HttpRequest) -> HttpResponse:
    """Keep the note of a saved program (`program`, `note`); a note that is too long comes back with its message."""
    slug, typed = request.POST.get("program", ""), request.POST.get("note", "")
    program = Program.objects.filter(slug=slug).first()
    try:
        kept = program and shortlist_of(request).write_note(program=program.pk, note=typed)
    except NoteTooLong as error:
        words = f"A note holds {LONGEST_NOTE:,} characters, and this one has {error.length:,}. It is not kept yet."
        return _page(request, status=UNPROCESSABLE, problem=NoteProblem(slug, typed, words))
    if kept:
        return _to_plan(f"card-{slug}")
    # The session ended, or the program was taken off in another tab: what was typed is still on the page.
    return _page(request, status=UNPROCESSABLE, lost_note=typed)


@from_our_pages(lambda _form: "Delete my plan")
def delete(request: HttpRequest) -> HttpResponse:
    """Forget all of it: saved programs, notes and steps."""
    shortlist_of(request).clear()
    return HttpResponseRedirect(f"{reverse('plan')}?done=deleted", status=SEE_OTHER)


def _page(
    request: HttpRequest, *, status: int = 200, problem: NoteProblem | None = None, **context: Any
) -> HttpResponse:
    mine = shortlist_context(shortlist_of(request), problem)
    return render(request, "careers/plan/plan.html", {**mine, **context}, status=status)


def _to_plan(place: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('plan')}#{place}", status=SEE_OTHER)
