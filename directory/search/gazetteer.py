"""Every place that the data knows, in memory: ZIP codes, cities, counties and states."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from directory.models import School, ZipPoint
from directory.search.normalize import name_words
from directory.search.place_names import CITY_NICKNAMES

ABBREVIATED: Final = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "hts": "heights", "spgs": "springs"}
LONGEST_CITY: Final = 5  # words


@dataclass(frozen=True, slots=True)
class City:
    """A city, or a county when the label says so; `size` is its number of ZIP codes (of schools, for a county)."""

    label: str
    name: str
    state: str
    latitude: float
    longitude: float
    size: int


@dataclass(frozen=True, slots=True)
class ZipCode:
    """A ZIP code with its city; no point for military mail."""

    code: str
    city: str
    state: str
    latitude: float | None
    longitude: float | None


@lru_cache(maxsize=32768)
def city_key(name: str) -> str:
    """The folded name, abbreviations written out: "St. Louis" and "SAINT LOUIS" are "saint louis"."""
    words = [ABBREVIATED.get(word, word) for word in name_words(name)]
    if len(words) > 1 and words[0] in ("o", "d"):  # the postal list writes O'Fallon in two words
        words[:2] = ["".join(words[:2])]
    return " ".join(words)


class Gazetteer:
    """Places by folded name. Cities of one name stand biggest first."""

    def __init__(
        self,
        zips: Iterable[tuple[str, str, str, float | None, float | None]],
        counties: Iterable[tuple[str, str, float, float]] = (),
    ) -> None:
        """`zips` are (ZIP, city, state, latitude, longitude), `counties` (county, state, latitude, longitude)."""
        rows = sorted(zips)
        self._codes = array("l", (int(row[0]) for row in rows))
        self._latitudes = array("d", (float("nan") if row[3] is None else row[3] for row in rows))
        self._longitudes = array("d", (float("nan") if row[4] is None else row[4] for row in rows))
        labels: dict[tuple[str, str], int] = {}
        self._city_of = array("l", (labels.setdefault((row[1], row[2]), len(labels)) for row in rows))
        self._cities: list[City] = []
        self._names: dict[str, int | tuple[int, ...]] = {}
        self._city_names = list(labels)
        self._add_cities(rows)
        self._counties = _counties(counties)

    def _add_cities(self, rows: list[tuple[str, str, str, float | None, float | None]]) -> None:
        named: defaultdict[str, list[City]] = defaultdict(list)
        placed = sorted((row for row in rows if row[3] is not None), key=lambda row: (row[1], row[2], row[0]))
        for (name, state), group in groupby(placed, key=lambda row: (row[1], row[2])):
            points = list(group)
            latitude = sum(row[3] or 0.0 for row in points) / len(points)
            longitude = sum(row[4] or 0.0 for row in points) / len(points)
            named[city_key(name)].append(City(f"{name}, {state}", name, state, latitude, longitude, len(points)))
        for key, cities in named.items():
            numbers = []
            for city in sorted(cities, key=lambda each: (-each.size, each.state)):
                numbers.append(len(self._cities))
                self._cities.append(city)
            self._names[key] = numbers[0] if len(numbers) == 1 else tuple(numbers)

    def zip_code(self, code: str) -> ZipCode | None:
        """Five digits; None for a code that does not exist."""
        number = int(code)
        at = bisect_left(self._codes, number)
        if at == len(self._codes) or self._codes[at] != number:
            return None
        city, state = self._city_names[self._city_of[at]]
        latitude, longitude = self._latitudes[at], self._longitudes[at]
        if latitude != latitude:  # NaN: a code without a point
            return ZipCode(code, city, state, None, None)
        return ZipCode(code, city, state, latitude, longitude)

    def cities(self, key: str, state: str | None = None) -> list[City]:
        """Cities of a folded name, biggest first; in one state when it is given."""
        numbers = self._names.get(key, ())
        found = [self._cities[each] for each in ((numbers,) if isinstance(numbers, int) else numbers)]
        return [city for city in found if city.state == state] if state else found

    def nickname(self, key: str) -> City | None:
        """The city that people call so: "philly"."""
        label = CITY_NICKNAMES.get(key)
        if label is None:
            return None
        name, _, state = label.rpartition(", ")
        return next(iter(self.cities(city_key(name), state)), None)

    def counties(self, key: str, state: str | None = None) -> list[City]:
        """Counties of a folded name ("franklin county"), those with most schools first."""
        found = self._counties.get(key, [])
        return [county for county in found if county.state == state] if state else found

    def is_city(self, key: str) -> bool:
        return key in self._names

    def names(self) -> Iterator[tuple[str, int]]:
        """Every folded name of a city with the size of the biggest."""
        for key in self._names:
            yield key, self.cities(key)[0].size

    def __len__(self) -> int:
        return len(self._codes)


def _counties(rows: Iterable[tuple[str, str, float, float]]) -> dict[str, list[City]]:
    """A county's point is the middle of its schools: the data has no other."""
    points: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for county, state, latitude, longitude in rows:
        points[county, state].append((latitude, longitude))
    found: defaultdict[str, list[City]] = defaultdict(list)
    for (county, state), at in sorted(points.items()):
        latitude = sum(each[0] for each in at) / len(at)
        longitude = sum(each[1] for each in at) / len(at)
        found[city_key(county)].append(City(f"{county}, {state}", county, state, latitude, longitude, len(at)))
    for cities in found.values():
        cities.sort(key=lambda each: (-each.size, each.state))
    return dict(found)


def load_gazetteer() -> Gazetteer:
    """Two queries: the ZIP codes, and the schools that have a county and a point."""
    zips = ZipPoint.objects.values_list("zip_code", "city", "state", "latitude", "longitude")
    counties = School.objects.exclude(county="").filter(latitude__isnull=False)
    located = counties.order_by().values_list("county", "state", "latitude", "longitude")
    return Gazetteer(
        zips.order_by().iterator(chunk_size=5_000),
        ((county, state, lat or 0.0, lon or 0.0) for county, state, lat, lon in located),
    )
