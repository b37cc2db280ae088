"""/plan/date/: the reader's own day of a step."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from careers.plan.asked import LONGEST
from careers.plan.keeping import changing_plan, set_day, set_settings
from careers.plan.own import START, OwnProblem, read_day
from careers.plan.page import current_document
from careers.plan.views import UNPROCESSABLE, plan_page, to_plan
from directory.views.same_origin import from_our_pages


@from_our_pages(lambda form: "Go back to the rule’s date" if "rule" in form else "Keep this date")
def own_day(request: HttpRequest) -> HttpResponse:
    """`step=<step>` with `on=<day>` sets the day of a step, with `rule` it goes back to the rule's.

    A day that does not fit comes back with its message, as it was typed; a step that is not in the plan changes
    nothing. The first day of classes moves the whole plan.
    """
    today, key = timezone.localdate(), request.POST.get("step", "")
    found = current_document(request, today=today)
    line = next((line for line in found[1].lines if line.key == key), None) if found else None
    if found is None or line is None:
        return to_plan(done="nothing")
    settings = found[0].settings
    if "rule" in request.POST:
        day = None
    else:
        typed = " ".join(request.POST.get("on", "").replace("\0", " ").split())[:LONGEST]
        read = read_day(key, typed, start=settings.start, today=today, kept=line.on)
        if isinstance(read, OwnProblem):
            return plan_page(request, status=UNPROCESSABLE, own=read)
        day = read
    with changing_plan(request) as state:
        if key != START:
            set_day(state, key, day, seen=day or line.by_rule)
        elif day is not None:
            set_settings(state, replace(settings, start=day))
    return to_plan(f"step-{key}")
