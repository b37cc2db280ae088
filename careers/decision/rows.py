"""The rows of the one fact table: a cell for each award, or one cell where all awards have the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from careers.decision.goals import Goal
from careers.decision.outcomes import Effect, Exam, Outcome
from careers.decision.prices import lengths, prices, usual_months
from careers.decision.reasons import exam_reasons
from careers.decision.sides import Counted, Side
from careers.decision.verdict import CERTIFICATE, Table
from careers.decision.wording import AWARDS, exam_item, listed
from careers.decision.work import Job, asking_for
from directory.models import Listing, School
from directory.profiles.cards import Exam as Opened
from directory.profiles.spreads import earnings_spread, source_names
from directory.search.places import Place
from directory.templatetags.badges import LOOKS
from directory.templatetags.levels import level_class
from directory.vocab import CREDENTIAL_OF, AwardLevel, Delivery

Row = dict[str, Any]
#: Of the schools that teach both awards.
SCHOOLS_NAMED: Final = 3
#: An award level of each group, to find its level in College Scorecard.
SAMPLE: Final[dict[str, int]] = {
    "certificate": AwardLevel.CERTIFICATE_1_2_YEARS,
    "associate": AwardLevel.ASSOCIATE,
    "bachelors": AwardLevel.BACHELORS,
    "postbacc-certificate": AwardLevel.POSTBACC_CERTIFICATE,
    "masters": AwardLevel.MASTERS,
}


def row(label: str, kind: str, cells: Sequence[Any], *, anchor: str = "", mark: bool = True) -> Row:
    """One row. `same` where all cells are equal: they are drawn as one, and the others are marked as different."""
    same = len(cells) > 1 and all(cell == cells[0] for cell in cells[1:])
    template = f"careers/decision/{kind}.html"
    return {"label": label, "template": template, "cells": cells, "same": same, "anchor": anchor, "mark": mark}


def heads(found: Sequence[Side]) -> list[dict[str, str]]:
    return [{"level": side.level, "label": AWARDS[side.level].head, "css": level_class(side.level)} for side in found]


def goal_row(goal: Goal, found: Sequence[Side]) -> Row:
    """What each award does for the chosen exam."""
    cells = []
    for side in found:
        if side.goal is None:
            continue
        item = exam_item(side.goal)
        cells.append({**item, "caveat": side.goal.verdict.caveat, "good": side.goal.helps})
    return row(f"For the {goal.label}", "effect", cells)


def nearest_row(
    found: Sequence[Side],
    place: Place | None,
    listings: Mapping[int, Listing],
    exams: Mapping[int, Sequence[Opened]],
) -> Row:
    """The nearest programs of each kind, with what the list with the same filters holds."""
    cells = []
    for side in found:
        search = side.search
        cells.append(
            {
                "words": AWARDS[side.level].programs,
                "count": search.count if search else 0,
                "url": search.url if search else "",
                "miles": search.miles if search else None,
                "everywhere": bool(search and search.everywhere),
                "opening": side.opening,
                "accreditor": side.goal.accreditor if side.goal and side.opening else "",
                "others": side.others,
                "unproven": side.unproven,
                "programs": [
                    _program(listings[hit.program], hit.miles, exams.get(hit.program, ()))
                    for hit in side.shown
                    if hit.program in listings
                ],
            }
        )
    if place is None:
        label = "Programs, first by our open ranking"
    else:
        label = "Nearest programs" if place.is_point else f"Programs in {place.label}, first by our open ranking"
    return row(label, "programs", cells, anchor="programs", mark=False)


def _program(listing: Listing, miles: float | None, exams: Sequence[Opened]) -> dict[str, Any]:
    return {
        "title": listing.title,
        "url": listing.program.get_absolute_url(),
        "school": listing.school_name,
        "city": listing.school.city,
        "state": listing.state,
        "miles": miles,
        "standing": LOOKS[listing.standing].label,
        "delivery": "" if listing.delivery == Delivery.UNKNOWN else str(Delivery(listing.delivery).label),
        "exams": exams,
    }


def time_row(found: Sequence[Side], programs: Mapping[int, Counted]) -> Row:
    return row("Time, full time", "length", [lengths(_of(side, programs)) for side in found])


def price_row(found: Sequence[Side], programs: Mapping[int, Counted]) -> Row:
    """One query for the names of the sources."""
    names = source_names()
    return row("Price, in total", "price", [prices(_of(side, programs), names) for side in found])


def _of(side: Side, programs: Mapping[int, Counted]) -> list[Counted]:
    return [programs[hit.program] for hit in side.hits if hit.program in programs]


def exam_rows(goal: Goal, levels: Sequence[str], table: Table) -> list[Row]:
    """The other exams: those for which the awards differ, then those that all open, and those that none does."""
    slugs = [slug for slug in table[levels[0]] if slug != goal.slug]
    after = {slug: [table[level][slug] for level in levels] for slug in slugs}
    differing = [slug for slug in slugs if len({_key(each) for each in after[slug]}) > 1]
    alike = [slug for slug in slugs if slug not in differing]
    which = "either" if len(levels) == 2 else "any of them"
    rows = []
    if differing:
        cells = [[exam_item(table[level][slug]) for slug in differing] for level in levels]
        rows.append(row("Exams where they differ", "exams", cells, anchor="exams"))
    for label, wanted in (
        (f"Exams open after {which}", lambda each: each.helps),
        ("Exams that need more than an award", lambda each: each.effect == Effect.AFTER),
        (f"Exams that stay closed after {which}", lambda each: each.effect == Effect.CLOSED),
        ("Exams of which nobody can tell", lambda each: each.effect == Effect.CANNOT_TELL),
    ):
        rows += _alike(label, [after[slug][0] for slug in alike], wanted, len(levels))
    return rows


def _alike(label: str, outcomes: Sequence[Outcome], wanted: Callable[[Outcome], bool], columns: int) -> list[Row]:
    items = [{**exam_item(each), "words": ""} for each in outcomes if wanted(each)]
    return [row(label, "exams", [items] * columns)] if items else []


def _key(outcome: Outcome) -> tuple[Any, ...]:
    item = exam_item(outcome)
    return outcome.effect, outcome.accreditor, item["text"] if outcome.effect == Effect.AFTER else ""


def job_row(found: Sequence[Side], held: Sequence[Job]) -> Row:
    cells = [asking_for(side.level, held) for side in found]
    return row("Jobs that usually ask for it", "jobs", cells, anchor="jobs")


def own_job_row(goal: Goal, columns: int, held: Sequence[Job]) -> Row:
    """The chosen career's own occupation, which is the same whatever the award."""
    mine = [job.as_item() for job in held if goal.occupation and job.occupation.pk == goal.occupation.pk]
    return row(goal.label, "jobs", [mine] * columns)


def earnings_row(goal: Goal, found: Sequence[Side]) -> Row:
    """Earnings of graduates by award, all schools that are listed here; two queries for each award."""
    families = sorted({cip[:5] for cip in goal.cips})
    cells = [earnings_spread(families=families, credential=CREDENTIAL_OF[SAMPLE[side.level]]) for side in found]
    return row("Earnings of graduates, all schools listed here", "earnings", cells)


def stacking_row(found: Sequence[Side], programs: Mapping[int, Counted]) -> Row:
    """Which credits of a certificate count toward the degree. No file that we hold says so.

    What the files do tell is which of these schools teach both: there the question has one address. One query.
    """
    short, degree = _of(found[0], programs), {each.school for each in _of(found[1], programs)}
    both = list(dict.fromkeys(each.school for each in short if each.school in degree))
    schools = School.objects.in_bulk(both[:SCHOOLS_NAMED] or [0])
    named = [{"label": school.name, "url": school.get_absolute_url()} for pk in both if (school := schools.get(pk))]
    cell = {"schools": named, "more": len(both) - len(named)}
    label = "Credits of the certificate that count toward the degree"
    return row(label, "stacking", [cell] * len(found), anchor="stacking")


def choose_row(
    table: Table,
    found: Sequence[Side],
    held: Sequence[Job],
    programs: Mapping[int, Counted],
    trade: Exam | None = None,
) -> Row:
    """Reasons for each award that the facts bear: time, exams, and the work that usually asks for it.

    `trade` is the exam of the chosen career, which speaks for itself where it tells the awards apart.
    """
    cells = []
    for side in found:
        reasons = []
        if side.level == CERTIFICATE and usual_months(_of(side, programs)) < usual_months(_of(found[1], programs)):
            reasons.append("You want the shorter way")
        reasons += exam_reasons(side.level, table, trade)
        if jobs := [job["label"] for job in asking_for(side.level, held)]:
            reasons.append(f"You want work that usually asks for it: {listed(jobs)}")
        cells.append(reasons)
    return row("Choose it if", "reasons", cells, mark=False)


def under_heads(rows: Sequence[Row], over: Sequence[Mapping[str, str]]) -> list[Row]:
    """The rows with each cell under its award, which a phone repeats in the cell; equal cells stand alone."""
    return [
        {
            **each,
            "cells": each["cells"]
            if each["same"]
            else [{"head": head, "value": cell} for head, cell in zip(over, each["cells"], strict=True)],
        }
        for each in rows
    ]
