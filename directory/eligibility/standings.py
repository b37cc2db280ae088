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
    """Confirmed only within the review interval; older records and pages that say "accredited" are *stated*.

    A page that says "not accredited" confirms nothing either, so without a positive one the program stays
    *not confirmed*: the absence of a confirmed record says nothing.
    """
    stated = positive_statements > 0
    for record in sorted(records, key=lambda record: record.checked_on or dt.date.min, reverse=True):
        if record.ended_on and record.ended_on <= today:
            continue
        fresh = record.checked_on is not None and today - record.checked_on <= dt.timedelta(days=review_days)
        if fresh:
            return STANDING_OF[record.status]
        stated = stated or record.status == AccreditationStatus.ACCREDITED
    return Standing.STATED if stated else Standing.NOT_CONFIRMED
