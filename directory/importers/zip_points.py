"""Points of ZIP codes, for "near me". Schools have coordinates of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from directory.importers import cells
from directory.importers.base import Job, Known, Vintage, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.single import SingleTableImporter
from directory.importers.vintages import month_stamp, names, stated
from directory.models import Release, ZipPoint
from directory.vocab import STATES, Source

MILITARY = ("AA", "AE", "AP")  # mail that is flown out; a few codes have the point of the base abroad
EAST_OF_THE_DATE_LINE = ("FM", "GU", "MH", "MP", "PW")
SOUTH_OF_THE_EQUATOR = ("AS",)
ALEUTIANS = 172.0  # Attu Island, the only part of Alaska with longitudes east of Greenwich
WEST_OF_THE_VIRGIN_ISLANDS = 64.0


@dataclass(frozen=True, slots=True)
class ZipRow:
    """The names are the columns of ZipPoint."""

    zip_code: str
    city: str
    state: str
    latitude: float | None
    longitude: float | None


@register
class ZipImporter(SingleTableImporter):
    source = Source.ZIP_POINTS
    columns = required("zip", "latitude", "longitude", "city", "state")
    feeds_listings = False
    model = ZipPoint
    key = ("zip_code",)
    values = ("city", "state", "latitude", "longitude")

    def vintage(self, table: Table) -> Vintage | None:
        for name in names(table):
            if version := re.search(r"(?<![\d.])\d{1,3}\.\d{1,2}\.\d{1,3}(?![\d.]*\d)", name):
                return stated(version[0])
        return month_stamp(table)

    def parse(self, row: Row) -> Iterable[ZipRow]:
        if not re.fullmatch(r"[0-9]{3,5}", row["zip"]):
            raise BadCell("zip", row["zip"], "not a ZIP code of five digits")
        code = row["zip"].zfill(5)  # spreadsheets eat the leading zeros of the northeast and Puerto Rico
        state = cells.text(row, "state", limit=2, required=True).upper()
        if state not in STATES and state not in MILITARY:
            raise BadCell("state", row["state"], "not a state, a territory or military mail")
        latitude, longitude = _point(row, state)
        yield ZipRow(code, cells.text(row, "city", limit=80, required=True), state, latitude, longitude)

    def place(self, record: ZipRow, known: Known) -> tuple[Any, ...]:
        return astuple(record)

    def absent(self, job: Job, release: Release) -> Absent | None:
        """Codes that the post office gave up."""
        return Absent(within="1 = 1")


def _point(row: Row, state: str) -> tuple[float | None, float | None]:
    """Latitude and longitude, or neither: 0, 0 is how the list says that it knows no place.

    The United States lie west of Greenwich and north of the equator but for some Pacific islands. Elsewhere a
    positive longitude has lost its sign, which is put back; a southern latitude is an error.
    """
    latitude = cells.coordinate(row, "latitude", limit=90)
    longitude = cells.coordinate(row, "longitude", limit=180)
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        return None, None
    if state in MILITARY:
        return latitude, longitude
    if latitude < 0 and state not in SOUTH_OF_THE_EQUATOR:
        raise BadCell("latitude", row["latitude"], f"south of the equator, where {state} is not")
    if longitude > 0 and state not in EAST_OF_THE_DATE_LINE and not (state == "AK" and longitude >= ALEUTIANS):
        if longitude < WEST_OF_THE_VIRGIN_ISLANDS:
            raise BadCell("longitude", row["longitude"], f"not in {state}, with either sign")
        longitude = -longitude
    return latitude, longitude
