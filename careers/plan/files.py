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
from careers.plan.verdict import plain
from directory.profiles.export import harmless
from directory.templatetags.figures import silent_since

COLUMNS: Final = (
    "step", "date", "how_the_date_came_about", "done_on", "cost_of", "cost_usd", "cost_note", "cost_source",
    "cost_year", "cost_url",
)  # fmt: skip
#: Excel takes a file for Latin-1 unless it begins so.
MARK: Final = "\ufeff"


def calendar(kept: Kept, document: Document, *, name: str, host: str, now: dt.datetime) -> bytes:
    """Every step that has a day, as an entry of the whole day that blocks no time.

    A step keeps its UID as long as the plan lives, and a later file has a higher SEQUENCE, so that a calendar which
    reads it moves its entries and doubles none, also when a fact of ours has moved a day and not the reader. A step
    that the reader agreed to and that has no day any more is cancelled.
    """
    book = Calendar()
    book.add("prodid", f"-//{name}//My plan//EN")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", f"My plan: {document.goal.label}" if document.goal else "My plan")
    warning = plain(document.verdict)
    for line in document.lines:
        if line.on is not None:
            book.add_component(_entry(line, line.on, kept, host, now, warning))
    there = {line.key for line in document.lines if line.on is not None}
    for key, (title, day, *_) in {**kept.dropped, **kept.seen}.items():
        if key not in there and day:
            gone = Line(key, f"Not planned any more: {title}", None, "Taken out of the plan", [], None)
            entry = _entry(gone, dt.date.fromisoformat(day), kept, host, now, "")
            entry.add("status", "CANCELLED")
            book.add_component(entry)
    found: bytes = book.to_ical()
    return found


def _entry(line: Line, day: dt.date, kept: Kept, host: str, now: dt.datetime, warning: str) -> Event:
    entry = Event()
    entry.add("uid", f"{line.key}.{kept.uid}@{host}")
    entry.add("dtstamp", now.astimezone(dt.UTC))
    entry.add("sequence", int((now - EPOCH).total_seconds()) + kept.revision)
    entry.add("dtstart", day)
    # The end of a whole day is the next one; the last day of the calendar has none.
    if day < dt.date.max:
        entry.add("dtend", day + dt.timedelta(days=1))
    said = [warning] if warning and line.key in WARNED else []
    entry.add("summary", f"Done: {line.title}" if line.done else line.title)
    entry.add("description", "\n".join([line.rule + ".", *filter(None, [line.warning]), *_cost_words(line), *said]))
    entry.add("transp", "TRANSPARENT")
    entry.add("class", "PRIVATE")
    return entry


#: The steps that cost money because of the exam: whoever takes them reads first whether it can be sat at all.
WARNED: Final = frozenset({"apply", "exam-apply", "exam"})
#: SEQUENCE is a number of 31 bits that may only grow: seconds since then last longer than any plan.
EPOCH: Final = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def _cost_words(line: Line) -> Iterator[str]:
    for cost in line.costs:
        amount = f"${cost.amount:,}" if cost.amount is not None else "not known"
        yield f"{cost.label}: {amount}. {cost.words}".rstrip()


def _answering(url: str) -> str:
    """The address, unless nobody answers there."""
    return "" if silent_since(url) else url


def table(document: Document) -> str:
    """A row for each cost, one for a step without any; no cell that a spreadsheet would run.

    For an exam the first row says whether the program leads to it.
    """
    out = io.StringIO()
    out.write(MARK)
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    if verdict := document.verdict:
        first = [verdict["headline"], "", plain(verdict), "", *[""] * 6]
        rows.writerow([harmless(cell) for cell in first])
    for line in document.lines:
        step = [line.title, line.on or "", " ".join(filter(None, (line.rule, line.warning))), line.done or ""]
        costs = [
            [
                cost.label,
                "" if cost.amount is None else cost.amount,
                cost.words,
                cost.source,
                cost.year,
                _answering(cost.url),
            ]
            for cost in line.costs
        ]
        for cost in costs or [[""] * 6]:
            rows.writerow([harmless(cell) for cell in (*step, *cost)])
    return out.getvalue()
