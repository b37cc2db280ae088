"""/plan/: the reader's own page. Nobody else sees it, and nothing of it is stored by a cache."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.decision.goals import choices
from careers.plan import asked as form
from careers.plan.dates import TooLate, TooLong
from careers.plan.document import work_out
from careers.plan.keeping import agree_to, changing_plan, forget, kept_plan, set_settings, stamp
from careers.plan.own import OwnProblem
from careers.plan.page import TOO_LATE, current_document, plan_context, too_long
from careers.plan.saved import NoteProblem, listing_of, saved_rows
from directory.engagement.shortlist import NoteTooLong, shortlist_of
from directory.models import Program
from directory.models.saved_program import LONGEST_NOTE
from directory.views.same_origin import from_our_pages
from directory.views.unread import unread

SEE_OTHER: Final = 303
UNPROCESSABLE: Final = 422
#: What the address may say about what was just done.
DONE: Final = {
    "deleted": "Your plan is deleted: the saved programs, the notes, the steps, and every copy that you had shown.",
    "shared": "Here is the address of your copy. Whoever has it can read it, until you take it back.",
    "taken-back": "The copy is taken back. Its address shows nothing any more.",
    "nothing": "There is no plan in this browser to do that with. It may have been deleted in another tab.",
}


@never_cache
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The plan, empty or not; works without a session and makes none."""
    return plan_page(request, done=DONE.get(request.GET.get("done", ""), ""), unread=unread(request, "done"))


@from_our_pages(lambda _form: "Work out my steps")
def steps(request: HttpRequest) -> HttpResponse:
    """Begin a plan or change it (`goal`, `program`, `hours`, `start`, `where`); mistakes come back with the form."""
    today = timezone.localdate()
    rows, kept, offered = saved_rows(shortlist_of(request)), kept_plan(request), choices()
    saved = {row.card["slug"]: row.listing.program_id for row in rows}
    asked = form.read(request.POST, offered, saved, today=today, before=kept.settings if kept else None)
    if asked.settings is not None:
        chosen = asked.settings
        listing = listing_of(chosen.program, rows) if chosen.program else None
        try:
            document = work_out(chosen, listing, offered, today=today)
        except TooLong as error:
            asked.errors["hours"] = [too_long(error)]
        except TooLate:
            asked.errors["start"] = [TOO_LATE]
        else:
            with changing_plan(request) as state:
                set_settings(state, chosen)
                # Of a changed plan the reader sees first what became of the steps agreed to.
                if "seen" not in state:
                    agree_to(state, document.snapshot, document.goal.label)
            return to_plan("steps")
    return plan_page(request, status=UNPROCESSABLE, asked=asked)


@from_our_pages(lambda _form: "Keep the changed dates and costs")
def agree(request: HttpRequest) -> HttpResponse:
    """The reader has seen what changed."""
    found = current_document(request, today=timezone.localdate())
    if found is None:
        return to_plan(done="nothing")
    with changing_plan(request) as state:
        agree_to(state, found[1].snapshot, found[1].goal.label)
        stamp(state)
    return to_plan("steps")


@from_our_pages(lambda form: "Tick this step" if "done" in form else "Take the tick away")
def tick(request: HttpRequest) -> HttpResponse:
    """`done=<step>` or `open=<step>`; a step that is not in the plan changes nothing."""
    found = current_document(request, today=timezone.localdate())
    key = request.POST.get("done") or request.POST.get("open") or ""
    if found is None or key not in {line.key for line in found[1].lines}:
        return to_plan(done="nothing")
    with changing_plan(request) as state:
        ticks = state.setdefault("done", {})
        if "done" in request.POST:
            ticks[key] = timezone.localdate().isoformat()
        else:
            ticks.pop(key, None)
        stamp(state)
    return to_plan(f"step-{key}")


@from_our_pages(lambda _form: "Keep this note")
def note(request: HttpRequest) -> HttpResponse:
    """Keep the note of a saved program (`program`, `note`); a note that is too long comes back with its message."""
    slug, typed = request.POST.get("program", ""), request.POST.get("note", "")
    program = Program.objects.filter(slug=slug.replace("\0", "")).first()
    try:
        mine = shortlist_of(request)
        kept = program and mine.write_note(program=mine.key_of(program), note=typed)
    except NoteTooLong as error:
        words = f"A note holds {LONGEST_NOTE:,} characters, and this one has {error.length:,}. It is not kept yet."
        return plan_page(request, status=UNPROCESSABLE, problem=NoteProblem(slug, typed, words))
    if kept:
        return to_plan(f"card-{slug}")
    # The session ended, or the program was taken off in another tab: what was typed is still on the page.
    return plan_page(request, status=UNPROCESSABLE, lost_note=typed)


@from_our_pages(lambda _form: "Delete my plan")
def delete(request: HttpRequest) -> HttpResponse:
    """Forget all of it: saved programs, notes, steps and shared copies."""
    with transaction.atomic():
        forget(request)
        shortlist_of(request).clear()
    return to_plan(done="deleted")


def plan_page(
    request: HttpRequest,
    *,
    status: int = 200,
    problem: NoteProblem | None = None,
    asked: form.Asked | None = None,
    own: OwnProblem | None = None,
    **context: Any,
) -> HttpResponse:
    """The reader's page, with a form that was refused as it was typed."""
    mine = plan_context(request, today=timezone.localdate(), asked=asked, problem=problem, own=own)
    return render(request, "careers/plan/plan.html", {**mine, **context}, status=status)


def to_plan(place: str = "", done: str = "") -> HttpResponse:
    """Back to the page after a change, at that place of it."""
    address = reverse("plan") + (f"?done={done}" if done else "") + (f"#{place}" if place else "")
    return HttpResponseRedirect(address, status=SEE_OTHER)
