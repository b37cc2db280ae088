"""The occupations that a field of study leads to, for a panel on another page."""

from __future__ import annotations

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
from careers.models import Career, FieldOccupation, Occupation, Pay, Projection
from directory.models import FieldOfStudy
from directory.templatetags.figures import figure_value, lower_first


def field_panel(field: FieldOfStudy) -> dict[str, Any]:
    """Occupations after a field with national pay, outlook and our careers; four queries, however many."""
    links = list(
        FieldOccupation.objects.filter(field=field, occupation__in_force=True)
        .select_related("occupation", "release")
        .order_by("occupation__soc")
    )
    occupations = [link.occupation for link in links]
    socs = [occupation.soc for occupation in occupations]
    pay = {row.occupation_id: row for row in Pay.objects.national().newest().filter(occupation__in=socs)}
    outlook = {row.occupation_id: row for row in Projection.objects.newest().filter(occupation__in=socs)}
    return {
        "field": field,
        "rows": [
            {
                "label": occupation.title,
                "url": occupation.get_absolute_url(),
                "figures": annual_range(pay.get(occupation.soc)),
            }
            for occupation in occupations
        ],
        "outlook": [_outlook(occupation, outlook.get(occupation.soc)) for occupation in occupations],
        "careers": list(Career.objects.filter(occupation__in=socs)),
        "crosswalk": CIP_SOC,
        "crosswalk_year": links[0].release.vintage if links else "",
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
