"""The work after each award: occupations by their usual way in, with the middle half of their pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from careers.decision.goals import Goal
from careers.decision.verdict import ENTRY
from careers.figures import annual_range, pay_year, projection_words
from careers.models import FieldOccupation, Occupation, Pay, Projection
from directory.search.places import Place
from directory.vocab import STATES


@dataclass(frozen=True, slots=True)
class Job:
    """An occupation, its usual way in, and its pay in the reader's state where that is loaded, else in the nation."""

    occupation: Occupation
    pay: Pay | None
    outlook: Projection | None
    where: str

    @property
    def entry(self) -> str:
        """BLS's phrase; "" where it publishes none."""
        return (self.outlook.entry_education or "") if self.outlook else ""

    @property
    def training(self) -> str:
        return (self.outlook.training or "") if self.outlook else ""

    def as_item(self) -> dict[str, Any]:
        figures = annual_range(self.pay)
        return {
            "label": self.occupation.title,
            "url": self.occupation.get_absolute_url(),
            "low": figures[1],
            "high": figures[3],
            "where": self.where,
            "year": pay_year(self.pay),
            "asks": projection_words(self.outlook, "entry_education", "Usual way in"),
        }


def jobs(goal: Goal, place: Place | None) -> list[Job]:
    """The goal's own occupation, else those that the crosswalk names for its fields; five queries.

    What holds whatever fits nowhere else is left out: its pay is that of many unlike jobs.
    """
    links = FieldOccupation.objects.filter(field__cip__in=goal.cips, occupation__in_force=True).order_by("occupation")
    socs = list(dict.fromkeys(links.values_list("occupation", flat=True)))
    if goal.occupation and goal.occupation.soc not in socs:
        socs.append(goal.occupation.soc)
    occupations = [each for each in Occupation.objects.filter(pk__in=socs).order_by("soc") if _tells(each, goal)]
    nation = {row.occupation_id: row for row in Pay.objects.national().newest().filter(occupation__in=socs)}
    usps = place.state if place else ""
    state = {
        row.occupation_id: row
        for row in Pay.objects.by_state().newest().filter(area__usps=usps, occupation__in=socs)
        if row.annual_p25 is not None
    }
    outlook = {row.occupation_id: row for row in Projection.objects.newest().filter(occupation__in=socs)}
    return [
        Job(
            each,
            state.get(each.soc) or nation.get(each.soc),
            outlook.get(each.soc),
            STATES[usps] if each.soc in state else "United States",
        )
        for each in occupations
    ]


def _tells(occupation: Occupation, goal: Goal) -> bool:
    return not occupation.is_catch_all or (goal.occupation is not None and goal.occupation.pk == occupation.pk)


def asking_for(level: str, found: Sequence[Job]) -> list[dict[str, Any]]:
    """The jobs whose usual way in is the award."""
    return [job.as_item() for job in found if ENTRY.get(job.entry) == level]
