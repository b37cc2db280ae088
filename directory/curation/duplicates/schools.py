"""Schools that may be one: the same federal number, website, or name in one town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Any, Final, NamedTuple

from directory.curation.duplicates.names import nearness
from directory.curation.duplicates.signs import Candidate, Sign, found
from directory.links import host_of, outbound
from directory.models import School
from directory.vocab import CLOSED_STATES, SchoolState, Source

#: Larger groups are the campuses of a chain that share a number or a site: as pairs they would say nothing.
MOST_OF_A_GROUP: Final = 12
NEAR: Final = 0.8
#: Digits of the federal aid number that name the parent.
ROOT: Final = 6


class Row(NamedTuple):
    """What of a school speaks for or against its being another one."""

    pk: int
    unitid: int | None
    opeid: str
    name: str
    city: str
    state: str
    zip_code: str
    address: str
    website: str
    status: str
    successor: int | None
    source: str


def likely_schools() -> Iterator[Candidate]:
    """Pairs of schools of which enough speaks for their being one; one query, and no pair twice."""
    columns = ("pk", "unitid", "opeid", "name", "city", "state", "zip_code", "address", "website", "status")
    held = School.objects.filter(merged_into=None).order_by("pk")
    rows = [Row(*each) for each in held.values_list(*columns, "successor_unitid", "release__source")]
    seen: set[tuple[int, int]] = set()
    for group in _groups(rows):
        for one, other in combinations(group, 2):
            if (one.pk, other.pk) not in seen:
                seen.add((one.pk, other.pk))
                yield from found(one.pk, other.pk, _signs(one, other))


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Schools that share something; only within such a group two are compared."""
    keys: tuple[Callable[[Row], Any], ...] = (
        lambda row: row.opeid if len(row.opeid) > ROOT else None,
        lambda row: (row.opeid[:ROOT], row.city.lower()) if row.opeid else None,
        lambda row: (_host(row.website), row.city.lower(), row.state) if row.website else None,
        lambda row: (row.city.lower(), row.state, row.name[:1].lower()),
        lambda row: (row.zip_code[:5], row.address.lower()) if row.address and row.zip_code else None,
    )
    for key in keys:
        groups: defaultdict[Any, list[Row]] = defaultdict(list)
        for row in rows:
            if (shared := key(row)) is not None:
                groups[shared].append(row)
        yield from (group for group in groups.values() if 1 < len(group) <= MOST_OF_A_GROUP)


def _signs(one: Row, other: Row) -> Iterator[Sign]:
    near = nearness(one.name, other.name)
    here = one.city.lower() == other.city.lower() and one.state == other.state
    if near == 1:
        yield Sign(45, "Their names have the same words")
    elif near >= NEAR:
        yield Sign(30, f"Their names are nearly the same: “{one.name}” and “{other.name}”")
    if one.opeid and one.opeid == other.opeid:
        yield Sign(30, f"Both have the OPEID {one.opeid}")
    elif one.opeid and one.opeid[:ROOT] == other.opeid[:ROOT]:
        yield Sign(10, f"Their OPEIDs have the same parent, {one.opeid[:ROOT]}")
    if here:
        yield Sign(15, f"Both are in {one.city}, {one.state}")
    else:
        yield Sign(-25, "They are in different towns: a campus is a school of its own")
    if here and one.address and one.address.lower() == other.address.lower():
        yield Sign(20, "They have the same street address")
    if (host := _host(one.website)) and host == _host(other.website):
        yield Sign(15, f"Both have the website {host}")
    yield from _standing(one, other)


def _standing(one: Row, other: Row) -> Iterator[Sign]:
    by_staff = [row for row in (one, other) if row.source == Source.STAFF]
    if len(by_staff) == 1:
        yield Sign(20, f"Staff entered “{by_staff[0].name}”, and an official file names the other")
    elif one.unitid and other.unitid:
        yield Sign(-20, "The federal directory tells them apart by UNITID")
    for row, there in ((one, other), (other, one)):
        if there.unitid is not None and row.successor == there.unitid:
            yield Sign(25, f"The federal directory names “{there.name}” as the successor of “{row.name}”")
        if row.status == SchoolState.CAMPUS and there.status == SchoolState.OPEN:
            yield Sign(15, f"“{row.name}” is a campus that reports with another school")
        if row.status in CLOSED_STATES and there.status not in CLOSED_STATES:
            yield Sign(10, f"“{row.name}” is no longer open, “{there.name}” is")


def _host(website: str) -> str:
    address = outbound(website)
    return host_of(address).removeprefix("www.") if address else ""
