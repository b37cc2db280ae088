"""From records and statements to the one word about a program's CAHIIM accreditation. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from directory.vocab import STANDING_OF, AccreditationStatus, Standing


@dataclass(frozen=True, slots=True)
class Record:
    """An accreditor's record of a program; `checked_on` is when somebody asked the accreditor."""

    status: str
    checked_on: dt.date | None
    ended_on: dt.date | None


def standing(records: Iterable[Record], positive_statements: int, *, today: dt.date, review_days: int) -> Standing:
    """The accreditor's newest word counts: as it is within the review interval, and as *stated* after that.

    A record that has ended says "not accredited", whatever its status. A "no" that is too old to be confirmed
    leaves the program *not confirmed*, also where pages say "accredited": most of them are undated, so nobody
    can tell that they are younger. A page that says "not accredited" confirms nothing either.
    """
    for record in sorted(records, key=lambda record: _order(record, today), reverse=True):
        word = _word(record, today)
        asked = _asked(record, today)
        if asked is not None and (today - asked).days <= review_days:
            return word
        if word is Standing.NOT_ACCREDITED:
            return Standing.NOT_CONFIRMED
        if record.status == AccreditationStatus.ACCREDITED:
            return Standing.STATED
    return Standing.STATED if positive_statements > 0 else Standing.NOT_CONFIRMED


def _word(record: Record, today: dt.date) -> Standing:
    return Standing.NOT_ACCREDITED if _is_over(record, today) else STANDING_OF[record.status]


def _is_over(record: Record, today: dt.date) -> bool:
    return record.ended_on is not None and record.ended_on <= today


def _asked(record: Record, today: dt.date) -> dt.date | None:
    """The day of the check; a day that has not come yet is a slip of the pen and tells nothing."""
    return record.checked_on if record.checked_on and record.checked_on <= today else None


def _order(record: Record, today: dt.date) -> tuple[dt.date, bool]:
    # Of two records asked for on one day, one that runs tells more than one that has ended: programs are
    # accredited anew under another record.
    return _asked(record, today) or dt.date.min, not _is_over(record, today)
