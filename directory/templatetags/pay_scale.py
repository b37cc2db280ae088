"""Geometry of the pay bars: one axis for all rows, and only percentages of the width.

Presentation attributes in percent need no style attribute, which our content security policy forbids.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from directory.templatetags.figures import amount, figure_value, number
from directory.vocab import Quality

STEPS: Final = (1, 2, 5, 10, 20, 25, 50)
#: Below this share of the width the two end labels of a bar would run into each other on a phone.
NARROW: Final = 26.0


@dataclass(frozen=True, slots=True)
class Axis:
    """The values at the left and right edge, and where the round values between them lie."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low) * 100


def axis_for(values: Iterable[float]) -> Axis | None:
    """An axis with round ticks around the values and a margin of a twentieth; None without values."""
    known = list(values)
    if not known:
        return None
    low, high = min(known), max(known)
    span = (high - low) or abs(high) or 1.0
    low, high = low - span / 20, high + span / 20
    scale = 10.0 ** math.floor(math.log10((high - low) / 5)) if high > low else 1.0
    step = next(step * scale for step in STEPS if (high - low) / (step * scale) <= 6)
    first = math.ceil(low / step)
    ticks = tuple(step * n for n in range(first, math.floor(high / step) + 1))
    return Axis(low, high, ticks)


def percent(value: float) -> str:
    return f"{value:.2f}%"


def brief(value: float) -> str:
    """A tick: "$33k", "$24"."""
    return f"${number(value / 1000)}k" if abs(value) >= 1000 else f"${number(value)}"


def ends(axis: Axis, low: Any, high: Any) -> list[dict[str, str]]:
    """The labels under a bar: one at each end, or one for both where the bar is too short for two."""
    left, right = axis.at(low.value), axis.at(high.value)
    more = "+" if high.quality == Quality.CAPPED else ""
    first, last = brief(low.value), brief(high.value) + more
    if right - left >= NARROW:
        return [
            {"x": percent(left), "anchor": "start", "text": first},
            {"x": percent(right), "anchor": "end", "text": last},
        ]
    at_the_edge = left > 100 - NARROW
    return [
        {
            "x": percent(right if at_the_edge else left),
            "anchor": "end" if at_the_edge else "start",
            "text": f"{first} to {last}",
        }
    ]


def sentence(label: str, figures: Sequence[Any]) -> str:
    """The bar in words, saying only what is known."""
    p10, p25, p50, p75, p90 = figures
    parts = []
    if p10.value is not None:
        parts.append(f"the lowest-paid tenth earn under {amount(p10.value, 'usd')}")
    if p25.value is not None and p75.value is not None:
        parts.append(f"the middle half earn {amount(p25.value, 'usd')} to {amount(p75.value, 'usd')}")
    if p50.value is not None:
        parts.append(f"the median is {figure_value(p50)}")
    if p90.value is not None:
        parts.append(f"the highest-paid tenth earn over {amount(p90.value, 'usd')}")
    text = "; ".join(parts) or "pay is not published"
    return f"{label}: {text}." if label else f"{text[0].upper()}{text[1:]}."


def bar(axis: Axis | None, figures: Sequence[Any]) -> dict[str, Any]:
    """Where the light bar, the dark bar and the median line of a row lie; what is not known is left out."""
    p10, p25, p50, p75, p90 = figures
    drawn: dict[str, Any] = {"ends": []}
    if axis is None:
        return drawn
    for name, low, high in (("full", p10, p90), ("mid", p25, p75)):
        if low.value is not None and high.value is not None:
            left = axis.at(low.value)
            drawn[name] = {"x": percent(left), "width": percent(axis.at(high.value) - left)}
    if "full" in drawn:
        drawn["ends"] = ends(axis, p10, p90)
    if p50.value is not None:
        drawn["median_x"] = percent(axis.at(p50.value))
    return drawn
