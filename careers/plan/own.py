"""Days that the reader sets for single steps: read from what was typed, and held against the other days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from django.utils.dateformat import format as date_format

from careers.plan.asked import YEARS_AHEAD as START_AHEAD
from careers.plan.asked import day_of, no_day
from careers.plan.steps import MOST_YEARS, Step

#: Steps that come before the first day of classes; all others come after it.
BEFORE_THE_START: Final = ("apply", "papers")
#: The first day of classes is a setting of the whole plan.
START: Final = "term-1"
#: A plan of the longest kind and the renewal after it.
YEARS_AHEAD: Final = MOST_YEARS + 10
#: What comes after what, by the beginning of a step's key; of one rank nothing is said.
RANKS: Final = {
    "apply": 0, "papers": 0, "term": 1, "placement": 2, "finish": 3, "before": 4, "exam-apply": 5, "exam": 6,
    "exam-by": 7, "renewal": 7,
}  # fmt: skip


class OwnProblem(NamedTuple):
    """A day that was not taken: the step, what was typed, and why in words."""

    key: str
    typed: str
    words: str


def read_day(
    key: str, typed: str, *, start: dt.date, today: dt.date, kept: dt.date | None = None
) -> dt.date | OwnProblem:
    """The day that was typed for a step, or what is wrong with it. `kept` is the step's day so far, which may stay."""
    day, last = day_of(typed), start.year + YEARS_AHEAD
    if not typed:
        return OwnProblem(key, typed, "Choose a day, or go back to the rule’s.")
    if day is None:
        return OwnProblem(key, typed, no_day(typed))
    if day == kept:
        return day
    if day < today:
        return OwnProblem(key, typed, f"{_said(day)} is over. Choose {_said(today)}, or a later day.")
    last = today.year + START_AHEAD if key == START else last
    if day.year > last:
        return OwnProblem(key, typed, f"That is too far ahead to plan. Choose a day up to the end of {last}.")
    if day < start and key not in (*BEFORE_THE_START, START):
        return OwnProblem(
            key, typed, f"That is before your classes begin, {_said(start)}. Choose a later day, or change the start."
        )
    return day


def conflicts(steps: Sequence[Step], by_rule: Sequence[Step]) -> dict[str, str]:
    """Step with a day of the reader's own -> the first thing that does not fit it, in words.

    Two steps do not fit when one stands after the other by the rules, and before it in the plan. `by_rule` is the same
    plan without any day of the reader's own.
    """
    usual = {step.key: step.on for step in by_rule}
    found: dict[str, str] = {}
    for mine in (step for step in steps if step.own and step.on):
        for other in steps:
            words = _clash(mine, other, usual)
            if words:
                found[mine.key] = words
                break
    return found


def _clash(mine: Step, other: Step, usual: dict[str, dt.date | None]) -> str:
    here, there = _rank(mine.key), _rank(other.key)
    if mine.on is None or other.on is None or here is None or there is None or here == there:
        return ""
    earlier = here < there
    wrong = mine.on > other.on if earlier else mine.on < other.on
    # Students may sit some exams before their program ends: what the rules put that way is no conflict.
    a, b = usual.get(mine.key), usual.get(other.key)
    if not wrong or (a and b and (a > b if earlier else a < b)):
        return ""
    return (
        f"This does not fit: it is {'after' if earlier else 'before'} “{other.title}”, {_said(other.on)}. Check both."
    )


def _rank(key: str) -> float | None:
    """Where a step stands on the way; None for one that may stand anywhere."""
    name, _, number = key.partition("-") if key.startswith(("term-", "before-")) else (key, "", "")
    rank = RANKS.get(name)
    return rank + int(number) / 1_000 if rank is not None and number.isdigit() else rank


def _said(day: dt.date) -> str:
    return date_format(day, "j F Y")
