"""From a start and some hours a week to dated steps. Pure: asks no database, no clock and no settings.

docs/plan.md has every rule with its reason. A date is a day of the calendar, without a time or a zone.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

#: What "full time" means behind the published lengths: 15 credits, each an hour in class and two outside of it.
FULL_TIME_HOURS: Final = 45
WEEKS_A_MONTH: Final = Fraction(52, 12)
#: A work week, for experience that is told in hours.
WORK_WEEK: Final = 40
#: Longer than this is no plan: prices, rules and the program itself will be others by then.
MOST_YEARS: Final = 20
APPLY_BEFORE: Final = 90
PAPERS_BEFORE: Final = 60
EXAM_APPLICATION_BEFORE: Final = 60
TRANSCRIPT: Final = 14
PREPARE: Final = 56
JOBS_BEFORE: Final = 60
UNKNOWN_LENGTH: Final = "No date: this award has no usual length. Ask the school how long it takes"
#: A term is half a year unless the school's calendar is known to have more of them.
USUAL_TERM: Final = 6
#: So many terms are listed one by one; of more, the first, the middle one and the last.
LISTED_TERMS: Final = 8


class TooLong(ValueError):
    """The hours do not carry through the program within MOST_YEARS. `years` says how long it would take."""

    def __init__(self, years: int) -> None:
        super().__init__(f"It would take {years} years.")
        self.years = years


class TooLate(ValueError):
    """A step would come after the last day that a calendar knows, 31 December 9999."""


@dataclass(frozen=True, slots=True)
class Course:
    """The program: full-time length in months (None: not known), and the months of a term (None: there are none)."""

    months: Fraction | None
    term: int | None = USUAL_TERM


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that must hold before the exam beyond the program: months of work, hours of it, or neither known."""

    text: str
    months: int | None = None
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class Exam:
    """What is known of the exam. `last_term`: one may apply before the program is over. None is not known."""

    name: str
    issuer: str
    last_term: bool = False
    window_days: int | None = None
    renewal_years: int | None = None
    waits: tuple[Wait, ...] = ()
    closed: str = ""  # why the program does not lead to the exam; its steps then have no dates


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `on` is None where nobody can tell, and `rule` then says why; else it says how the date came about."""

    key: str
    title: str
    on: dt.date | None
    rule: str


def timeline(start: dt.date, hours: int, course: Course | None, exam: Exam | None) -> list[Step]:
    """The steps in order of their dates, those without a date last.

    `hours` a week, at least 1. Raises TooLong and TooLate.
    """
    if hours < 1:
        raise ValueError("A plan needs at least one hour a week.")
    try:
        steps, ready, last_term = _study(start, hours, course)
        if exam is not None:
            steps += _exam(exam, ready, last_term, has_course=course is not None)
        elif course is not None and ready is not None:
            steps.append(_before("jobs", "Apply for jobs", ready, JOBS_BEFORE, "your program ends"))
    except OverflowError as error:
        raise TooLate from error
    dated = [step for step in steps if step.on is not None]
    return [*sorted(dated, key=lambda step: step.on or dt.date.max), *(step for step in steps if step.on is None)]


def weeks_of(course: Course, hours: int) -> int:
    """Weeks from the first to the last day of a course of known length; more hours than full time save nothing."""
    slower = max(Fraction(1), Fraction(FULL_TIME_HOURS, hours))
    return ceil((course.months or 0) * WEEKS_A_MONTH * slower)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last one of a shorter month: 31 January and one month is 28 or 29
    February. Raises OverflowError.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if years > dt.MAXYEAR:
        raise OverflowError("date value out of range")
    return dt.date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _study(start: dt.date, hours: int, course: Course | None) -> tuple[list[Step], dt.date | None, dt.date]:
    """The steps up to the last day of the program, that day (None: not known) and the first one of its last term.

    Without a program nothing comes before the exam.
    """
    if course is None:
        return [], start, start
    entry = [
        _before("apply", "Apply to the school", start, APPLY_BEFORE, "the start"),
        _before(
            "papers", "Have transcripts, diploma and entry requirements together", start, PAPERS_BEFORE, "the start"
        ),
    ]
    if course.months is None:
        begin = Step("term-1", "Classes begin", start, "The day you chose")
        return [*entry, begin, Step("finish", "Finish the program", None, UNKNOWN_LENGTH)], None, start
    weeks = weeks_of(course, hours)
    if weeks > MOST_YEARS * 52:
        raise TooLong(ceil(weeks / 52))
    end = start + dt.timedelta(weeks=weeks)
    terms = _terms(start, end, course.term)
    last = terms[-1]
    pace = "full time" if hours >= FULL_TIME_HOURS else f"at {hours} {'hour' if hours == 1 else 'hours'} a week"
    return [
        *entry,
        *_term_steps(start, terms, course.term),
        _placement(start, end, terms),
        Step("finish", "Finish the program", end, f"{_weeks(weeks)} {pace}"),
    ], end, last  # fmt: skip


def _placement(start: dt.date, end: dt.date, terms: list[dt.date]) -> Step:
    """With the last term. Without terms: where a last half-year would begin, or half-way if that is later."""
    ask = "ask the school which weeks, and who finds the place"
    if len(terms) > 1:
        day, rule = terms[-1], f"With the last term: {ask}"
    else:
        half, late = start + (end - start) / 2, months_after(end, -USUAL_TERM)
        day = max(half, late)
        when = "Half-way" if half >= late else f"{USUAL_TERM} months before the end, as no terms are known"
        rule = f"{when}: {ask}"
    return Step("placement", "Placement or practicum, where the program has one", day, rule)


def _terms(start: dt.date, end: dt.date, months: int | None) -> list[dt.date]:
    """First days of the terms that begin before the end."""
    if months is None:
        return [start]
    days, number = [], 0
    while (day := months_after(start, number * months)) < end:
        days.append(day)
        number += 1
    # A last piece of less than a month is the end of the term before, not a term.
    return days[:-1] if len(days) > 1 and (end - days[-1]).days < 28 else days or [start]


def _term_steps(start: dt.date, terms: list[dt.date], months: int | None) -> list[Step]:
    if len(terms) == 1:
        return [Step("term-1", "Classes begin", start, "The day you chose")]
    numbers = range(1, len(terms) + 1)
    if len(terms) > LISTED_TERMS:
        numbers_shown = sorted({1, (len(terms) + 1) // 2, len(terms)})
    else:
        numbers_shown = list(numbers)
    return [
        Step(f"term-{number}", f"Term {number} of {len(terms)} begins", terms[number - 1],
             "The day you chose" if number == 1 else f"A term every {months} months: the school’s own calendar decides")
        for number in numbers_shown
    ]  # fmt: skip


def _exam(exam: Exam, end: dt.date | None, last_term: dt.date, *, has_course: bool) -> list[Step]:
    if exam.closed:
        return [Step("exam", f"Take the {exam.name} exam", None, exam.closed)]
    if end is None:
        return _undated(exam, UNKNOWN_LENGTH)
    steps, ready, known = _waits(exam.waits, end, has_course=has_course)
    if not known:
        return [*steps, *_undated(exam, "No date: it depends on a condition above that has none")]
    if exam.last_term and has_course and not exam.waits:
        apply = max(last_term, ready - dt.timedelta(days=EXAM_APPLICATION_BEFORE))
        rule = f"{EXAM_APPLICATION_BEFORE} days before the program ends: the rule lets students sit in the last term"
    elif has_course or exam.waits:
        apply = ready + dt.timedelta(days=TRANSCRIPT)
        rule = f"{TRANSCRIPT} days after everything above, for the official transcript to arrive"
    else:
        apply, rule = ready, "The day you chose: nothing has to come before"
    sits = apply + dt.timedelta(days=PREPARE)
    steps += [
        Step("exam-apply", f"Apply for the {exam.name} exam", apply, rule),
        Step("exam", f"Take the {exam.name} exam", sits, f"{PREPARE // 7} weeks after the application, to prepare"),
    ]
    if exam.window_days is not None:
        last = apply + dt.timedelta(days=exam.window_days)
        words = f"{exam.window_days} days after approval, counted from the application to be safe"
        steps.append(Step("exam-by", f"Last day to take the {exam.name} exam", last, words))
    if exam.renewal_years is not None:
        words = f"Every {exam.renewal_years} years after passing"
        steps.append(Step("renewal", f"Renew the {exam.name}", months_after(sits, 12 * exam.renewal_years), words))
    return steps


def _undated(exam: Exam, why: str) -> list[Step]:
    return [
        Step("exam-apply", f"Apply for the {exam.name} exam", None, why),
        Step("exam", f"Take the {exam.name} exam", None, why),
    ]


def _waits(waits: tuple[Wait, ...], end: dt.date, *, has_course: bool) -> tuple[list[Step], dt.date, bool]:
    """What must hold before the exam, when all of it does, and whether every part could be dated.

    Work of several kinds is counted one after the other: side by side would be a promise.
    """
    steps, ready, known = [], end, True
    since = "the program" if has_course else "the start"
    for number, wait in enumerate(waits, start=1):
        if wait.months is not None:
            ready, rule = months_after(ready, wait.months), f"{wait.months} months of full-time work after {since}"
        elif wait.hours is not None:
            ready += dt.timedelta(weeks=ceil(wait.hours / WORK_WEEK))
            rule = f"{wait.hours:,} hours at {WORK_WEEK} a week after {since}"
        else:
            steps.append(Step(f"before-{number}", wait.text, None, "No date: how long it takes is not known"))
            known = False
            continue
        steps.append(Step(f"before-{number}", wait.text, ready, rule))
    return steps, ready, known


def _before(key: str, title: str, day: dt.date, days: int, what: str) -> Step:
    return Step(key, title, day - dt.timedelta(days=days), f"{days} days before {what}")


def _weeks(weeks: int) -> str:
    return "1 week" if weeks == 1 else f"{weeks} weeks"
