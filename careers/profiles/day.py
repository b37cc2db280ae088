"""A day in timed blocks as a strip: where each lies between the first hour and the last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careers.guides.text import Item
from directory.templatetags.pay_scale import percent

HOUR = 60


def timeline(items: Sequence[Item]) -> dict[str, Any]:
    """{blocks: [{x, width, shade}], ticks: [{x, text}], words}; empty where a time cannot be read."""
    spans = [
        (item.starts.hour * HOUR + item.starts.minute, item.ends.hour * HOUR + item.ends.minute)
        for item in items
        if item.starts and item.ends and item.minutes > 0
    ]
    if not spans or len(spans) != len(items):
        return {}
    first = min(start for start, _ in spans) // HOUR * HOUR
    last = -(-max(end for _, end in spans) // HOUR) * HOUR
    whole = last - first
    step = HOUR if whole <= 6 * HOUR else 2 * HOUR

    def at(minute: int) -> str:
        return percent((minute - first) / whole * 100)

    return {
        "blocks": [
            {"x": at(start), "width": percent((end - start) / whole * 100), "shade": number % 2}
            for number, (start, end) in enumerate(spans)
        ],
        "ticks": [
            {"x": at(minute), "text": clock(minute), "anchor": _anchor(minute, first, last)}
            for minute in range(first, last + 1, step)
        ],
        "words": f"{len(spans)} blocks between {clock(spans[0][0])} and {clock(spans[-1][1])}",
    }


def clock(minute: int) -> str:
    """9 am, 9:30 am, 12 noon."""
    hour, rest = divmod(minute, HOUR)
    if minute == 12 * HOUR:
        return "noon"
    half = "am" if hour % 24 < 12 else "pm"
    return f"{(hour - 1) % 12 + 1}{f':{rest:02d}' if rest else ''} {half}"


def _anchor(minute: int, first: int, last: int) -> str:
    return "start" if minute == first else "end" if minute == last else "middle"
