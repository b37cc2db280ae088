"""What a program opens: conditions weighed against it, one route, the best route. Pure.

This is about programs, not about people: it asks what holds for anybody who has finished the program. What a
person brings along (work, other credentials, single courses) is the engine's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from directory.models import Condition, Opening
from directory.vocab import Standing

Kind = Condition.Kind
#: Conditions that every graduate can meet, whatever the program.
ANYBODY: Final = frozenset({Kind.NONE, Kind.DIPLOMA, Kind.LAST_TERM})


class Doubt(IntEnum):
    """How weak a condition that holds is; the weakest decides."""

    NONE = 0
    RULE = 1  # nobody has read the rule on the issuer's own page
    PROGRAM = 2  # the program's accreditation is only stated


@dataclass(frozen=True, slots=True)
class Need:
    """A required condition of a route."""

    pk: int
    kind: str
    confirmed: bool
    award_levels: frozenset[int] = frozenset()
    cips: tuple[str, ...] = ()
    agency: int | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A route with its required conditions, in order."""

    pk: int
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A program as conditions see it; `standings` by agency, where anything at all is known."""

    pk: int
    cip: str
    award_level: int
    standings: Mapping[int, Standing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    route: int
    doubt: Doubt
    condition: int  # the one that decides

    @property
    def basis(self) -> Opening.Basis:
        return Opening.Basis.STATED if self.doubt else Opening.Basis.CONFIRMED


def weigh(need: Need, offer: Offer) -> Doubt | None:
    """How weakly the condition holds after the program; None when the program alone does not meet it."""
    doubt = Doubt.NONE
    if need.award_levels and offer.award_level not in need.award_levels:
        return None
    if need.kind == Kind.FIELD:
        if not offer.cip.startswith(need.cips):
            return None
    elif need.kind == Kind.PROGRAM_ACCREDITATION:
        known = offer.standings.get(need.agency or 0)
        if known not in (Standing.ACCREDITED, Standing.STATED):
            return None
        doubt = Doubt.PROGRAM if known == Standing.STATED else Doubt.NONE
    elif need.kind not in ANYBODY and need.kind != Kind.AWARD_LEVEL:
        return None
    return max(doubt, Doubt.NONE if need.confirmed else Doubt.RULE)


def open_by(way: Way, offer: Offer) -> Opened | None:
    """The opening by one route. Of equally weak conditions the last decides; none at all open nothing."""
    doubts = []
    for need in way.needs:
        doubt = weigh(need, offer)
        if doubt is None:
            return None
        doubts.append(doubt)
    if not doubts:
        return None
    place = max(range(len(doubts)), key=lambda at: (doubts[at], at))
    return Opened(way.pk, doubts[place], way.needs[place].pk)


def best(ways: Iterable[Way], offer: Offer) -> Opened | None:
    """The opening by the best route: confirmed before stated, then the routes' own order."""
    opened = [found for way in ways if (found := open_by(way, offer))]
    return min(opened, key=lambda found: found.basis == Opening.Basis.STATED, default=None)
