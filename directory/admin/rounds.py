"""What the desk says of the link checker and the search for duplicates: when they last ran, and what is to be done."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format

from directory.curation import rounds
from directory.curation.rounds import Round

#: Of a worklist: what it lacks while nobody has looked, and what lacks while nobody looks.
LACKS: Final = {
    "links": ("nobody knows which links are broken", "What broke since is not on the list"),
    "duplicates": ("nobody knows which listings may be one", "What came since is not on the list"),
}


class Said(NamedTuple):
    """A sentence or two of a round, for a page; `short` stands beside a number."""

    text: str
    short: str
    command: str
    late: bool


def said(of: Round, *, now: dt.datetime | None = None) -> Said:
    """What the desk says of a round."""
    now = now or timezone.now()
    unknown, since = LACKS[of.kind]
    late = of.is_late(now)
    if of.begun is None:
        return Said(f"{of.looker} has never run, so {unknown}.", "never run", of.command, late)
    ago = _ago(of.ended or of.begun, now)
    words = f"{of.looker} last ran {ago}"
    if of.ended is None and not late:
        words = f"{of.looker} began {ago} and has not ended"
    short = f"looked for {ago}"
    if of.left:
        words += f": it has asked {of.asked:,} of {of.due:,} addresses that were due"
        short += f", {of.left:,} addresses left to ask"
    if late:
        words += f". It is to run every day. {since}"
        short += ": overdue"
    return Said(f"{words}.", short, of.command, late)


def last_said(kind: str) -> Said | None:
    """What the desk says of what fills a worklist; None of one that nothing has to fill."""
    found = rounds.last(kind)
    return said(found) if found else None


def _ago(at: dt.datetime, now: dt.datetime) -> str:
    """ "today at 04:20", "yesterday", "3 days ago" in whole days of UTC."""
    days = (now.date() - at.date()).days
    if days < 1:
        return f"today at {date_format(at, 'H:i')} UTC"
    if days == 1:
        return f"yesterday at {date_format(at, 'H:i')} UTC"
    return f"{days:,} days ago"
