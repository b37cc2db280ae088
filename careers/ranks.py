"""Where an occupation stands among all: by pay and by growth."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from careers.figures import OEWS, PROJECTIONS, Publisher, pay_year, projection_years
from careers.models import Pay, Projection


@dataclass(frozen=True, slots=True)
class Rank:
    """Place 1 is the highest; equal values share the better place. `of` counts all with a value."""

    place: int
    of: int
    publisher: Publisher
    year: str


def pay_rank(pay: Pay | None) -> Rank | None:
    """By yearly median in the same area and year, among the occupations for which one is published."""
    if pay is None or pay.annual_median is None:
        return None
    rows = Pay.objects.filter(area_id=pay.area_id, year=pay.year).of_occupations()
    return Rank(*_place(rows, "annual_median", pay.annual_median), OEWS, pay_year(pay))


def growth_rank(projection: Projection | None) -> Rank | None:
    """By percent change in the same decade."""
    if projection is None or projection.change_percent is None:
        return None
    rows = Projection.objects.filter(
        base_year=projection.base_year, target_year=projection.target_year
    ).of_occupations()
    place = _place(rows, "change_percent", projection.change_percent)
    return Rank(*place, PROJECTIONS, projection_years(projection))


def _place(rows: QuerySet, column: str, value: object) -> tuple[int, int]:
    found = rows.aggregate(
        above=Count("pk", filter=Q((f"{column}__gt", value))),
        of=Count("pk", filter=Q((f"{column}__isnull", False))),
    )
    return found["above"] + 1, found["of"]
