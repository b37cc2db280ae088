"""The way on when little or nothing is found: wider circles, and what to lift, each with what it would find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, groupby
from typing import Any, Final

from django.http import QueryDict

from directory.filters.applied import REPEATABLE, Chip, chips
from directory.filters.fields import every_word
from directory.filters.program import ProgramFilter
from directory.filters.query_string import address
from directory.filters.question import FACETS, MILES, QuestionFilter
from directory.filters.school import SchoolFilter
from directory.models import School
from directory.search.table.answer import Answer
from directory.search.table.question import Question

#: Of a parameter with more values than this, what would be found without each is not counted one by one.
FEW_VALUES: Final = 3
#: Of so many things that are applied at most, two are lifted at once: ten pairs.
FEW_THINGS: Final = 5
MOST_PAIRS: Final = 4


@dataclass(frozen=True, slots=True)
class WayOn:
    """A change that would find something, with what it would find."""

    label: str
    count: int
    url: str


def ways_on(chosen: ProgramFilter) -> list[WayOn]:
    """When nothing is found: wider circles first, then each filter whose removal finds something, most first.

    Where no single removal helps, two are taken away, and where that does not help either, all. Of a parameter with
    many values all are lifted together, so that a page without results costs no more than two dozen counts.
    """
    wider = list(_wider(chosen))
    lifted = [way for label, url, question in _lifted(chosen) if (way := _way(chosen, label, url, question))]
    if wider or lifted:
        return [*wider[:3], *_most_first(lifted)]
    everything = _way(chosen, "All programs, without any filter", "?", Question())
    two = [WayOn(label, count, url) for label, url in _pairs(chosen) if (count := ProgramFilter(_data(url)).count)]
    return _most_first(two)[:MOST_PAIRS] or ([everything] if everything else [])


def _most_first(ways: list[WayOn]) -> list[WayOn]:
    return sorted(ways, key=lambda way: -way.count)


def _data(url: str) -> QueryDict:
    return QueryDict(url[1:])


def _pairs(chosen: QuestionFilter) -> Iterator[tuple[str, str]]:
    """Label and address without two of the things that are applied; of few things only, for pairs are many."""
    every = chips(chosen)
    if not 2 < len(every) <= FEW_THINGS:
        return
    for first, second in combinations(every, 2):
        left = chips(type(chosen)(_data(first.remove_url)))
        if url := next((chip.remove_url for chip in left if _same(chip, second)), None):
            yield f"{lifting(first)} and {_after(second)}", url


def _same(one: Chip, other: Chip) -> bool:
    return (one.kind, one.value) == (other.kind, other.value)


def _after(chip: Chip) -> str:
    """The second of two things that are taken away, as a sentence goes on."""
    words = lifting(chip)
    return words.removeprefix("Without ") if words.startswith("Without ") else f"{words[0].lower()}{words[1:]}"


def wider_ways(chosen: ProgramFilter) -> list[WayOn]:
    """Where little is found: online programs elsewhere, and wider circles."""
    return list(_wider(chosen))[:3]


def _wider(chosen: ProgramFilter) -> Iterator[WayOn]:
    """What is online needs no place, so it comes first; then the circles."""
    if chosen.question.has_place and not chosen.question.online_too:
        question = replace(chosen.question, online_too=True)
        if way := _way(chosen, "Also fully online programs elsewhere", address(chosen.data, online_too="1"), question):
            yield way
    if (circle := chosen.question.circle) is None:
        return
    for miles in _wider_miles(chosen):
        question = replace(chosen.question, circle=replace(circle, miles=int(miles)))
        if way := _way(chosen, f"Within {miles} miles", address(chosen.data, within=miles), question):
            yield way


def _lifted(chosen: ProgramFilter) -> Iterator[tuple[str, str, Question]]:
    """Label, address and question without each thing that is applied."""
    question, every = chosen.question, chips(chosen)
    terms = len(chosen.terms)
    for at, chip in enumerate(every[:terms]):  # the words of the text come first
        yield lifting(chip), chip.remove_url, replace(question, meanings=_but(question.meanings, at))
    if chosen.says_nothing:
        yield *_without_text(chosen), replace(question, meanings=())
    for name, group in _by_parameter(every[terms:]):
        if len(group) > FEW_VALUES:
            yield *_without_all(chosen, name, group), _without(question, name)
            continue
        for chip in group:
            together = "," in chip.value and name in REPEATABLE
            yield lifting(chip), chip.remove_url, _without(question, name, None if together else chip.value)


def _by_parameter(every: list[Chip]) -> list[tuple[str, list[Chip]]]:
    groups = groupby(every, key=lambda chip: "where" if chip.kind == "place" else chip.parameter)
    return [(name, list(group)) for name, group in groups]


def _without_text(chosen: QuestionFilter) -> tuple[str, str]:
    words = every_word(chosen.understood.unmatched) if chosen.understood else "the text"
    return f"Without {words}", address(chosen.data, without=["q"])


def _without_all(chosen: QuestionFilter, name: str, group: list[Chip]) -> tuple[str, str]:
    return f"Without the {len(group)} values of “{name}”", address(chosen.data, without=[name])


def _but(items: tuple[Any, ...], at: int) -> tuple[Any, ...]:
    return (*items[:at], *items[at + 1 :])


def _without(question: Question, name: str, value: str | None = None) -> Question:
    """The question without a parameter, or without one of its values."""
    if name in FACETS:
        left = tuple(each for each in question.facets[name] if value is not None and each != value)
        return replace(question, facets={**question.facets, name: left})
    if name == "cip":
        return replace(question, cips=tuple(each for each in question.cips if value is not None and each != value))
    lifted: dict[str, dict[str, Any]] = {
        "where": {"circle": None, "usps": "", "online_too": False},
        "confirmed": {"confirmed": False},
        "online_too": {"online_too": False},
        "min_price": {"min_price": None},
        "max_price": {"max_price": None},
    }
    return replace(question, **lifted.get(name, {}))


def lifting(chip: Chip) -> str:
    """What taking a choice away is called."""
    if chip.kind == "place":
        return f"Anywhere, not only {chip.label[0].lower()}{chip.label[1:]}"
    words = every_word([chip.origin]) if chip.label.startswith("“") else f"“{chip.label}”"
    return f"Without {words}"


def _way(chosen: ProgramFilter, label: str, url: str, question: Question) -> WayOn | None:
    """The way to an address, when something is found there."""
    count = Answer(question, chosen.snapshot.columns).count
    return WayOn(label, count, url) if count else None


# --- schools ---------------------------------------------------------------------------------------


def school_ways_on(chosen: SchoolFilter) -> list[WayOn]:
    """As `ways_on`, of schools; each way is asked as its own question."""
    lifted = [_without_text(chosen)] if chosen.says_nothing else []
    for name, group in _by_parameter(chips(chosen)):
        if len(group) > FEW_VALUES:
            lifted.append(_without_all(chosen, name, group))
        else:
            lifted += [(lifting(chip), chip.remove_url) for chip in group]
    found = wider_school_ways(chosen) + _most_first(_counted(lifted))
    found = found or _most_first(_counted(list(_pairs(chosen))))[:MOST_PAIRS]
    return found or _counted([("All schools, without any filter", "?")])


def wider_school_ways(chosen: SchoolFilter) -> list[WayOn]:
    """The next two wider circles around a point that find schools."""
    circles = [(f"Within {miles} miles", address(chosen.data, within=miles)) for miles in _wider_miles(chosen)]
    return _counted(circles)[:2]


def _counted(ways: list[tuple[str, str]]) -> list[WayOn]:
    """Those of the addresses that find schools."""
    listed = School.objects.listed()
    counts = [SchoolFilter(_data(url), listed).count for _, url in ways]
    return [WayOn(label, count, url) for (label, url), count in zip(ways, counts, strict=True) if count]


def _wider_miles(chosen: QuestionFilter) -> list[str]:
    return [miles for miles in MILES if chosen.near_a_point and int(miles) > chosen.miles]
