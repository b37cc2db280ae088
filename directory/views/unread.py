"""Parameters on pages that take none: said, not ignored."""

from __future__ import annotations

from django.http import HttpRequest

from directory.filters.fields import quoted
from directory.filters.parameters import without_tracking


def unread(request: HttpRequest, *known: str) -> list[str]:
    """A sentence about the parameters that the page does not know; empty when there are none."""
    names = sorted(set(without_tracking(request.GET)) - set(known))
    return [f"This page has no filter {quoted(names)}."] if names else []
