"""Addresses of the same list with something changed; the query string is the state of a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote_plus

from django.http import QueryDict

#: What counts from a place, and goes with it.
DEPENDENT: Final = ("within", "online_too")


def address(
    data: QueryDict, *, drop: tuple[str, str] | None = None, without: Collection[str] = (), **change: Any
) -> str:
    """The query string without one value, without some parameters, or with others changed; on the first page again.

    Always begins with "?", so that it is a link even when nothing is left. A value that the address writes
    otherwise than it was read ("9000.0", " Columbus") goes with its whole parameter. Leaving a place also leaves
    what counts from it: distance, online programs elsewhere, the nearest first.
    """
    kept = {name: values for name, values in data.lists() if name != "page"}
    gone = set(without)
    if drop:
        name, value = drop
        values = kept.get(name, [])
        kept[name] = [each for each in values if each != value] if value in values else []
        if not kept[name]:
            gone.add(name)
    if "where" in gone:
        gone.update(DEPENDENT)
        if kept.get("sort") == ["distance"]:
            gone.add("sort")
    kept |= {name: [] for name in gone}
    kept |= {name: [str(value)] for name, value in change.items()}
    return "?" + "&".join([_pair(name, value) for name, values in kept.items() for value in values if any(values)])


@lru_cache(maxsize=2_048)
def _pair(name: str, value: str) -> str:
    """One parameter as `urlencode` writes it: a page has dozens of addresses of the same few."""
    return f"{quote_plus(name)}={quote_plus(value)}"


def carried(data: QueryDict, *, but: Iterable[str]) -> list[tuple[str, str]]:
    """The other parameters as (name, value) pairs, for the hidden fields of a form that sets `but`."""
    left_out = {*but, "page"}
    return [(name, value) for name, values in data.lists() if name not in left_out for value in values if value]
