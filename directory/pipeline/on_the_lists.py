"""Which programs readers find before and after a load: what whoever decides about a file wants to know first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Max

from directory.importers import phases
from directory.importers.row_words import row_in_words
from directory.models import Program
from directory.vocab import ListingState, SchoolState

NAMED: Final = 5
AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Lists:
    """The programs that readers find, by key, and the highest key that any program has."""

    programs: frozenset[int]
    highest: int


@dataclass(frozen=True, slots=True)
class Named:
    """A program in words, with the last part of its address."""

    name: str
    slug: str


@dataclass(slots=True)
class Readers:
    """What a load takes from the lists and brings to them. `held` are the programs on them before.

    Of `gained`, those not `new` come back. `why` counts the lost ones by reason; a few of each are named, those that
    rank highest first.
    """

    held: int
    lost: int
    gained: int
    new: int
    why: dict[str, int] = field(default_factory=dict)
    lost_for_example: list[Named] = field(default_factory=list)
    new_for_example: list[Named] = field(default_factory=list)
    back_for_example: list[Named] = field(default_factory=list)


def look() -> Lists:
    """The lists as they stand: half a second for the whole country."""
    highest = Program.objects.aggregate(last=Max("pk"))["last"] or 0
    return Lists(frozenset(Program.objects.listed().order_by().values_list("pk", flat=True)), highest)


def compare(before: Lists) -> Readers:
    """What the lists have lost and gained since."""
    phases.say("Looking what readers lose and gain")
    after = look()
    lost, gained = before.programs - after.programs, after.programs - before.programs
    new = {pk for pk in gained if pk > before.highest}
    return Readers(
        held=len(before.programs),
        lost=len(lost),
        gained=len(gained),
        new=len(new),
        why=_reasons(lost),
        lost_for_example=_for_example(lost),
        new_for_example=_for_example(new),
        back_for_example=_for_example(gained - new),
    )


def _reasons(lost: Iterable[int]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for some in _some(lost):
        for state, status in Program.objects.filter(pk__in=some).values_list("state", "school__status"):
            if state != ListingState.LISTED:
                found[_in_line(ListingState(state).label)] += 1
            else:
                found[f"school {_in_line(SchoolState(status).label)}"] += 1
    return dict(found.most_common())


def _for_example(keys: Iterable[int]) -> list[Named]:
    ranked: list[tuple[float, int]] = []
    for some in _some(keys):
        points = Program.objects.filter(pk__in=some).values_list("listing__rank_points", "pk")
        ranked = sorted([*ranked, *((-(each or 0.0), pk) for each, pk in points)])[:NAMED]
    programs = Program.objects.select_related("school", "field").in_bulk([pk for _, pk in ranked])
    return [Named(row_in_words(programs[pk]), programs[pk].slug) for _, pk in ranked]


def _some(keys: Iterable[int]) -> Iterator[list[int]]:
    """As many keys at a time as one query may ask for."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def _in_line(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"
