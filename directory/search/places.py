"""Where: a ZIP code, a city or a state in the reader's words, as a point or a state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from directory.models import ZipPoint
from directory.vocab import STATES

USPS_BY_NAME = {name.casefold(): usps for usps, name in STATES.items()}
ZIP = re.compile(r"(\d{5})(?:[- ]?\d{4})?")
LONGEST = 80
OTHERS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A state (`state` only), or a point with the state that it lies in. `also` are other cities of that name."""

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

    A bare city name that several states have goes to the one with most ZIP codes, and `also` names the others. A
    name that is both ("Washington", "New York") is the state; "Washington, DC" and "New York, NY" are the cities.
    """
    words = " ".join(text.replace("\x00", " ").split())
    if len(words) > LONGEST:
        raise UnknownPlace("That is too long for a place. Type a ZIP code, a city or a state.")
    if match := ZIP.fullmatch(words):
        return _zip(match[1])
    if words.isdigit():
        raise UnknownPlace(f"A ZIP code has five digits; “{words}” has {len(words)}.")
    usps = _state(words)
    if usps:
        return Place(STATES[usps], usps)
    city, comma, rest = words.rpartition(",")
    if comma:
        state = _state(rest)
        if state is None:
            raise UnknownPlace(
                f"“{rest.strip()}” is no state. Type a city and a state, such as Columbus, OH."
            )
        return _city(city, state)
    *front, last = words.split(" ")
    state = _state(last) if front and len(last) == len("OH") else None
    return _city(" ".join(front), state) if state else _city(words, None)


def _state(text: str) -> str | None:
    text = text.strip(" .")
    return text.upper() if text.upper() in STATES else USPS_BY_NAME.get(text.casefold())


def _zip(code: str) -> Place:
    found = ZipPoint.objects.filter(pk=code).first()
    if found is None:
        raise UnknownPlace(f"We know no ZIP code {code}. Check the digits, or type a city.")
    if found.latitude is None:
        raise UnknownPlace(
            f"{code} is a military mail code without a place on the map. Type a city or a state."
        )
    return Place(f"{code} ({found.city}, {found.state})", found.state, found.latitude, found.longitude)


def _city(city: str, state: str | None) -> Place:
    name = city.strip(" ,.")
    found: list[dict[str, Any]] = list(ZipPoint.objects.city_point(city=name, state=state)[: OTHERS + 1])
    if not found and (saint := _other_saint(name)):
        found = list(ZipPoint.objects.city_point(city=saint, state=state)[: OTHERS + 1])
    if not found:
        where = f" in {STATES[state]}" if state else ""
        raise UnknownPlace(f"We know no city “{name}”{where}. Check the spelling, or type a ZIP code.")
    best, *others = found
    return Place(
        f"{best['city']}, {best['state']}", best["state"], best["mid_latitude"], best["mid_longitude"],
        tuple(f"{other['city']}, {other['state']}" for other in others),
    )  # fmt: skip


def _other_saint(name: str) -> str:
    """ "St. Louis" is listed as "Saint Louis" and the reverse."""
    if match := re.match(r"(?i)st\.? (.+)", name):
        return f"Saint {match[1]}"
    if match := re.match(r"(?i)saint (.+)", name):
        return f"St {match[1]}"
    return ""
