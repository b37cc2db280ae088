"""From a start and some hours a week to dated steps. Pure: asks no database, no clock and no settings.

docs/plan.md has every rule with its reason. A date is a day of the calendar, without a time or a zone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Final

from careers.plan.exam_dates import exam_steps
from careers.plan.steps import (
    APPLY_BEFORE,
    FULL_TIME_HOURS,
    JOBS_BEFORE,
    LISTED_TERMS,
    MOST_YEARS,
    PAPERS_BEFORE,
    UNKNOWN_LENGTH,
    USUAL_TERM,
    WEEKS_A_MONTH,
    Course,
    Exam,
    Own,
    Step,
    TooLate,
    TooLong,
    Wait,
    months_after,
)

__all__ = [
    "FULL_TIME_HOURS", "MOST_YEARS", "USUAL_TERM", "Course", "Exam", "Step", "TooLate", "TooLong", "Wait",
    "months_after", "timeline", "weeks_of",
]  # fmt: skip


PAPERS: Final = "Have transcripts, diploma and entry requirements together"


def timeline(
    start: dt.date, hours: int, course: Course | None, exam: Exam | None, days: Mapping[str, dt.date] | None = None
) -> list[Step]:
    """The steps in order of their dates, those without a date last.

    `hours` a week, at least 1; `days` are the reader's own, by step, and later steps count from them. Raises TooLong
    and TooLate.
    """
    own = Own(days)
    if hours < 1:
        raise ValueError("A plan needs at least one hour a week.")
    try:
        steps, ready, last_term = _study(start, hours, course, own)
        if exam is not None:
            steps += exam_steps(exam, ready, last_term, own, has_course=course is not None)
        elif course is not None and ready is not None:
            steps.append(_before(own, "jobs", "Apply for jobs", ready, JOBS_BEFORE, "your program ends"))
    except OverflowError as error:
        raise TooLate from error
    dated = [step for step in steps if step.on is not None]
    return [*sorted(dated, key=lambda step: step.on or dt.date.max), *(step for step in steps if step.on is None)]


def weeks_of(course: Course, hours: int) -> int:
    """Weeks from the first to the last day of a course of known length; more hours than full time save nothing."""
    slower = max(Fraction(1), Fraction(FULL_TIME_HOURS, hours))
    return ceil((course.months or 0) * WEEKS_A_MONTH * slower)


def _study(start: dt.date, hours: int, course: Course | None, own: Own) -> tuple[list[Step], dt.date | None, dt.date]:
    """The steps up to the last day of the program, that day (None: not known) and the first one of its last term.

    Without a program nothing comes before the exam.
    """
    if course is None:
        return [], start, start
    entry = [
        _before(own, "apply", "Apply to the school", start, APPLY_BEFORE, "the start"),
        _before(own, "papers", PAPERS, start, PAPERS_BEFORE, "the start"),
    ]
    if course.months is None:
        begin = Step("term-1", "Classes begin", start, "The day you chose")
        finish = own.step("finish", "Finish the program", None, UNKNOWN_LENGTH)
        return [*entry, begin, finish], finish.on, start
    weeks = weeks_of(course, hours)
    if weeks > MOST_YEARS * 52:
        raise TooLong(ceil(weeks / 52))
    by_rule = start + dt.timedelta(weeks=weeks)
    end = own("finish", by_rule)
    terms = _terms(start, max(end, start + dt.timedelta(days=1)), course.term)
    pace = "full time" if hours >= FULL_TIME_HOURS else f"at {hours} {'hour' if hours == 1 else 'hours'} a week"
    return [
        *entry,
        *_term_steps(terms, course.term, own),
        _placement(start, end, terms, own),
        own.step("finish", "Finish the program", by_rule, f"{_weeks(weeks)} {pace}"),
    ], end, own(f"term-{len(terms)}", terms[-1])  # fmt: skip


def _placement(start: dt.date, end: dt.date, terms: list[dt.date], own: Own) -> Step:
    """With the last term. Without terms: where a last half-year would begin, or half-way if that is later."""
    ask = "ask the school which weeks, and who finds the place"
    if len(terms) > 1:
        day, rule = own(f"term-{len(terms)}", terms[-1]), f"With the last term: {ask}"
    else:
        half, late = start + (end - start) / 2, months_after(end, -USUAL_TERM)
        day = max(half, late)
        when = "Half-way" if half >= late else f"{USUAL_TERM} months before the end, as no terms are known"
        rule = f"{when}: {ask}"
    return own.step("placement", "Placement or practicum, where the program has one", day, rule)


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


def _term_steps(terms: list[dt.date], months: int | None, own: Own) -> list[Step]:
    if len(terms) == 1:
        return [Step("term-1", "Classes begin", terms[0], "The day you chose")]
    numbers = range(1, len(terms) + 1)
    if len(terms) > LISTED_TERMS:
        numbers_shown = sorted({1, (len(terms) + 1) // 2, len(terms)})
    else:
        numbers_shown = list(numbers)
    return [
        own.step(f"term-{number}", f"Term {number} of {len(terms)} begins", terms[number - 1],
             "The day you chose" if number == 1 else f"A term every {months} months: the school’s own calendar decides")
        for number in numbers_shown
    ]  # fmt: skip


def _before(own: Own, key: str, title: str, day: dt.date, days: int, what: str) -> Step:
    return own.step(key, title, day - dt.timedelta(days=days), f"{days} days before {what}")


def _weeks(weeks: int) -> str:
    return "1 week" if weeks == 1 else f"{weeks} weeks"
