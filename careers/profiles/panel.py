"""The occupations that a field of study leads to, for a panel on another page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from careers.figures import (
    CIP_SOC,
    PROJECTIONS,
    Fact,
    annual_range,
    growth,
    openings,
    projection_words,
    projection_years,
)
from careers.models import Career, Occupation, Pay, Projection
from careers.profiles.crosswalk import read_crosswalk
from careers.vocab import NATIONAL_AREA, AreaKind
from directory.models import FieldOfStudy
from directory.templatetags.figures import figure_value, lower_first
from directory.vocab import STATES


@dataclass(frozen=True, slots=True)
class Work:
    """What a field leads to: occupations in the order of their codes, and by code their national pay and outlook."""

    occupations: Sequence[Occupation]
    careers: Sequence[Career]  # slug and title alone
    pay: Mapping[str, Pay]
    outlook: Mapping[str, Projection]
    crosswalk_year: str  # "" without an occupation
    usps: str = ""  # whose state's pay was asked for
    here: Mapping[str, Pay] = field(default_factory=dict)  # pay in that state, where a file of the states is loaded


def work_of_field(field_of_study: FieldOfStudy, usps: str = "") -> Work:
    """Read once for everything that a page says of a field's work; three queries, however many occupations.

    `usps` names a state whose pay is read along with the nation's.
    """
    crosswalk = read_crosswalk(field=field_of_study)
    occupations = {link.occupation_id: link.occupation for link in crosswalk.links}
    wanted = Q(area=NATIONAL_AREA)
    if usps:
        wanted |= Q(area__kind__in=(AreaKind.STATE, AreaKind.TERRITORY), area__usps=usps)
    paid = list(Pay.objects.newest().filter(wanted, occupation__in=occupations))
    return Work(
        occupations=list(occupations.values()),
        pay={row.occupation_id: row for row in paid if row.area_id == NATIONAL_AREA},
        usps=usps,
        here={row.occupation_id: row for row in paid if row.area_id != NATIONAL_AREA},
        outlook={row.occupation_id: row for row in Projection.objects.newest().filter(occupation__in=occupations)},
        careers=crosswalk.careers,
        crosswalk_year=crosswalk.year,
    )


def field_panel(field_of_study: FieldOfStudy, work: Work | None = None) -> dict[str, Any]:
    """Occupations after a field with national and state pay, outlook and our careers; asks nothing when given the work.

    `state` is the state's name, "" where the work was read for none.
    """
    work = work or work_of_field(field_of_study)
    return {
        "field": field_of_study,
        "rows": _pay_rows(work, work.pay),
        "state": STATES.get(work.usps, ""),
        "state_rows": _pay_rows(work, work.here) if work.here else [],
        "outlook": [_outlook(each, work.outlook.get(each.soc)) for each in work.occupations],
        "careers": work.careers,
        "crosswalk": CIP_SOC,
        "crosswalk_year": work.crosswalk_year,
    }


def _pay_rows(work: Work, pay: Mapping[str, Pay]) -> list[dict[str, Any]]:
    return [
        {"label": each.title, "url": each.get_absolute_url(), "figures": annual_range(pay.get(each.soc))}
        for each in work.occupations
    ]


def _outlook(occupation: Occupation, projection: Projection | None) -> Fact:
    """One line of words, because a table with a column for each figure does not fit on a phone."""
    education = projection_words(projection, "entry_education", occupation.title)
    if projection is None:
        return education  # which says that nothing is published
    asked = education.value or lower_first(figure_value(education.figure))
    years = f"{projection.base_year} to {projection.target_year}"
    change, places = figure_value(growth(projection)), figure_value(openings(projection))
    return Fact(
        occupation.title,
        value=f"Usual way in: {asked}",
        note=f"Growth {years}: {lower_first(change)}. Openings a year: {lower_first(places)}.",
        source=PROJECTIONS.name,
        year=projection_years(projection),
        source_url=PROJECTIONS.url,
    )
