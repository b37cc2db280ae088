"""The question as it stands in the address: `goal` and `where`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from django.http import QueryDict

from careers.decision.goals import Choices, Goal, UnknownGoal, find_goal, nothing_chosen
from directory.filters.fields import quoted
from directory.search.places import Place, UnknownPlace, find_place

PARAMETERS: Final = ("goal", "where")
#: What of a place the form shows again; a longer text is a mistake and is quoted in its message.
SHOWN: Final = 80
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Asked:
    """Goal and place as read; `problems` names what could not be read, and the rest of the page works without it."""

    goal: Goal
    place: Place | None
    where: str = ""
    problems: dict[str, list[str]] = field(default_factory=dict)


def read(data: QueryDict, offered: Choices) -> Asked:
    """One goal and one place, each or both of them absent."""
    problems: dict[str, list[str]] = {}

    def one(name: str, parse: Callable[[str], Read]) -> Read | None:
        values = [value for value in data.getlist(name) if value.replace("\x00", " ").strip()]
        if len(set(values)) > 1:
            problems[name] = [f"Give one value, not {len(set(values))}: {quoted(values)}."]
        elif values:
            try:
                return parse(values[0])
            except (UnknownGoal, UnknownPlace) as unknown:
                problems[name] = [str(unknown)]
        return None

    goal = one("goal", lambda text: find_goal(text, offered)) or nothing_chosen()
    place = one("where", find_place)
    return Asked(goal, place, data.get("where", "").replace("\x00", " ").strip()[:SHOWN], problems)
