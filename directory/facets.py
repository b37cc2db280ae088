"""Counts beside each choice: disjunctive, so that choosing one value of a facet does not hide the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count

from directory.filters.program import CONTROL_CHOICES, ProgramFilter
from directory.models import Certification, Opening
from directory.vocab import CONTROL_SLUG, STATES, Delivery, Length, LevelGroup, Standing


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet with the number of results that it would give."""

    value: str
    label: str
    count: int
    selected: bool

    def as_dict(self) -> dict[str, str | int | bool]:
        return {"value": self.value, "label": self.label, "count": self.count, "selected": self.selected}


#: Facet (the parameter's name) -> column of the search table, and its choices in order.
COLUMNS: Final[dict[str, tuple[str, list[tuple[str, str]]]]] = {
    "level": ("level", [(str(each), str(each.label)) for each in LevelGroup if each is not LevelGroup.DOCTORATE]),
    "accreditation": ("standing", [(str(value), str(label)) for value, label in Standing.choices]),
    "delivery": ("delivery", [(str(value), str(label)) for value, label in Delivery.choices]),
    "length": ("length", [(str(value), str(label)) for value, label in Length.choices]),
    "control": ("control", [(str(value), str(label)) for value, label in CONTROL_CHOICES]),
    "state": ("state", list(STATES.items())),
}


def facets(chosen: ProgramFilter) -> dict[str, list[Choice]]:
    """Every facet, each counted with its own choice lifted and all others applied. One query per facet."""
    found = {name: _column(chosen, name, *spec) for name, spec in COLUMNS.items()}
    found["leads_to"] = _openings(chosen)
    return found


def _column(chosen: ProgramFilter, name: str, column: str, offered: list[tuple[str, str]]) -> list[Choice]:
    rows = chosen.without(name).qs.order_by().values_list(column).annotate(count=Count("pk"))
    counts = {CONTROL_SLUG.get(value, "") if name == "control" else value: count for value, count in rows}
    return _choices(offered, counts, chosen.chosen(name) or [])


def _openings(chosen: ProgramFilter) -> list[Choice]:
    programs = chosen.without("leads_to").qs.order_by().values("pk")
    openings = Opening.objects.filter(program__in=programs)
    if chosen.chosen("confirmed"):
        openings = openings.filter(basis=Opening.Basis.CONFIRMED)
    counts = dict(openings.order_by().values_list("certification__slug").annotate(count=Count("pk")))
    offered = list(Certification.objects.values_list("slug", "acronym"))
    return _choices(offered, counts, chosen.chosen("leads_to") or [])


def _choices(offered: list[tuple[str, str]], counts: Mapping[str, int], selected: list[str]) -> list[Choice]:
    return [Choice(value, label, counts.get(value, 0), value in selected) for value, label in offered]
