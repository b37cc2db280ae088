"""A plan worked out: steps with dates, ticks and costs, in words that page, file, calendar and shared copy print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from careers.decision.goals import Choices, Goal
from careers.plan import dates
from careers.plan.exam import ExamPlan, exam_plan
from careers.plan.keeping import OF_THE_GOAL, Kept, Settings
from careers.plan.money import Bill, Cost, bill, figures_of
from careers.plan.own import conflicts
from careers.plan.saved import off_list
from careers.plan.savings import Saving, savings
from careers.plan.verdict import Said, not_offered, said_of
from directory.models import Listing, ProgramFact
from directory.vocab import USUAL_YEARS

#: IPEDS CALSYS -> months of a term: semesters and 4-1-4, quarters, trimesters. A school whose calendar differs by
#: program or runs all year has no terms to list.
TERM_OF: Final = {1: 6, 2: 3, 3: 4, 4: 6, 5: None, 6: None, 7: None}
LENGTH_FACTS: Final = (ProgramFact.Kind.MONTHS,)
SHOWN_FACTS: Final = (ProgramFact.Kind.PLACEMENT, ProgramFact.Kind.ENTRY_REQUIREMENTS, ProgramFact.Kind.START_DATES)


@dataclass(frozen=True, slots=True)
class Line:
    """One step as it is shown: `done` is the day of the tick, None without one.

    `own`: the reader has set its day, and `by_rule` is what it would be otherwise. `warning` says which other day does
    not fit it, "" for none.
    """

    key: str
    title: str
    on: dt.date | None
    rule: str
    costs: Sequence[Cost]
    done: dt.date | None
    own: bool = False
    warning: str = ""
    by_rule: dt.date | None = None

    @property
    def amount(self) -> int | None:
        """What the step costs as far as it is known; None when nothing of it is."""
        known = [cost.amount for cost in self.costs if cost.amount is not None]
        return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that is worked out from a plan's settings and today's facts."""

    settings: Settings
    goal: Goal
    listing: Listing | None
    lines: tuple[Line, ...]
    bill: Bill
    savings: Sequence[Saving]
    exam: ExamPlan | None
    length_words: str
    facts: Sequence[ProgramFact]

    @property
    def verdict(self) -> Said | None:
        """What the rules say of who finishes the program; None without an exam."""
        if self.exam is None:
            return None
        said = said_of(self.exam.verdict, has_program=self.listing is not None)
        return not_offered(said, off_list(self.listing)) if self.listing else said

    @property
    def snapshot(self) -> dict[str, list[Any]]:
        """What the reader agrees to: step -> [title, day, cost]. Compared later, so that nothing changes unseen."""
        return {line.key: [line.title, line.on.isoformat() if line.on else None, line.amount] for line in self.lines}


def work_out(
    settings: Settings,
    listing: Listing | None,
    offered: Choices,
    *,
    today: dt.date,
    done: dict[str, str] | None = None,
    own: dict[str, str] | None = None,
) -> Document:
    """The plan of these settings by today's facts. `listing` is the program's row with school and releases.

    `done` is step -> day of the tick, `own` step -> day that the reader has set (ISO).
    Raises TooLong and TooLate (careers.plan.dates) when no calendar holds it.
    """
    goal = _goal(settings.goal, offered)
    program = listing.program if listing else None
    exam = exam_plan(goal.certification, program, today=today) if goal.certification else None
    facts = _stated(program.pk) if program else []
    course, words = _course(listing, facts) if listing else (None, "")
    asked = (settings.start, settings.hours, course, exam.exam if exam else None)
    days = {key: dt.date.fromisoformat(day) for key, day in (own or {}).items()}
    steps = dates.timeline(*asked, days)
    warnings = conflicts(steps, dates.timeline(*asked)) if days else {}
    figures = figures_of(listing) if listing else {}
    state = settings.state or None
    money = bill(listing, figures, exam, state=state)
    ticks = done or {}
    lines = tuple(
        Line(step.key, step.title, step.on, step.rule, money.by_step.get(step.key, []),
             dt.date.fromisoformat(ticks[step.key]) if step.key in ticks else None, step.own,
             warnings.get(step.key, ""), step.by_rule)
        for step in steps
    )  # fmt: skip
    ways = savings(listing, figures, exam, state=state)
    return Document(settings, goal, listing, lines, money, ways, exam, words, facts)


@dataclass(frozen=True, slots=True)
class Change:
    """What a step was when the reader last agreed, and what it is now; "" where it was not or is not there."""

    title: str
    before: tuple[dt.date | None, int | None] | None
    now: tuple[dt.date | None, int | None] | None


def changes(kept: Kept, document: Document) -> list[Change]:
    """Steps whose day or cost is another than the reader has agreed to, new ones and dropped ones."""
    found = []
    present = document.snapshot
    for key in [*present, *(key for key in kept.seen if key not in present)]:
        before, now = kept.seen.get(key), present.get(key)
        if before and now and before[0] != now[0] and key.startswith(OF_THE_GOAL):
            # A step to another goal, under the same key: one is taken out, and one is new.
            found += [Change(str(before[0]), _pair(before), None), Change(str(now[0]), None, _pair(now))]
        elif before is None or now is None or before[1:] != now[1:]:
            title = str((now or before or [""])[0])
            found.append(Change(title, _pair(before), _pair(now)))
    return found


def goal_before(kept: Kept, document: Document) -> str:
    """The goal that the reader last agreed to, when it is another one by now; else ""."""
    return kept.seen_goal if kept.seen_goal != document.goal.label else ""


def _goal(slug: str, offered: Choices) -> Goal:
    """The exam or job by its slug; none where it was taken off the site since: the program's steps still stand."""
    for exam in offered.certifications:
        if exam.slug == slug:
            return Goal(slug, exam.acronym, exam.get_absolute_url(), certification=exam)
    for career in offered.careers:
        if career.slug == slug:
            return Goal(slug, career.title, career.get_absolute_url(), career=career)
    return Goal()


def _pair(seen: list[Any] | None) -> tuple[dt.date | None, int | None] | None:
    return (dt.date.fromisoformat(seen[1]) if seen[1] else None, seen[2]) if seen else None


def _stated(program: int) -> list[ProgramFact]:
    return list(ProgramFact.objects.filter(program=program, kind__in=(*LENGTH_FACTS, *SHOWN_FACTS)))


def _course(listing: Listing, facts: Sequence[ProgramFact]) -> tuple[dates.Course, str]:
    """The full-time length and where it comes from: the school's page, else the definition of the award."""
    term = TERM_OF.get(listing.school.calendar or 0, dates.USUAL_TERM)
    for fact in facts:
        if fact.kind in LENGTH_FACTS and fact.value.isascii() and fact.value.isdigit() and 0 < int(fact.value) <= 120:
            return dates.Course(Fraction(int(fact.value)), term), f"{fact.value} months full time, as a page states"
    years = USUAL_YEARS.get(listing.program.award_level)
    if years is None:
        return dates.Course(None, term), "Not known: the award has no usual length. Ask the school"
    unit = "year" if years == 1 else "years"
    return dates.Course(
        Fraction(years) * 12, term
    ), f"{years:g} {unit} full time, by the definition of the award (IPEDS)"
