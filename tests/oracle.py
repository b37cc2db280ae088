"""What the program list must answer, in the plainest SQL: one condition per parameter, one query per facet.

Slow, and independent of the site's own search: it shares the tables with it, and nothing else. It knows every
parameter but the text, whose meaning is no matter of SQL.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from directory.models import Listing, Opening, School, ZipPoint
from directory.vocab import CONTROL_SLUG, STATES

Parameters = Mapping[str, Sequence[str]]
#: Facet -> column of the search table.
COLUMNS = {
    "level": "level", "length": "length", "accreditation": "standing", "delivery": "delivery", "control": "control",
    "state": "state",
}  # fmt: skip
#: What a school offers to veterans -> column of the schools.
VETERANS = {
    "yellow-ribbon": "yellow_ribbon", "training-credit": "training_credit", "support": "veterans_support",
    "student-group": "veterans_group", "servicemembers-college": "servicemembers_college", "rotc": "rotc",
    "eight-keys": "eight_keys", "veterans-page": "veterans_url",
}  # fmt: skip
#: No parameter and no facet has these values.
NOT_OFFERED = {"length": {""}}
CONTROL_CODE = {slug: code for code, slug in CONTROL_SLUG.items()}
USPS = {name.casefold(): usps for usps, name in STATES.items()}
DEFAULT_MILES = 50
EARTH_MILES = 3958.8


@dataclass(frozen=True, slots=True)
class Answer:
    """The total, and of each facet the values that some program has, each counted with its own choice lifted."""

    count: int
    facets: dict[str, dict[str, int]]


def answer(asked: Parameters) -> Answer:
    """The answer to readable parameters; a ZIP code, a state's name or its two letters are the places it knows."""
    found = {facet: _counted(facet, column, asked) for facet, column in COLUMNS.items()}
    return Answer(_rows(asked).count(), {**found, "leads_to": _opened(asked), "veterans": _for_veterans(asked)})


def _counted(facet: str, column: str, asked: Parameters) -> dict[str, int]:
    rows = _rows(asked, but=facet).order_by().values_list(column).annotate(count=Count("pk"))
    named = {CONTROL_SLUG[value] if facet == "control" else value: count for value, count in rows}
    return {value: count for value, count in named.items() if value not in NOT_OFFERED.get(facet, ())}


def _opened(asked: Parameters) -> dict[str, int]:
    openings = Opening.objects.filter(program__in=_rows(asked, but="leads_to").values("pk"))
    if asked.get("confirmed"):
        openings = openings.filter(basis="confirmed")
    return dict(openings.order_by().values_list("certification__slug").annotate(count=Count("program", distinct=True)))


def _for_veterans(asked: Parameters) -> dict[str, int]:
    rows = _rows(asked, but="veterans")
    counted = {fact: rows.filter(school__in=_offering([fact])).count() for fact in VETERANS}
    return {fact: count for fact, count in counted.items() if count}


def _offering(facts: Sequence[str]) -> list[int]:
    return [pk for pk, *held in School.objects.values_list("pk", *VETERANS.values())
            if any(value for fact, value in zip(VETERANS, held, strict=True) if fact in facts)]  # fmt: skip


def _rows(asked: Parameters, but: str = ""):
    """The listed programs that fit all parameters but one."""
    rows = Listing.objects.filter(listed=True)
    for name, values in asked.items():
        if name != but:
            rows = rows.filter(_condition(name, values, asked))
    return rows


def _condition(name: str, values: Sequence[str], asked: Parameters) -> Q:
    if name == "control":
        return Q(control__in=[CONTROL_CODE[value] for value in values])
    if name in COLUMNS:
        return Q((f"{COLUMNS[name]}__in", values))
    if name == "veterans":
        return Q(school__in=_offering(values))
    if name == "cip":
        return Q(cip__in=values) | Q(cip__in=_members(values))
    if name in ("max_price", "min_price"):
        return Q(("price__lte" if name == "max_price" else "price__gte", int(values[0])))
    if name == "leads_to":
        openings = Opening.objects.filter(certification__slug__in=values)
        if asked.get("confirmed"):
            openings = openings.filter(basis="confirmed")
        return Q(pk__in=openings.values("program"))
    if name == "where":
        near = _near(values[0], int(asked.get("within", [str(DEFAULT_MILES)])[0]))
        return near | Q(delivery="online") if asked.get("online_too") else near
    return Q()  # within, online_too and confirmed are read beside the parameter that they belong to


def _members(families: Sequence[str]) -> list[str]:
    cips = Listing.objects.order_by().values_list("cip", flat=True).distinct()
    return [cip for cip in cips if cip[:5] in families]


def _near(where: str, miles: int) -> Q:
    usps = where.upper() if where.upper() in STATES else USPS.get(where.casefold())
    if usps:
        return Q(state=usps)
    point = ZipPoint.objects.get(pk=where)
    schools = School.objects.values_list("pk", "latitude", "longitude")
    near = [
        pk for pk, *there in schools if None not in there and _miles((point.latitude, point.longitude), there) <= miles
    ]
    return Q(school__in=near)


def _miles(one: Sequence[float | None], other: Sequence[float | None]) -> float:
    """By the law of cosines, which the site does not use."""
    south, west, north, east = (math.radians(angle or 0.0) for angle in (*one, *other))
    cosine = math.sin(south) * math.sin(north) + math.cos(south) * math.cos(north) * math.cos(east - west)
    return EARTH_MILES * math.acos(max(-1.0, min(1.0, cosine)))
