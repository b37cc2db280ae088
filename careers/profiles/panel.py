"""The occupations that a field of study leads to, for a panel on another page."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from careers.figures import CIP_SOC, annual_range, growth, openings, projection_words
from careers.models import Career, FieldOccupation, Pay, Projection
from directory.models import FieldOfStudy


def field_panel(field: FieldOfStudy) -> dict[str, Any]:
    """Occupations after a field with national pay, outlook and our careers; four queries, however many."""
    links = (
        FieldOccupation.objects.filter(field=field, occupation__in_force=True)
        .select_related("occupation", "release")
        .order_by("occupation__soc")
    )
    found = list(links)
    socs = [link.occupation_id for link in found]
    pay = {row.occupation_id: row for row in Pay.objects.national().newest().filter(occupation__in=socs)}
    outlook = {row.occupation_id: row for row in Projection.objects.newest().filter(occupation__in=socs)}
    careers = defaultdict(list)
    for career in Career.objects.filter(occupation__in=socs):
        careers[career.occupation_id].append(career)
    rows = [
        {
            "label": link.occupation.title,
            "url": link.occupation.get_absolute_url(),
            "soc": link.occupation_id,
            "figures": annual_range(pay.get(link.occupation_id)),
            "growth": growth(outlook.get(link.occupation_id)),
            "openings": openings(outlook.get(link.occupation_id)),
            "education": projection_words(
                outlook.get(link.occupation_id), "entry_education", "Typical entry education"
            ),
            "careers": careers[link.occupation_id],
        }
        for link in found
    ]
    return {
        "field": field,
        "rows": rows,
        "crosswalk": CIP_SOC,
        "crosswalk_year": found[0].release.vintage if found else "",
    }
