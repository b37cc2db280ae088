"""How far a school is from the place that the reader named."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from directory.compare.asked import Asked
from directory.compare.table import Entry, Row, row
from directory.models import School
from directory.profiles.corrections import paper
from directory.search.places import Place, UnknownPlace, find_place
from directory.search.table.matching import EARTH_MILES
from directory.templatetags.figures import miles


class Where(NamedTuple):
    """The place as it was read, or what is wrong with what was typed; both are empty without any."""

    place: Place | None = None
    problem: str = ""


def read_where(asked: Asked) -> Where:
    """One query where a place is named, none otherwise."""
    if not asked.where:
        return Where()
    try:
        return Where(find_place(asked.where))
    except UnknownPlace as unknown:
        return Where(problem=str(unknown))


def distance_row(place: Place, schools: list[School]) -> Row:
    """How far each is, in a straight line; a state has no point to count from, so it is said who is in it."""
    if place.latitude is None or place.longitude is None:
        inside = ["Yes" if school.state == place.state else "No" for school in schools]
        pairs = zip(inside, schools, strict=True)
        return row(f"In {place.label}", [Entry(value=word, **paper(school.release)) for word, school in pairs])
    return row(f"Distance from {place.label}", [_distance(place, school) for school in schools])


def miles_between(place: Place, school: School) -> float | None:
    """By great circle, as the lists count; None for a school, or a place, without a point."""
    here = place.latitude, place.longitude
    there = school.latitude, school.longitude
    if None in (*here, *there):
        return None
    (north, east), (to_north, to_east) = ((radians(a), radians(b)) for a, b in (here, there))  # type: ignore[arg-type]
    half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * EARTH_MILES * asin(sqrt(min(1.0, half)))


def _distance(place: Place, school: School) -> Entry:
    far = miles_between(place, school)
    if far is None:
        return Entry(missing="The federal directory gives no point for this school", **paper(school.release))
    return Entry(value=miles(far), note="In a straight line", **paper(school.release))
