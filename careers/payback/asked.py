"""What the reader assumes, as it stands in the address: `pb_…`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.http import QueryDict

from careers.payback.defaults import Default
from careers.payback.fields import ASKED, FIELDS, PREFIX, Unreadable
from directory.filters.fields import quoted
from directory.payback import Assumptions, Input

#: What of a value the form shows again; a longer text is a mistake and is quoted in its message.
SHOWN: Final = 80
JOB: Final = f"{PREFIX}job"
AREA: Final = f"{PREFIX}area"
NATION: Final = "us"
LEAST, MOST = "from", "to"


@dataclass(frozen=True, slots=True)
class Asked:
    """The reader's own numbers by name, the texts as typed, and what could not be read, by name or "" for the form.

    `begun` is whether the reader has said anything at all.
    """

    values: dict[str, Decimal] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)
    job: str = ""
    area: str = ""
    begun: bool = False


def read(data: QueryDict, *, jobs: Collection[str], areas: Collection[str]) -> Asked:
    """Every parameter of ours; an empty one is as good as none. Others of the page are none of our business."""
    asked = Asked(begun=any(name.startswith(PREFIX) for name in data))
    for name, each in FIELDS.items():
        if (text := _one(data, each.parameter, name, asked)) is None:
            continue
        try:
            asked.values[name] = each.read(text)
        except Unreadable as unreadable:
            asked.problems[name] = [str(unreadable)]
    job, area = (_choice(data, name, asked, offered) for name, offered in ((JOB, jobs), (AREA, areas)))
    strange = sorted(
        name for name in data if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in {*FIELDS, "job", "area"}
    )
    if strange:
        asked.problems[""] = [f"This form has no field {quoted(strange)}."]
    return Asked(asked.values, asked.typed, asked.problems, job, area, asked.begun)


def _one(data: QueryDict, parameter: str, name: str, asked: Asked) -> str | None:
    given = [value for value in data.getlist(parameter) if value.replace("\x00", " ").strip()]
    if not given:
        return None
    asked.typed[name] = given[0].replace("\x00", " ").strip()[:SHOWN]
    if len(set(given)) > 1:
        asked.problems[name] = [f"Give one value, not {len(set(given))}: {quoted(given)}."]
        return None
    return given[0]


def _choice(data: QueryDict, parameter: str, asked: Asked, offered: Collection[str]) -> str:
    name = parameter.removeprefix(PREFIX)
    value = _one(data, parameter, name, asked)
    if value is None or value in offered:
        return value or ""
    asked.problems[name] = [f"{quoted([value])} is none of the choices; the usual one is taken."]
    return ""


def assumed(asked: Asked, defaults: Mapping[str, Default]) -> Assumptions:
    """The reader's numbers, else those of the files. What could not be read stays unknown, and says why itself.

    Ranges the wrong way round become problems of their upper field, and that end stays unknown too.
    """
    found: dict[str, Any] = {}
    for each in Input:
        name = each.value
        if name in asked.values:
            found[name] = int(asked.values[name])
        elif name not in asked.problems and name in defaults:
            found[name] = defaults[name].value
    for name in ("price", "months", "pay"):
        low, high = found.get(f"{name}_{LEAST}"), found.get(f"{name}_{MOST}")
        if low is not None and high is not None and low > high:
            _turn_round(name, asked, found, defaults)
    hourly = None if "hourly" in asked.problems else asked.values.get("hourly")
    return Assumptions(**found, hourly=hourly)


def _turn_round(name: str, asked: Asked, found: dict[str, Any], defaults: Mapping[str, Default]) -> None:
    """One end is the reader's and lies beyond the other, which is the file's: both are the reader's then."""
    low, high = f"{name}_{LEAST}", f"{name}_{MOST}"
    if low in asked.values and high in asked.values:
        said = FIELDS[low].said
        asked.problems[high] = [f"{said(found[high])} is below the lower end, {said(found[low])}. Change one of them."]
        found[high] = None
    elif low in asked.values:
        found[high] = found[low]
    else:
        found[low] = found[high]


def still_needed(asked: Asked, given: Assumptions) -> tuple[list[str], list[str]]:
    """Labels of what only the reader can say, and of what no file says either."""
    names = [each.value for each in given.missing()]
    return (
        [FIELDS[name].label for name in names if name in ASKED],
        [FIELDS[name].label for name in names if name not in ASKED],
    )
