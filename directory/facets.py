"""Counts beside each choice: disjunctive, so that choosing one value of a facet does not hide the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from directory.filters.program import ProgramFilter
from directory.search.table.codes import PRICE_BANDS, PRICE_UNKNOWN, band_limits
from directory.vocab import CONTROL_CHOICES, STATES, Delivery, Length, LevelGroup, Standing, VeteranFact


class Choice(NamedTuple):
    """One value of a facet with the number of results that it would give."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # hides the method of tuples, which nobody asks of a choice
    selected: bool

    def as_dict(self) -> dict[str, str | int | bool]:
        return {"value": self.value, "label": self.label, "count": self.count, "selected": self.selected}


def _labels(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in choices]


def _price_label(band: str) -> str:
    if band == PRICE_UNKNOWN:
        return "Price not known"
    low, high = band_limits(band)
    if not low:
        return f"Under ${high + 1:,}" if high else "Any"
    return f"${low:,} to ${high:,}" if high else f"${low:,} and more"


#: Facet (the parameter's name; `price` stands for min_price and max_price) -> its choices in order.
CHOICES: Final[dict[str, list[tuple[str, str]]]] = {
    "level": _labels(LevelGroup.choices),
    "accreditation": _labels(Standing.choices),
    "delivery": _labels(Delivery.choices),
    "length": _labels(Length.choices),
    "control": CONTROL_CHOICES,
    "state": list(STATES.items()),
    "veterans": _labels(VeteranFact.choices),
    "price": [(band, _price_label(band)) for band in PRICE_BANDS],
}


def facets(chosen: ProgramFilter) -> dict[str, list[Choice]]:
    """Every facet, each counted with its own choice lifted and all others applied."""
    counts = chosen.answer.facets
    found = {name: _choices(offered, counts[name], chosen.chosen(name) or []) for name, offered in CHOICES.items()}
    exams = list(chosen.snapshot.columns.acronyms.items())
    found["leads_to"] = _choices(exams, counts["leads_to"], chosen.chosen("leads_to") or [])
    found["price"] = _choices(CHOICES["price"], counts["price"], _band(chosen))
    return found


def _choices(offered: list[tuple[str, str]], counts: Mapping[str, int], selected: list[str]) -> list[Choice]:
    return [Choice(value, label, counts[value], value in selected) for value, label in offered]


def _band(chosen: ProgramFilter) -> list[str]:
    """The band of prices that the chosen limits are, if they are one."""
    limits = (chosen.chosen("min_price") or 0, chosen.chosen("max_price"))
    return [band for band in PRICE_BANDS if band != PRICE_UNKNOWN and band_limits(band) == limits and any(limits)]
