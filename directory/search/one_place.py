"""Of the places that a text names, the one to look near."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from directory.search.recognizers.base import Reading
from directory.search.recognizers.places import Found
from directory.vocab import STATES

Said = Callable[..., str]
#: Short for a state, and a part of other names.
SHORTENED: Final = frozenset(("penn", "wash", "mass", "ind", "minn", "mich", "tex", "ala", "tenn", "colo", "jersey"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A parameter for the places, its label, and the readings that ask for it; no parameter without any."""

    name: str = ""
    values: tuple[str, ...] = ()
    label: str = ""
    readings: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = ()
    unmatched: tuple[Reading, ...] = ()  # looked like places and are none


def choose_place(readings: list[Reading], said: Said) -> Chosen:
    """A point before a state, and the state helps to tell which city of that name is meant."""
    points = [reading for reading in readings if reading.data.kind != "state"]
    states = [reading for reading in readings if reading.data.kind == "state"]
    if not points:
        return _states(states)
    notes: list[str] = []
    if stray := _city_outside(points, states):
        usps = states[0].data.state
        if len(points) == 1 and said(states[0]).casefold() in SHORTENED:
            return Chosen(unmatched=(stray, *states))  # "Penn Foster" is the name of something else
        notes.append(f"“{said(stray)}” was not used: we know no such place in {STATES[usps]}.")
        if len(points) == 1:
            return Chosen("where", (usps,), f"In {STATES[usps]}", (stray, *states), tuple(notes))
        points = [each for each in points if each is not stray]
    first, *others = points
    found: Found = first.data
    helping = [each for each in states if any(label.endswith(f", {each.data.state}") for label in found.others)]
    same = [each for each in states if each.data.state == found.state]
    used = [first, *(same or helping[:1])]
    if helping and not same:
        label = next(each for each in found.others if each.endswith(f", {helping[0].data.state}"))
        found = Found(found.kind, label, f"Within reach of {label}", helping[0].data.state)
    others = [each for each in others if each.data.value != found.value] + [each for each in states if each not in used]
    used += [each for each in points[1:] if each.data.value == found.value]
    notes += [f"One place at a time: “{said(reading)}” was not used beside {found.value}." for reading in others]
    return Chosen("where", (found.value,), found.label, tuple(used), tuple(notes))


def _states(states: list[Reading]) -> Chosen:
    values = tuple(dict.fromkeys(reading.data.state for reading in states))
    notes = tuple(
        f"“{each.data.part}” was not used: all of {STATES[each.data.state]} is shown. For a part of it type a city or a"
        " ZIP code."
        for each in states
        if each.data.part
    )
    if len(values) == 1:
        return Chosen("where", values, f"In {STATES[values[0]]}", tuple(states), notes)
    if values:
        return Chosen("state", values, "In " + " or ".join(STATES[usps] for usps in values), tuple(states), notes)
    return Chosen()


def _city_outside(points: list[Reading], states: list[Reading]) -> Reading | None:
    """A city right beside a state that has none of that name: the state is certain, the city is not."""
    if len(states) != 1:
        return None
    (state,) = states
    usps = state.data.state
    for point in points:
        beside = state.start in (point.start, point.end) or state.end == point.start
        inside = usps == point.data.state or any(label.endswith(f", {usps}") for label in point.data.others)
        if beside and point.data.kind == "city" and not inside:
            return point
    return None
