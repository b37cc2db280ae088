"""What a batch would do: every listing, every column, the old value and the new one, and what is refused and why."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.db.models import Prefetch

from directory.curation import by_hand, own_addresses
from directory.curation.batches.columns import (
    MODELS,
    Listing,
    columns,
    empty_problem,
    is_own,
    name_of,
    now_of,
    plain,
    plain_of,
    words,
)
from directory.curation.listing_checks import problems
from directory.models import Override, Program
from directory.vocab import CLOSED_STATES, ListingKind, ListingState, SchoolState

#: Listings that one batch may touch. Each value is some ten statements, and an import waits for the whole of it.
MOST: Final = 2_000
#: Column -> value, as the column's own type.
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Planned:
    """One column of one listing; `old`, `new` and `official` are plain values, `refusal` is empty where it may be.

    `further` is what follows for readers and the value does not say.
    """

    listing: Listing
    column: str
    old: Any
    new: Any
    official: Any
    by_hand: bool
    corrected: bool
    refusal: str = ""
    further: str = ""

    @property
    def kind(self) -> str:
        return ListingKind.PROGRAM if isinstance(self.listing, Program) else ListingKind.SCHOOL

    @property
    def readers_see(self) -> str:
        """What the public page says afterwards."""
        value = words(self.kind, self.column, self.new)
        if not self.by_hand:
            official = words(self.kind, self.column, self.official)
            value += (
                ", as the official file says"
                if self.new == self.official
                else f", “Corrected by us”; the official file says {official}"
            )
        return f"{value}. {self._lists}{self.further}".strip()

    @property
    def _lists(self) -> str:
        """What becomes of the listing's place on the lists, where that changes."""
        if self.column == "state" and isinstance(self.listing, Program):
            before, after = self.old == ListingState.LISTED, self.new == ListingState.LISTED
            noun = "It"
        elif self.column == "status" and self.old == SchoolState.DRAFT:
            return "Its page becomes public."
        elif self.column == "status":
            before, after = self.old not in CLOSED_STATES, self.new not in CLOSED_STATES
            noun = "Its programs"
        else:
            return ""
        if before == after:
            return ""
        return f"{noun} come{'s' * (noun == 'It')} back to the lists." if after else f"{noun} {_leave(noun)}."


def _leave(noun: str) -> str:
    return "leaves the lists; the page stays" if noun == "It" else "leave the lists; the pages stay"


@dataclass(frozen=True)
class Plan:
    """`rows` in the order of the listings asked for; `unchanged` of these have every value already."""

    kind: str
    rows: tuple[Planned, ...]
    unchanged: int = 0
    missing: tuple[int, ...] = field(default=())

    @cached_property
    def good(self) -> tuple[Planned, ...]:
        return tuple(row for row in self.rows if not row.refusal)

    @cached_property
    def refused(self) -> tuple[Planned, ...]:
        return tuple(row for row in self.rows if row.refusal)

    @cached_property
    def listings(self) -> int:
        return len({row.listing.pk for row in self.good})

    @cached_property
    def signature(self) -> str:
        """A short mark of what stands now and of what would come: two equal ones mean the same batch."""
        said = [(row.listing.pk, row.column, row.old, row.new, row.official, row.refusal) for row in self.rows]
        return hashlib.sha256(repr((self.kind, said)).encode()).hexdigest()[:24]

    @cached_property
    def school_ids(self) -> set[int]:
        """The schools whose listings follow from what is changed."""
        return {row.listing.school_id if isinstance(row.listing, Program) else row.listing.pk for row in self.good}


def for_all(kind: str, keys: Iterable[int], values: Values, on: dt.date | None = None) -> Plan:
    """The same values for each of the listings."""
    return of_each(kind, dict.fromkeys(keys, values), on)


def of_each(kind: str, wanted: Mapping[int, Values], on: dt.date | None = None) -> Plan:
    """For each listing, by its key, the values that it is to have. Asks as much for one as for many.

    `on` is the day on which it is to have them, today unless told otherwise.
    """
    held = {listing.pk: listing for listing in read(kind, wanted)}
    rows: list[Planned] = []
    unchanged = 0
    for key, values in wanted.items():
        if key in held:
            found = list(_planned(kind, held[key], values, on))
            unchanged += not found
            rows += found
    return Plan(kind, tuple(rows), unchanged, tuple(key for key in wanted if key not in held))


def read(kind: str, keys: Collection[int]) -> Iterator[Listing]:
    """The listings with what a plan and a page say about them; corrections in force as `in_force`."""
    related = ("release",) if kind == ListingKind.SCHOOL else ("release", "school", "field")
    further = () if kind == ListingKind.SCHOOL else ("facts",)  # what publishing asks for
    active = Prefetch("overrides", Override.objects.filter(active=True).order_by("pk"), to_attr="in_force")
    chosen = list(keys)
    for start in range(0, len(chosen), MOST):
        rows: Any = MODELS[kind]._default_manager.filter(pk__in=chosen[start : start + MOST])
        yield from rows.select_related(*related).prefetch_related(active, *further)


def _planned(kind: str, listing: Listing, values: Values, on: dt.date | None) -> Iterator[Planned]:
    own = by_hand.is_by_hand(listing)
    held = {override.column: override for override in listing.in_force}  # type: ignore[union-attr]
    changed = {name: value for name, value in values.items() if plain(value) != plain_of(listing, name)}
    refusals = refused(kind, listing, changed, on)
    for name, value in changed.items():
        old = plain_of(listing, name)
        official = held[name].official_value if name in held else old
        refusal = refusals.get(name) or because_of(kind, refusals)
        ours, further = own or is_own(kind, name), ""
        if isinstance(listing, Program) and is_own(kind, name):
            further = own_addresses.readers_see(listing, name, changed)
        yield Planned(listing, name, old, plain(value), official, ours, name in held, refusal, further)


def because_of(kind: str, refusals: Mapping[str, str]) -> str:
    """What is said of a value that would do, of a listing that is refused for others: these, by their names.

    They may stand in no other row: a state is refused for the point, which nobody asked to change.
    """
    return " ".join(f"“{name_of(kind, name)}” is refused: {said}" for name, said in refusals.items())


def refused(kind: str, listing: Listing, changed: Values, on: dt.date | None = None) -> dict[str, str]:
    """Column -> why the listing cannot have these values, as its own form would say it."""
    if not changed:
        return {}
    found: dict[str, str] = {}
    for name, value in changed.items():
        if value in (None, "") and (said := empty_problem(kind, name)):
            found[name] = said
    as_saved = {name: now_of(listing, name) for name in columns(kind)} | dict(changed)
    for name, said in problems(listing, as_saved, [*changed], on=on):
        found.setdefault(name, said)
    return found
