"""The two awards (and longer ones where the goal needs them), each with the nearest programs of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from careers.decision.goals import Goal
from careers.decision.outcomes import Outcome
from directory.models import Listing
from directory.profiles.spreads import PRICE_COLUMNS
from directory.search.freshness import Snapshot
from directory.search.places import Place
from directory.search.table.answer import Answer, Hit
from directory.search.table.question import Circle, Question

#: The usual distance of the lists, and the wider ones that are tried when nothing lies within it.
CIRCLES: Final = (50, 100, 250)
#: How many programs are named, and of how many the usual length and price are read.
SHOWN: Final = 3
MOST: Final = 5_000


@dataclass(frozen=True, slots=True)
class Search:
    """A search of the program list: what it finds, its address, and how far it had to reach."""

    question: Question
    answer: Answer
    url: str
    miles: int | None = None  # of the circle that was looked in; None: a state, or everywhere
    everywhere: bool = False  # a place is chosen, and nothing is found in or near it

    @property
    def count(self) -> int:
        return self.answer.count


@dataclass(frozen=True, slots=True)
class Side:
    """One award: what it does for the goal, the programs of its kind, and the nearest of them, nearest first.

    `opening` says that only programs that open the goal are looked for; `others` is then the wider search for the
    same award and fields within the usual distance, and `unproven` how many of these are not known to open it.
    `search` is None where no field of the goal is taught.
    """

    level: str
    goal: Outcome | None
    search: Search | None
    hits: Sequence[Hit] = ()
    opening: bool = False
    others: Search | None = None
    unproven: int = 0

    @property
    def shown(self) -> Sequence[Hit]:
        return self.hits[:SHOWN]


def sides(
    levels: Sequence[str], effects: dict[str, Outcome], goal: Goal, place: Place | None, snapshot: Snapshot
) -> list[Side]:
    """A side for each level; asks nothing of the database, the search table is in memory."""
    return [_side(level, effects.get(level), goal, place, snapshot) for level in levels]


def _side(level: str, effect: Outcome | None, goal: Goal, place: Place | None, snapshot: Snapshot) -> Side:
    if not goal.cips:  # without a field the question would be about every program there is
        return Side(level, effect, None)
    wanted = Wanted(level, goal.cips)
    # An exam that is open without any program is no property of the programs that also open it.
    if effect is not None and effect.helps and not effect.for_anybody and goal.certification:
        opening = Wanted(level, (), goal.slug)
        found = _nearest(opening, place, snapshot)
        if found.count:
            near = _search(wanted, place, CIRCLES[0], snapshot)
            opened = _search(opening, place, CIRCLES[0], snapshot)
            hits = found.answer.page(0, MOST)
            return Side(level, effect, found, hits, opening=True, others=near, unproven=near.count - opened.count)
    found = _nearest(wanted, place, snapshot)
    return Side(level, effect, found, found.answer.page(0, MOST))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Programs of an award level in some fields, or those that open an exam."""

    level: str
    cips: tuple[str, ...]
    leads_to: str = ""


def _nearest(wanted: Wanted, place: Place | None, snapshot: Snapshot) -> Search:
    """In the narrowest of the circles that holds anything, or in the state; else everywhere."""
    for search in _tries(wanted, place, snapshot):
        if search.count:
            return search
    return _search(wanted, None, None, snapshot, everywhere=place is not None)


def _tries(wanted: Wanted, place: Place | None, snapshot: Snapshot) -> Iterator[Search]:
    if place is None:
        return
    for miles in CIRCLES if place.is_point else (None,):
        yield _search(wanted, place, miles, snapshot)


def _search(
    wanted: Wanted, place: Place | None, miles: int | None, snapshot: Snapshot, *, everywhere: bool = False
) -> Search:
    """The question and the address of the program list that asks the same."""
    facets: dict[str, tuple[str, ...]] = {"level": (wanted.level,)}
    parameters = [("level", wanted.level)]
    if wanted.leads_to:
        facets["leads_to"] = (wanted.leads_to,)
        parameters.append(("leads_to", wanted.leads_to))
    parameters += [("cip", cip) for cip in wanted.cips]
    point = place is not None and place.latitude is not None and place.longitude is not None
    circle = Circle(place.latitude, place.longitude, miles) if place and point and miles else None  # type: ignore[arg-type]
    if place is not None:
        parameters.append(("where", typed(place)))
        if circle is not None and miles != CIRCLES[0]:
            parameters.append(("within", str(miles)))
    question = Question(
        facets=facets,
        circle=circle,
        usps=place.state if place and not point else "",
        cips=wanted.cips,
        order="distance" if circle else "relevance",
    )
    url = f"{reverse('program_list')}?{urlencode(parameters)}"
    return Search(question, Answer(question, snapshot.columns), url, miles if circle else None, everywhere)


def typed(place: Place) -> str:
    """What to write into `where` to get this place again."""
    if not place.is_point:
        return place.state
    return place.label.partition(" (")[0]


class Counted(NamedTuple):
    """What the ranges of length and price read of a program."""

    program: int
    school: int
    award_level: int
    delivery: str
    price: int | None
    price_level: str
    price_year: str
    price_release: int | None


def counted(found: Sequence[Side]) -> dict[int, Counted]:
    """Program -> its row, for every program of all sides; one query."""
    programs = {hit.program for side in found for hit in side.hits}
    rows = Listing.objects.filter(pk__in=programs or [0]).order_by()
    columns = ("program", "school", "program__award_level", "delivery", *PRICE_COLUMNS)
    return {row[0]: Counted(*row) for row in rows.values_list(*columns)}


def shown_listings(found: Sequence[Side]) -> dict[int, Listing]:
    """Program -> its listing with program and school, for the programs that are named; one query."""
    programs = [hit.program for side in found for hit in side.shown]
    return {row.program_id: row for row in Listing.objects.filter(pk__in=programs).select_related("program", "school")}
