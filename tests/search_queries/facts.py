"""What the starter catalogue knows of schools and places, read from the archive that ships with the site."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Final

CATALOGUE: Final = Path(__file__).resolve().parents[2] / "directory" / "starter" / "catalogue.zip"
#: IPEDS' own numbers.
CONTROL: Final = {"1": "public", "2": "nonprofit", "3": "for-profit"}
EARTH_MILES: Final = 3958.8
Point = tuple[float, float]


@dataclass(frozen=True)
class Facts:
    """Control and point by unitid; points of ZIP codes and of cities ("Columbus, OH": the middle of its ZIP codes)."""

    control: dict[int, str]
    schools: dict[int, Point]
    places: dict[str, Point]

    def miles(self, unitid: int, place: str) -> float:
        """Great circle from the school's own point; infinite when the school has none. KeyError: no such place."""
        there = self.places[place]
        here = self.schools.get(unitid)
        return math.inf if here is None else great_circle(here, there)


def great_circle(one: Point, other: Point) -> float:
    """Haversine distance in miles."""
    south, west, north, east = (math.radians(angle) for angle in (*one, *other))
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * EARTH_MILES * math.asin(min(1.0, math.sqrt(half)))


@cache
def starter_facts() -> Facts:
    """The facts of the catalogue that ships; read once."""
    with zipfile.ZipFile(CATALOGUE) as archive:
        schools = [row for row in _rows(archive, "directory.school") if row["unitid"]]
        zips = [row for row in _rows(archive, "directory.zippoint") if row["latitude"]]
    cities: dict[str, list[Point]] = {}
    places: dict[str, Point] = {}
    for row in zips:
        point = (float(row["latitude"]), float(row["longitude"]))
        places[row["zip_code"]] = point
        cities.setdefault(f"{row['city']}, {row['state']}", []).append(point)
    places |= {city: (fmean(p[0] for p in points), fmean(p[1] for p in points)) for city, points in cities.items()}
    return Facts(
        control={int(row["unitid"]): CONTROL.get(row["control"], "") for row in schools},
        schools={
            int(row["unitid"]): (float(row["latitude"]), float(row["longitude"])) for row in schools if row["latitude"]
        },
        places=places,
    )


def _rows(archive: zipfile.ZipFile, table: str) -> Iterator[dict[str, str]]:
    with archive.open(f"{table}.csv") as member:
        yield from csv.DictReader(io.TextIOWrapper(member, "utf-8", newline=""))
