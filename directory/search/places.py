"""Where: a ZIP code, a city, a county or a state in the reader's words, as a point or a state."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.search.freshness import current
from directory.search.gazetteer import City, Gazetteer, city_key
from directory.search.normalize import name_words
from directory.search.place_names import STATE_NAMES
from directory.vocab import STATES

ZIP: Final = re.compile(r"(\d{5})(?:[- ]?\d{4})?", re.ASCII)
LONGEST: Final = 80
LONGEST_STATE: Final = max(len(name.split()) for name in STATE_NAMES)
OTHERS: Final = 3
TYPE_THIS: Final = "Type a ZIP code, a city or a state."
USPS_BY_NAME: Final = {**{name.casefold(): usps for usps, name in STATES.items()}, **STATE_NAMES}
#: Shorter names are too like one another to guess at.
SHORTEST_GUESS: Final = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A state (`state` only), or a point in a state. `also` are other cities of that name."""

    label: str
    state: str
    latitude: float | None = None
    longitude: float | None = None
    also: tuple[str, ...] = ()

    @property
    def is_point(self) -> bool:
        return self.latitude is not None


class UnknownPlace(ValueError):
    """No place of that name; the message says what can be typed, and `guess` is a place that may be meant."""

    def __init__(self, message: str, guess: str = "") -> None:
        super().__init__(message)
        self.guess = guess


def find_place(text: str, gazetteer: Gazetteer | None = None) -> Place:
    """Resolve what stands in `where`. Raises UnknownPlace with a message for the reader.

    A bare city name that several states have goes to the one with most ZIP codes, and `also` names the others.
    A name that is both ("Washington", "New York") is the state; "Washington, DC" is the city. A county
    ("Franklin County, OH") is the middle of its schools. Asks the database nothing but the token.
    """
    known = gazetteer or current().vocabulary.gazetteer
    words = " ".join(text.encode("utf-8", "replace").decode().replace("\x00", " ").split())
    if len(words) > LONGEST:
        raise UnknownPlace(f"That is too long for a place. {TYPE_THIS}")
    if match := ZIP.fullmatch(words):
        return _zip(match[1], known)
    if words.isdigit():
        raise UnknownPlace(f"A ZIP code has five digits; “{words}” has {len(words)}.")
    if not any(map(str.isalpha, words)):
        raise UnknownPlace(f"“{words}” is no place. {TYPE_THIS}")
    usps = _state(words)
    if usps:
        return Place(STATES[usps], usps)
    if called := known.nickname(" ".join(name_words(words))):
        return _place([called])
    city, comma, rest = words.rpartition(",")
    if comma:
        state = _state(rest)
        if state is None:
            raise UnknownPlace(f"“{rest.strip()}” is no state. Type a city and a state, such as Columbus, OH.")
        return _city(city, state, known)
    front, state = _without_state(words)
    # A city's name may end like a state's ("Fort Washington"), so the whole of it comes first.
    return _city(words, None, known, or_else=(front, state) if state else None)


def _state(text: str) -> str | None:
    text = text.strip(" .")
    code = text.replace(".", "").upper()
    return code if code in STATES else USPS_BY_NAME.get(text.casefold())


def _without_state(words: str) -> tuple[str, str | None]:
    """The words in front of a state at their end, and that state: "Columbus OH", "Fargo North Dakota"."""
    parts = words.split(" ")
    for size in range(1, min(LONGEST_STATE, len(parts) - 1) + 1):
        if state := _state(" ".join(parts[-size:])):
            return " ".join(parts[:-size]), state
    return words, None


def _zip(code: str, known: Gazetteer) -> Place:
    found = known.zip_code(code)
    if found is None:
        raise UnknownPlace(f"We know no ZIP code {code}. Check the digits, or type a city.")
    if found.latitude is None:
        raise UnknownPlace(f"{code} is a military mail code without a place on the map. Type a city or a state.")
    return Place(f"{code} ({found.city}, {found.state})", found.state, found.latitude, found.longitude)


def _city(city: str, state: str | None, known: Gazetteer, *, or_else: tuple[str, str] | None = None) -> Place:
    name = city.strip(" ,.")
    key = city_key(unicodedata.normalize("NFKD", name))
    found = known.cities(key, state) or known.counties(key, state)
    if found:
        return _place(found)
    if or_else:
        return _city(*or_else, known)
    where = f" in {STATES[state]}" if state else ""
    guess = _guess(key, state, known)
    advice = f"Did you mean {guess}?" if guess else "Check the spelling, or type a ZIP code."
    raise UnknownPlace(f"We know no city “{name}”{where}. {advice}", guess or "")


def _place(found: list[City]) -> Place:
    best, *others = found
    also = tuple(other.label for other in others[:OTHERS])
    return Place(best.label, best.state, best.latitude, best.longitude, also)


def _guess(key: str, state: str | None, known: Gazetteer) -> str:
    """The place that was probably meant: up to two letters off, the biggest of the nearest."""
    if len(key) < SHORTEST_GUESS:
        return ""
    most = 1 if len(key) == SHORTEST_GUESS else 2
    names = dict(known.names())
    hits = process.extract(key, [*names, *STATE_NAMES], scorer=OSA.distance, score_cutoff=most, limit=None)
    for name, *_ in sorted(hits, key=lambda hit: (hit[1], hit[0] not in STATE_NAMES, -names.get(hit[0], 0))):
        if name in STATE_NAMES and state is None:
            return STATES[STATE_NAMES[name]]
        cities = known.cities(name, state)
        if cities:
            return cities[0].label
    return ""
