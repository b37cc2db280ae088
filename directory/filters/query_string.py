"""Addresses of the same list with one thing changed; the query string is the state of a list."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict


def without(data: QueryDict, name: str, value: str | None = None) -> str:
    """The query string without a parameter, or without one value of it; the page starts again at the first.

    Always begins with "?", so that it is a link even when nothing is left.
    """
    changed = data.copy()
    changed.pop("page", None)
    if value is None:
        changed.pop(name, None)
    else:
        kept = [other for other in changed.getlist(name) if other.lower() != value.lower()]
        if kept:
            changed.setlist(name, kept)
        else:
            changed.pop(name, None)
    return f"?{changed.urlencode()}"


def carried(data: QueryDict, *, but: Iterable[str]) -> list[tuple[str, str]]:
    """The other parameters as (name, value) pairs, for the hidden fields of a form that sets `but`."""
    left_out = {*but, "page"}
    return [(name, value) for name, values in data.lists() if name not in left_out for value in values if value]
