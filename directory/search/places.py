"""Where: a ZIP code, a city or a state in the reader's words, as a point or a state."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from directory.models import ZipPoint
from directory.vocab import STATES

USPS_BY_NAME = {name.casefold(): usps for usps, name in STATES.items()}
ZIP = re.compile(r"(\d{5})(?:[- ]?\d{4})?")
LONGEST = 80
LONGEST_STATE = max(len(name.split()) for name in STATES.values())
OTHERS = 3
TYPE_THIS = "Type a ZIP code, a city or a state."
ABBREVIATED = (("Saint", "St"), ("Sainte", "Ste"), ("Fort", "Ft"), ("Mount", "Mt"))


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
    """No place of that name; the message says what can be typed."""


def find_place(text: str) -> Place:
    """Resolve what stands in `where`. Raises UnknownPlace with a message for the reader.

    A bare city name that several states have goes to the one with most ZIP codes, and `also` names the others.
    A name that is both ("Washington", "New York") is the state; "Washington, DC" is the city.
    """
    words = " ".join(text.encode("utf-8", "replace").decode().replace("\x00", " ").split())
    if len(words) > LONGEST:
        raise UnknownPlace(f"That is too long for a place. {TYPE_THIS}")
    if match := ZIP.fullmatch(words):
        return _zip(match[1])
    if words.isdigit():
        raise UnknownPlace(f"A ZIP code has five digits; “{words}” has {len(words)}.")
    if not any(map(str.isalpha, words)):
        raise UnknownPlace(f"“{words}” is no place. {TYPE_THIS}")
    usps = _state(words)
    if usps:
        return Place(STATES[usps], usps)
    city, comma, rest = words.rpartition(",")
    if comma:
        state = _state(rest)
        if state is None:
            raise UnknownPlace(f"“{rest.strip()}” is no state. Type a city and a state, such as Columbus, OH.")
        return _city(city, state)
    front, state = _without_state(words)
    # A city's name may end like a state's ("Fort Washington"), so the whole of it comes first.
    return _city(words, None, or_else=(front, state) if state else None)


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


def _zip(code: str) -> Place:
    found = ZipPoint.objects.filter(pk=code).first()
    if found is None:
        raise UnknownPlace(f"We know no ZIP code {code}. Check the digits, or type a city.")
    if found.latitude is None:
        raise UnknownPlace(f"{code} is a military mail code without a place on the map. Type a city or a state.")
    return Place(f"{code} ({found.city}, {found.state})", found.state, found.latitude, found.longitude)


def _city(city: str, state: str | None, *, or_else: tuple[str, str] | None = None) -> Place:
    name = city.strip(" ,.")
    for spelling in _spellings(name):
        found: list[dict[str, Any]] = list(ZipPoint.objects.city_point(city=spelling, state=state)[: OTHERS + 1])
        if found:
            break
    else:
        if or_else:
            return _city(*or_else)
        where = f" in {STATES[state]}" if state else ""
        raise UnknownPlace(f"We know no city “{name}”{where}. Check the spelling, or type a ZIP code.")
    best, *others = found
    return Place(
        f"{best['city']}, {best['state']}", best["state"], best["mid_latitude"], best["mid_longitude"],
        tuple(f"{other['city']}, {other['state']}" for other in others),
    )  # fmt: skip


def _spellings(name: str) -> list[str]:
    """The name, and how the postal list may write it: no accents, "O Fallon", "Saint" for "St." or the reverse."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode()
    bare = " ".join(re.sub(r"[.'-]", " ", plain).split())
    long, short = bare, bare
    for whole, cut in ABBREVIATED:
        long = re.sub(rf"(?i)\b{cut}\b", whole, long)
        short = re.sub(rf"(?i)\b{whole}\b", cut, short)
    return [spelling for spelling in dict.fromkeys((name, plain, bare, long, short)) if spelling]
