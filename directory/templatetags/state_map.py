"""The states as a grid of equal tiles, so that a small state is as easy to press as a large one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import template

from directory.templatetags.figures import number
from directory.vocab import STATES

register = template.Library()

#: Column and row of each tile; neighbours stay neighbours where the grid allows it.
POSITIONS: Final[dict[str, tuple[int, int]]] = {
    "AK": (1, 1), "ME": (11, 1),
    "VT": (10, 2), "NH": (11, 2),
    "WA": (1, 3), "ID": (2, 3), "MT": (3, 3), "ND": (4, 3), "MN": (5, 3), "IL": (6, 3), "WI": (7, 3),
    "MI": (8, 3), "NY": (9, 3), "RI": (10, 3), "MA": (11, 3),
    "OR": (1, 4), "NV": (2, 4), "WY": (3, 4), "SD": (4, 4), "IA": (5, 4), "IN": (6, 4), "OH": (7, 4),
    "PA": (8, 4), "NJ": (9, 4), "CT": (10, 4),
    "CA": (1, 5), "UT": (2, 5), "CO": (3, 5), "NE": (4, 5), "MO": (5, 5), "KY": (6, 5), "WV": (7, 5),
    "VA": (8, 5), "MD": (9, 5), "DE": (10, 5),
    "AZ": (2, 6), "NM": (3, 6), "KS": (4, 6), "AR": (5, 6), "TN": (6, 6), "NC": (7, 6), "SC": (8, 6),
    "DC": (9, 6),
    "OK": (4, 7), "LA": (5, 7), "MS": (6, 7), "AL": (7, 7), "GA": (8, 7),
    "HI": (1, 8), "TX": (4, 8), "FL": (9, 8), "PR": (11, 8),
}  # fmt: skip

SHADES: Final = 5


def steps_of(counts: Iterable[int]) -> list[tuple[int, int]]:
    """Up to five ranges (lowest, highest) that each hold about as many states; zero belongs to none."""
    known = sorted(count for count in counts if count > 0)
    if not known:
        return []
    cuts = sorted({known[len(known) * n // SHADES] for n in range(SHADES)})
    highs = [cut - 1 for cut in cuts[1:]] + [known[-1]]
    return list(zip(cuts, highs, strict=True))


def shade_of(count: int, steps: list[tuple[int, int]]) -> str:
    """The css class q0..q4 of a count; the darkest is always the highest step. q-none for zero."""
    for index, (low, high) in enumerate(steps):
        if low <= count <= high:
            return f"q{index + SHADES - len(steps)}"
    return "q-none"


def step_words(steps: list[tuple[int, int]]) -> list[dict[str, str]]:
    """The legend: css class and range in words of each step, lightest first."""
    words = []
    for low, high in steps:
        if low == high:
            text = number(low)
        elif (low, high) == steps[-1]:
            text = f"{number(low)} or more"
        else:
            text = f"{number(low)} to {number(high)}"
        words.append({"css": shade_of(low, steps), "text": text})
    return words


@register.inclusion_tag("partials/charts/tile_map.html")
def tile_map(states: Iterable[Mapping[str, Any]], *, noun: str = "program") -> dict[str, Any]:
    """Tiles for {usps, count} rows, the territories that have no tile as a list, and the legend.

    A state without a row is drawn with the count 0. Links go to the state's page.
    """
    counts = {str(row["usps"]).upper(): int(row["count"]) for row in states}
    steps = steps_of(counts.get(usps, 0) for usps in POSITIONS)
    places = [
        {
            "usps": usps,
            "slug": usps.lower(),
            "name": name,
            "count": counts.get(usps, 0),
            "words": f"{number(counts.get(usps, 0))} {noun}{'' if counts.get(usps, 0) == 1 else 's'}",
            "css": shade_of(counts.get(usps, 0), steps),
            "column": POSITIONS.get(usps, (0, 0))[0],
            "row": POSITIONS.get(usps, (0, 0))[1],
        }
        for usps, name in sorted(STATES.items(), key=lambda item: item[1])
    ]
    return {
        "tiles": [place for place in places if place["column"]],
        "territories": [place for place in places if not place["column"] and place["count"]],
        "steps": step_words(steps),
        "has_none": any(place["css"] == "q-none" for place in places if place["column"]),
        "noun": noun,
    }
