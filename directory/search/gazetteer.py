"""Every place that the data knows, in memory: ZIP codes, cities, counties and states."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import nan
from typing import Final, NamedTuple

import numpy as np

from directory.models import School, ZipPoint
from directory.search.normalize import name_words
from directory.search.place_names import CITY_NICKNAMES
from directory.search.texts import Index, Texts
from directory.vocab import STATES

#: What stands before an apostrophe: the postal list writes O'Fallon and Coeur d'Alene as words of their own.
BEFORE_APOSTROPHE: Final = frozenset(("o", "d", "l"))
ABBREVIATED: Final = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "hts": "heights", "spgs": "springs"}
LONGEST_CITY: Final = 5  # words
REMEMBERED: Final = 500


class City(NamedTuple):
    """A city, or a county when the label says so; `size` is its number of ZIP codes (of schools, for a county)."""

    label: str
    name: str
    state: str
    latitude: float
    longitude: float
    size: int


class ZipCode(NamedTuple):
    """A ZIP code with its city; no point for military mail."""

    code: str
    city: str
    state: str
    latitude: float | None
    longitude: float | None


@lru_cache(maxsize=2048)
def city_key(name: str) -> str:
    """The folded name, abbreviations written out: "St. Louis" and "SAINT LOUIS" are "saint louis"."""
    return place_key(name_words(name))


def place_key(words: Iterable[str]) -> str:
    """The same from folded words: "coeur d alene" is "coeur dalene"."""
    found: list[str] = []
    for word in words:
        whole = ABBREVIATED.get(word, word)
        if found and found[-1] in BEFORE_APOSTROPHE:
            found[-1] += whole
        else:
            found.append(whole)
    return " ".join(found)


class Gazetteer:
    """Places by folded name. Cities of one name stand biggest first; each has a number."""

    def __init__(
        self,
        zips: Iterable[tuple[str, str, str, float | None, float | None]],
        counties: Iterable[tuple[str, str, float, float]] = (),
    ) -> None:
        """`zips` are (ZIP, city, state, latitude, longitude), `counties` (county, state, latitude, longitude)."""
        codes, of, latitudes, longitudes = array("I"), array("I"), array("d"), array("d")
        cities: dict[tuple[str, str], int] = {}
        for code, city, state, latitude, longitude in zips:
            codes.append(int(code))
            of.append(cities.setdefault((city, state), len(cities)))
            # Some lists give military mail the point of a post office abroad: nobody looks for a school near that.
            latitudes.append(nan if latitude is None or state not in STATES else latitude)
            longitudes.append(nan if longitude is None or state not in STATES else longitude)
        order = np.argsort(np.array(codes, np.uint32), kind="stable")
        self._latitudes, self._longitudes = np.array(latitudes)[order], np.array(longitudes)[order]
        self._codes = array("I", np.array(codes, np.uint32)[order].tobytes())
        place_of = self._add_cities(list(cities), np.array(of, np.uint32)[order])
        self._city_of = place_of[np.array(of, np.uint32)[order]]
        self._counties = _counties(counties)
        self._read: dict[str, list[City]] = {}

    def _add_cities(self, cities: list[tuple[str, str]], of: np.ndarray) -> np.ndarray:
        """Number the cities by folded name and size; returns the new number of each that was given."""
        placed = ~np.isnan(self._latitudes)
        sizes = np.bincount(of[placed], minlength=len(cities))
        keys = [city_key(name) for name, _ in cities]
        order = sorted(range(len(cities)), key=lambda at: (keys[at], -int(sizes[at]), cities[at][1]))
        numbers = np.empty(len(cities), np.uint32)
        numbers[order] = np.arange(len(cities), dtype=np.uint32)
        self._sizes = array("H", (int(sizes[at]) for at in order))
        with np.errstate(invalid="ignore"):
            means = [
                np.bincount(of[placed], weights=points[placed], minlength=len(cities)) / sizes
                for points in (self._latitudes, self._longitudes)
            ]
        self._points = np.array(means).T[order] if cities else np.empty((0, 2))
        names = sorted({name for name, _ in cities})
        place = {name: at for at, name in enumerate(names)}
        self._city_names = Texts(names)
        self._name_of = array("H" if len(names) < 65_536 else "I", (place[cities[at][0]] for at in order))
        self._states = sorted({state for _, state in cities})
        self._state_of = array("H", (self._states.index(cities[at][1]) for at in order))
        firsts: dict[str, int] = {}
        for at, city in enumerate(order):
            if sizes[city]:  # a name of military mail only is no place
                firsts.setdefault(keys[city], at)
        self._keys, self._index = Texts(firsts), Index(firsts)
        self._firsts = array("I", [*firsts.values(), len(cities)])
        return numbers

    def zip_code(self, code: str) -> ZipCode | None:
        """Five digits; None for a code that does not exist."""
        number = int(code)
        at = bisect_left(self._codes, number)
        if at == len(self._codes) or self._codes[at] != number:
            return None
        city = int(self._city_of[at])
        name, state = self._city_names[self._name_of[city]], self._states[self._state_of[city]]
        latitude, longitude = float(self._latitudes[at]), float(self._longitudes[at])
        if latitude != latitude:  # NaN: a code without a point
            return ZipCode(code, name, state, None, None)
        return ZipCode(code, name, state, latitude, longitude)

    def city(self, number: int) -> City:
        """The city of a number."""
        name, state = self._city_names[self._name_of[number]], self._states[self._state_of[number]]
        latitude, longitude = self._points[number]
        return City(f"{name}, {state}", name, state, float(latitude), float(longitude), self._sizes[number])

    def numbers(self, key: str) -> range:
        """Numbers of the cities of a folded name, biggest first."""
        at = self._index.get(key)
        if at < 0:
            return range(0)
        end = self._firsts[at + 1]
        while not self._sizes[end - 1]:  # military mail stands last
            end -= 1
        return range(self._firsts[at], end)

    def cities(self, key: str, state: str | None = None) -> list[City]:
        """Cities of a folded name, biggest first; in one state when it is given."""
        found = self._read.get(key)
        if found is None:
            if key not in self._index:
                return []
            if len(self._read) >= REMEMBERED:
                self._read.clear()
            found = self._read[key] = [*map(self.city, self.numbers(key))]
        return [city for city in found if city.state == state] if state else list(found)

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
        return key in self._index

    def names(self) -> Iterator[tuple[str, int]]:
        """Every folded name of a city with the size of the biggest."""
        for at, key in enumerate(self._keys):
            yield key, self._sizes[self._firsts[at]]

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
    counties = School.objects.public().exclude(county="").filter(latitude__isnull=False)
    located = counties.order_by().values_list("county", "state", "latitude", "longitude")
    return Gazetteer(
        zips.order_by().iterator(chunk_size=2_000),
        ((county, state, lat or 0.0, lon or 0.0) for county, state, lat, lon in located),
    )
