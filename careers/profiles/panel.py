"""The occupations that a field of study leads to, for a panel on another page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
from directory.models import FieldOfStudy
from directory.templatetags.figures import figure_value, lower_first


@dataclass(frozen=True, slots=True)
class Work:
    """What a field leads to: occupations in the order of their codes, and by code their national pay and outlook."""

    occupations: Sequence[Occupation]
    careers: Sequence[Career]  # slug and title alone
    pay: Mapping[str, Pay]
    outlook: Mapping[str, Projection]
    crosswalk_year: str  # "" without an occupation


def work_of_field(field: FieldOfStudy) -> Work:
    """Read once for everything that a page says of a field's work; three queries, however many occupations."""
    crosswalk = read_crosswalk(field=field)
    occupations = {link.occupation_id: link.occupation for link in crosswalk.links}
    return Work(
        occupations=list(occupations.values()),
        pay={row.occupation_id: row for row in Pay.objects.national().newest().filter(occupation__in=occupations)},
        outlook={row.occupation_id: row for row in Projection.objects.newest().filter(occupation__in=occupations)},
        careers=crosswalk.careers,
        crosswalk_year=crosswalk.year,
    )


def field_panel(field: FieldOfStudy, work: Work | None = None) -> dict[str, Any]:
    """Occupations after a field with national pay, outlook and our careers; asks nothing when given the work."""
    work = work or work_of_field(field)
    return {
        "field": field,
        "rows": [
            {
                "label": occupation.title,
                "url": occupation.get_absolute_url(),
                "figures": annual_range(work.pay.get(occupation.soc)),
            }
            for occupation in work.occupations
        ],
        "outlook": [_outlook(each, work.outlook.get(each.soc)) for each in work.occupations],
        "careers": work.careers,
        "crosswalk": CIP_SOC,
        "crosswalk_year": work.crosswalk_year,
    }


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
