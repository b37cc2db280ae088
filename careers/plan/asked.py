"""What the plan's form asks, read from what was typed. What cannot be read is said beside its field and kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict
from django.utils.dateformat import format as date_format

from careers.decision.goals import Choices
from careers.plan.keeping import Settings
from directory.search.places import UnknownPlace, find_place

FIELDS: Final = ("goal", "program", "hours", "start", "where")
MOST_HOURS: Final = 80
YEARS_AHEAD: Final = 10
LONGEST: Final = 200
ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
AMERICAN: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(slots=True)
class Asked:
    """The form: what stands in each field, and what is wrong with it. `settings` is None as long as anything is."""

    typed: Mapping[str, str]
    errors: dict[str, list[str]] = field(default_factory=dict)
    settings: Settings | None = None


def read(
    form: QueryDict, offered: Choices, saved: Mapping[str, int], *, today: dt.date, before: Settings | None
) -> Asked:
    """The settings that a form asks for. `saved` is slug -> key of the programs that can be chosen.

    `before` are the settings of the plan so far: a start that has passed since may stay as it is.
    """
    typed = {name: " ".join(form.get(name, "").replace("\0", " ").split())[:LONGEST] for name in FIELDS}
    asked = Asked(typed)
    goal = _goal(asked, offered)
    program = _program(asked, saved)
    hours, start = _hours(asked), _start(asked, today, before)
    state = _state(asked)
    if not asked.errors and hours is not None and start is not None:
        asked.settings = Settings(goal, hours, start, program, typed["where"], state)
    return asked


def of(settings: Settings, slug_of: Mapping[int, str]) -> Asked:
    """The form filled with a plan's settings."""
    program = slug_of.get(settings.program, "") if settings.program else ""
    return Asked(
        {
            "goal": settings.goal,
            "program": program,
            "hours": str(settings.hours),
            "start": settings.start.isoformat(),
            "where": settings.where,
        },
        settings=settings,
    )


def _goal(asked: Asked, offered: Choices) -> str:
    goal = asked.typed["goal"]
    if not goal:
        asked.errors["goal"] = ["Choose what you want to reach: an exam or a job."]
    elif goal not in offered.slugs:
        asked.errors["goal"] = ["That is none of the exams and jobs here. Choose one of the list."]
    return goal


def _program(asked: Asked, saved: Mapping[str, int]) -> int | None:
    slug = asked.typed["program"]
    if slug and slug not in saved:
        asked.errors["program"] = ["That program is not on your list any more. Save it again, or choose another."]
    return saved.get(slug)


def _hours(asked: Asked) -> int | None:
    typed = asked.typed["hours"]
    if not (typed.isascii() and typed.isdigit()):
        asked.errors["hours"] = [f"Give a whole number of hours from 1 to {MOST_HOURS}, such as 15."]
        return None
    hours = int(typed[:6])
    if hours == 0:
        asked.errors["hours"] = [f"With no hours a week nothing moves. Give a whole number from 1 to {MOST_HOURS}."]
    elif hours > MOST_HOURS:
        asked.errors["hours"] = [f"More than {MOST_HOURS} hours a week is more than a week holds beside sleep."]
    else:
        return hours
    return None


def _start(asked: Asked, today: dt.date, before: Settings | None) -> dt.date | None:
    typed = asked.typed["start"]
    day = day_of(typed)
    last = today.year + YEARS_AHEAD
    if not typed:
        asked.errors["start"] = ["Choose the day on which classes would begin. A guess will do."]
    elif day is None:
        asked.errors["start"] = [no_day(typed)]
    elif day < today and not (before and before.start == day):
        asked.errors["start"] = [f"{_said(day)} is over. Choose {_said(today)}, or a later day."]
    elif day.year > last:
        asked.errors["start"] = [f"That is too far ahead to plan. Choose a day up to the end of {last}."]
    return None if "start" in asked.errors else day


def day_of(typed: str) -> dt.date | None:
    """The day as ISO (2027-01-11) or American (1/11/2027) writing gives it; None for what is none."""
    numbers: Collection[str] | None = None
    if match := ISO.fullmatch(typed):
        numbers = (match[1], match[2], match[3])
    elif match := AMERICAN.fullmatch(typed):
        numbers = (match[3], match[1], match[2])
    try:
        return dt.date(*map(int, numbers)) if numbers else None
    except ValueError:
        return None


def no_day(typed: str) -> str:
    """Why it is no day, in words."""
    match = ISO.fullmatch(typed)
    if match and (int(match[2]), int(match[3])) == (2, 29):
        return f"There is no 29 February in {match[1]}. Choose 28 February or 1 March."
    return "That is no day of the calendar. Write month, day and year, such as 1/11/2027 for 11 January 2027."


def _said(day: dt.date) -> str:
    return date_format(day, "j F Y")


def _state(asked: Asked) -> str:
    """The state of the place that was typed; "" without one."""
    try:
        return find_place(asked.typed["where"]).state if asked.typed["where"] else ""
    except UnknownPlace as error:
        asked.errors["where"] = [str(error)]
        return ""
