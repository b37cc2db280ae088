"""Two listings side by side: what each says, where it is from, and which values the survivor may take over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Field

from directory.curation.overrides import CORRECTABLE
from directory.models import Override, Program, School
from directory.vocab import SchoolState

Listing = School | Program
#: Both go together: half of one point and half of another is a third place.
POINT: Final = ("latitude", "longitude")
#: Whether a program stands on the lists is the merge's own matter.
NOT_CHOSEN: Final = {Program: frozenset({"state"}), School: frozenset[str]()}
SHOWN: Final[dict[type, tuple[str, ...]]] = {
    Program: ("school", "field", "award_level", "title", "state", "first_year", "last_year", "slug", "release"),
    School: (
        "name", "aliases", "unitid", "opeid", "slug", "address", "city", "state", "zip_code", "county", "latitude",
        "longitude", "control", "status", "closed_on", "successor_unitid", "website", "admissions_url", "apply_url",
        "aid_url", "net_price_url", "veterans_url", "disability_url", "accreditor", "open_admission", "eight_keys",
        "yellow_ribbon", "training_credit", "veterans_support", "veterans_group", "servicemembers_college", "rotc",
        "release",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """What one listing says in one field, in words, and whose word it is."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of both listings. `choice` is its name in the form; "" where there is nothing to choose."""

    name: str
    columns: tuple[str, ...]
    one: Side
    other: Side
    differs: bool
    choice: str


def side_by_side(one: Listing, other: Listing) -> list[FieldRow]:
    """Every field of two listings of one kind; asks for the corrections of both, one query each."""
    ours, theirs = _corrections(one), _corrections(other)
    rows = []
    for columns in _groups(type(one)):
        left, right = _side(one, columns, ours), _side(other, columns, theirs)
        differs = [getattr(one, _attname(one, name)) for name in columns] != [
            getattr(other, _attname(other, name)) for name in columns
        ]
        may = differs and _may_be_chosen(one, other, columns)
        rows.append(FieldRow(_label(one, columns), columns, left, right, differs, f"take_{columns[0]}" if may else ""))
    return rows


def columns_of_choice(one: Listing, other: Listing, choice: str) -> tuple[str, ...]:
    """The columns that a choice of the form stands for. Raises ValueError for what cannot be chosen."""
    for columns in _groups(type(one)):
        if f"take_{columns[0]}" == choice and _may_be_chosen(one, other, columns):
            return columns
    raise ValueError(f"{choice} is no field that can be taken over.")


def _may_be_chosen(one: Listing, other: Listing, columns: tuple[str, ...]) -> bool:
    """Not where the status of a draft would take a page from its readers."""
    if columns == ("status",) and SchoolState.DRAFT in (getattr(each, "status", "") for each in (one, other)):
        return False
    return columns[0] in CORRECTABLE[type(one)] and columns[0] not in NOT_CHOSEN[type(one)]


def in_words(listing: Any, name: str) -> str:
    """A column as people read it; "nothing" where it is empty."""
    shown = getattr(listing, f"get_{name}_display", None)
    value = shown() if shown else getattr(listing, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value is None or value == "" else str(value)


def _groups(kind: type[Listing]) -> Iterator[tuple[str, ...]]:
    for name in SHOWN[kind]:
        if name == POINT[0]:
            yield POINT
        elif name not in POINT:
            yield (name,)


def _side(listing: Listing, columns: Sequence[str], corrections: dict[str, Override]) -> Side:
    words = ", ".join(in_words(listing, name) for name in columns)
    correction = next((corrections[name] for name in columns if name in corrections), None)
    if correction:
        return Side(words, f"corrected by us on {correction.made_at:%-d %b %Y}: {correction.reason}")
    return Side(words, listing.release.label)


def _corrections(listing: Listing) -> dict[str, Override]:
    return {override.column: override for override in listing.overrides.filter(active=True)}


def _field(listing: Listing, name: str) -> Field[Any, Any]:
    field = listing._meta.get_field(name)
    if not isinstance(field, Field):  # pragma: no cover - SHOWN names columns
        raise TypeError(f"{name} is no column.")
    return field


def _attname(listing: Listing, name: str) -> str:
    return _field(listing, name).attname


def _label(listing: Listing, columns: Sequence[str]) -> str:
    return "point" if tuple(columns) == POINT else str(_field(listing, columns[0]).verbose_name)
