"""The crosswalk's matches of fields and occupations, read with the careers that are counted in the occupations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from careers.models import Career, FieldOccupation


class Crosswalk(NamedTuple):
    """Matches in the order of the occupations' codes, and careers in theirs (slug, title and occupation alone)."""

    links: Sequence[FieldOccupation]
    careers: Sequence[Career]
    year: str  # "" without a match


def read_crosswalk(**wanted: Any) -> Crosswalk:
    """The matches with occupations in force that fit some conditions; one query."""
    rows: QuerySet[Any] = (
        FieldOccupation.objects.filter(occupation__in_force=True, **wanted)
        # A match is repeated for each career of its occupation: a handful of rows, and a query less.
        .annotate(career_slug=F("occupation__careers__slug"), career_title=F("occupation__careers__title"))
        .select_related("occupation", "field", "release")
        .order_by("occupation__careers__order", "occupation__careers__title", "pk")
    )
    links, careers = {}, {}
    for row in rows:
        links[row.pk] = row
        if row.career_slug:
            career = Career(slug=row.career_slug, title=row.career_title, occupation=row.occupation)
            careers[career.slug] = career
    ordered = sorted(links.values(), key=lambda link: (link.occupation_id, link.pk))
    return Crosswalk(ordered, list(careers.values()), ordered[-1].release.vintage if ordered else "")
