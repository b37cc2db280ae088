"""A plan as a calendar (RFC 5545) and as a table (CSV)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Final

from icalendar import Calendar, Event

from careers.plan.document import Document, Line
from careers.plan.keeping import Kept
from directory.profiles.export import harmless

COLUMNS: Final = (
    "step", "date", "how_the_date_came_about", "done_on", "cost_of", "cost_usd", "cost_note", "cost_source",
    "cost_year", "cost_url",
)  # fmt: skip
#: Excel takes a file for Latin-1 unless it begins so.
MARK: Final = "\ufeff"


def calendar(kept: Kept, document: Document, *, name: str, host: str) -> bytes:
    """Every step that has a day, as an entry of the whole day that blocks no time.

    A step keeps its UID as long as the plan lives, and SEQUENCE counts the plan's changes, so that a calendar which
    reads the file again moves its entries and doubles none.
    """
    book = Calendar()
    book.add("prodid", f"-//{name}//My plan//EN")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", f"My plan: {document.goal.label}" if document.goal else "My plan")
    for line in document.lines:
        if line.on is not None:
            book.add_component(_entry(line, line.on, kept, host))
    found: bytes = book.to_ical()
    return found


def _entry(line: Line, day: dt.date, kept: Kept, host: str) -> Event:
    entry = Event()
    entry.add("uid", f"{line.key}.{kept.uid}@{host}")
    entry.add("dtstamp", kept.changed_at.astimezone(dt.UTC))
    entry.add("sequence", kept.revision)
    entry.add("dtstart", day)
    # The end of a whole day is the next one; the last day of the calendar has none.
    if day < dt.date.max:
        entry.add("dtend", day + dt.timedelta(days=1))
    entry.add("summary", f"Done: {line.title}" if line.done else line.title)
    entry.add("description", "\n".join([line.rule + ".", *_cost_words(line)]))
    entry.add("transp", "TRANSPARENT")
    entry.add("class", "PRIVATE")
    return entry


def _cost_words(line: Line) -> Iterator[str]:
    for cost in line.costs:
        amount = f"${cost.amount:,}" if cost.amount is not None else "not known"
        yield f"{cost.label}: {amount}. {cost.words}".rstrip()


def table(document: Document) -> str:
    """A row for each cost, one for a step without any; no cell that a spreadsheet would run."""
    out = io.StringIO()
    out.write(MARK)
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for line in document.lines:
        step = [line.title, line.on or "", line.rule, line.done or ""]
        costs = [
            [cost.label, "" if cost.amount is None else cost.amount, cost.words, cost.source, cost.year, cost.url]
            for cost in line.costs
        ]
        for cost in costs or [[""] * 6]:
            rows.writerow([harmless(cell) for cell in (*step, *cost)])
    return out.getvalue()
