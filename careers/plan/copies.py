"""A plan in words that can be kept: what a shared copy shows, without what concerns only its owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from careers.plan.document import Document, Line
from careers.plan.money import Bill, Cost
from careers.plan.saved import SavedRow


def written(document: Document, rows: Iterable[SavedRow], *, with_notes: bool) -> dict[str, Any]:
    """The copy as JSON: goal, program, pace, steps, costs, saved programs. No place; notes only where asked for."""
    listing = document.listing
    return {
        "goal": {"label": document.goal.label, "url": document.goal.url},
        "program": _program(listing.title, listing.school_name, listing.program.get_absolute_url())
        if listing
        else None,
        "hours": document.settings.hours,
        "start": document.settings.start.isoformat(),
        "length": document.length_words,
        "verdict": document.verdict,
        "lines": [_line(line) for line in document.lines],
        "saved": [
            {
                **_program(row.card["title"], row.card["school_name"], row.card["url"]),
                "place": f"{row.card['city']}, {row.card['state']}",
                "note": row.note if with_notes else "",
            }
            for row in rows
        ],
    }


def read_back(copy: dict[str, Any]) -> dict[str, Any]:
    """What `careers/plan/shared.html` prints, from the JSON of `written`."""
    lines = [
        Line(
            each["key"], each["title"], _day(each["on"]), each["rule"],
            [Cost(**cost) for cost in each["costs"]], _day(each["done"]),
            own=each.get("own", False), warning=each.get("warning", ""),
        )
        for each in copy["lines"]
    ]  # fmt: skip
    bill = Bill(tuple(cost for line in lines for cost in line.costs))
    return {
        **{name: copy[name] for name in ("goal", "program", "hours", "saved")},
        "length_words": copy["length"],
        "verdict": copy.get("verdict"),  # copies of before have none
        "start": _day(copy["start"]),
        "lines": lines,
        "bill": bill,
        "done_count": sum(1 for line in lines if line.done),
    }


def _program(title: str, school: str, url: str) -> dict[str, str]:
    return {"title": title, "school": school, "url": url}


def _line(line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "title": line.title,
        "on": line.on.isoformat() if line.on else None,
        "rule": line.rule,
        "costs": [asdict(cost) for cost in line.costs],
        "done": line.done.isoformat() if line.done else None,
        "own": line.own,
        "warning": line.warning,
    }


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
