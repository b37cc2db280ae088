"""What a plan's dates are made of. Pure: asks no database, no clock and no settings."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
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
    """One step. `on` is None where nobody can tell, and `rule` then says why; else it says how the date came about.

    `by_rule` is the day that the rule gives; another one than `on` where the reader has set a day (`own`).
    """

    key: str
    title: str
    on: dt.date | None
    rule: str
    by_rule: dt.date | None = None
    own: bool = False


class Own:
    """The days that the reader has set, by step. What a rule counts from such a step counts from that day."""

    def __init__(self, days: Mapping[str, dt.date] | None = None) -> None:
        self._days = days or {}

    def __call__(self, key: str, by_rule: dt.date) -> dt.date:
        return self._days.get(key, by_rule)

    def step(self, key: str, title: str, by_rule: dt.date | None, rule: str) -> Step:
        """The step on the reader's day, else on the rule's."""
        mine = self._days.get(key)
        if mine is None:
            return Step(key, title, by_rule, rule, by_rule)
        said = f"By the rule it would be {_said(by_rule)}: {rule[0].lower()}{rule[1:]}" if by_rule else rule
        return Step(key, title, mine, f"Your own date. {said}", by_rule, own=True)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last one of a shorter month: 31 January and one month is 28 or 29
    February. Raises OverflowError.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if years > dt.MAXYEAR:
        raise OverflowError("date value out of range")
    return dt.date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _said(day: dt.date) -> str:
    return f"{day.day} {day:%b %Y}"
