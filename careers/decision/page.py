"""Everything that `/certificate-or-associate/` shows; how much is found does not change the number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from careers.decision import rows, verdict
from careers.decision.asked import Asked, read
from careers.decision.goals import Choices, Goal, choices
from careers.decision.outcomes import Effect, Exam, Outcome, exams, outcomes
from careers.decision.sides import Counted, Side, counted, shown_listings, sides
from careers.decision.trade import exam_of_the_trade
from careers.decision.wording import listed
from careers.decision.work import Job, jobs
from directory.models import Listing
from directory.profiles.cards import exams_of
from directory.search.freshness import current
from directory.templatetags.figures import miles
from directory.vocab import Delivery, Standing


def decision_page(data: QueryDict, *, today: dt.date) -> dict[str, Any]:
    """The context of `careers/decision.html`."""
    offered = choices()
    asked = read(data, offered)
    goal = asked.goal
    held = exams(goal.cips or (goal.certification.related_cips if goal.certification else ()))
    every = (*verdict.COMPARED, *verdict.LONGER)
    cips = goal.cips or tuple(goal.certification.related_cips if goal.certification else ())
    table: dict[str, dict[str, Outcome]] = {
        level: {each.exam.slug: each for each in outcomes(held, level, cips, on=today)} for level in every
    }
    work = jobs(goal, asked.place)
    own = next((job for job in work if goal.occupation and job.occupation.pk == goal.occupation.pk), None)
    levels = (*verdict.COMPARED, *verdict.longer_levels(goal, table, own.entry if own else ""))
    mine = {level: table[level][goal.slug] for level in levels if goal.certification}
    found = sides(levels, mine, goal, asked.place, current())
    programs, listings = counted(found), shown_listings(found)
    opened = exams_of([hit.program for side in found for hit in side.shown])
    trade = exam_of_the_trade(goal, held, now=timezone.now())
    fact_rows = [
        rows.goal_row(goal, found) if goal.certification else rows.choose_row(table, found, work, programs, trade),
        rows.nearest_row(found, asked.place, listings, opened),
        rows.time_row(found, programs),
        rows.price_row(found, programs),
        *([rows.own_job_row(goal, len(found), work)] if own else []),
        rows.job_row(found, work),
        rows.earnings_row(goal, found),
        *rows.exam_rows(goal, levels, table),
        rows.stacking_row(found, programs),
    ]
    heads = rows.heads(found)
    return {
        "asked": asked,
        "goal": goal,
        "place": asked.place,
        "options": _options(offered, goal),
        "title": _title(goal),
        "verdict": [
            *_verdict(goal, table, own, trade),
            *nearest_opening(goal, found, listings),
        ],
        "heads": heads,
        "columns": len(found),
        "rows": rows.under_heads(fact_rows, heads),
        "unknown": _unknown(programs.values(), mine),
        "more_url": goal.url,
        "share_url": address(asked),
    }


def address(asked: Asked) -> str:
    """The page's own address for this question; what could not be read is left out."""
    given = [("goal", asked.goal.slug), ("where", asked.where if asked.place else "")]
    kept = [(name, value) for name, value in given if value]
    path = reverse("certificate_or_associate")
    return f"{path}?{urlencode(kept)}" if kept else path


def canonical(goal: str) -> str:
    """One address for each goal (a slug, or ""): the same page for another town is no other page."""
    path = reverse("certificate_or_associate")
    return f"{path}?{urlencode({'goal': goal})}" if goal else path


def _title(goal: Goal) -> str:
    if not goal:
        return "Certificate or associate degree?"
    return (
        f"Certificate or associate degree for the {goal.label}?"
        if goal.certification
        else (
            f"Certificate or associate degree to become a {goal.label.lower()}?"
            if goal.career
            else f"Certificate or associate degree: {goal.label}"
        )
    )


def _options(offered: Choices, goal: Goal) -> list[dict[str, Any]]:
    """The groups of the goal's field: {label, options [{value, label, selected}]}."""
    groups = [
        ("Exams", [(each.slug, f"{each.acronym}, {each.name}") for each in offered.certifications]),
        ("Careers", [(each.slug, each.title) for each in offered.careers]),
    ]
    if goal and goal.slug not in offered.slugs:
        groups.append(("Occupations", [(goal.slug, goal.label)]))
    return [
        {
            "label": label,
            "options": [{"value": slug, "label": words, "selected": slug == goal.slug} for slug, words in options],
        }
        for label, options in groups
        if options
    ]


def _verdict(goal: Goal, table: verdict.Table, own: Job | None, exam: Exam | None) -> list[str]:
    if goal.certification:
        return verdict.for_exam(goal, table)
    if goal:
        return verdict.for_career(goal, table, own.entry if own else "", own.training if own else "", exam)
    return verdict.for_nobody(table)


def nearest_opening(goal: Goal, found: Sequence[Side], listings: Mapping[int, Listing]) -> list[str]:
    """Where the nearest program of the one award that opens the exam is; nothing where several do, or no place is."""
    opening = [side for side in found if side.opening]
    if len(opening) != 1 or not opening[0].hits or opening[0].hits[0].miles is None:
        return []
    hit = opening[0].hits[0]
    listing = listings.get(hit.program)
    if listing is None:
        return []
    online = ", and it is taught fully online" if listing.delivery == Delivery.ONLINE else ""
    accreditor = opening[0].goal.accreditor if opening[0].goal else ""
    doubt = f" Its accreditation is only stated: ask {accreditor} first." if accreditor else ""
    known = "" if listing.standing == Standing.ACCREDITED else doubt
    at = f"{listing.school_name} in {listing.school.city}, {listing.state}"
    where = f"{at}, {miles(hit.miles)} away{online}"
    return [f"The nearest program on file that opens the {goal.label} is at {where}.{known}"]


def _unknown(programs: Collection[Counted], mine: Mapping[str, Outcome]) -> list[str]:
    """What nobody can tell from the files, said."""
    said = []
    if unpriced := sum(each.price is None for each in programs):
        said.append(f"No file has a price for {_share(unpriced, len(programs))}.")
    if unclear := sum(each.delivery == Delivery.UNKNOWN for each in programs):
        said.append(f"Whether the classes are online is not known for {_share(unclear, len(programs))}.")
    if any(each.effect == Effect.IF_ACCREDITED for each in mine.values()):
        accreditors = listed(sorted({each.accreditor for each in mine.values() if each.accreditor}))
        said.append(
            f"Accreditation that is only stated rests on a page, not on {accreditors}’s word. Ask {accreditors} about "
            "the program on the campus where you would study."
        )
    said.append("No file says what a program’s own graduates earn. Pay is of everyone in the work, beginners included.")
    said.append("The usual length is full time. Part time takes longer, and no file says how much.")
    return said


def _share(count: int, of: int) -> str:
    return (
        f"any of the {of:,} programs counted here" if count == of else f"{count:,} of the {of:,} programs counted here"
    )
