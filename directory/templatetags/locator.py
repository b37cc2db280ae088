"""Where a state lies: a small grid of the states with one marked, beside words that say the same."""

from __future__ import annotations

from typing import Any, Final

from django import template

from directory.templatetags.state_map import POSITIONS

register = template.Library()

CELL: Final = 10
GAP: Final = 1


@register.inclusion_tag("partials/charts/locator.html")
def locator(usps: str) -> dict[str, Any]:
    """One path for all states and a mark for the one of that code; nothing for a territory without a tile."""
    side = CELL - GAP
    others = "".join(
        f"M{(column - 1) * CELL} {(row - 1) * CELL}h{side}v{side}h-{side}z"
        for code, (column, row) in POSITIONS.items()
        if code != usps
    )
    column, row = POSITIONS.get(usps, (0, 0))
    return {
        "known": usps in POSITIONS,
        "others": others,
        "x": (column - 1) * CELL,
        "y": (row - 1) * CELL,
        "side": side,
    }
