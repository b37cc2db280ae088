"""When an accreditor looks again, as files and staff write it: a day in one form, and a word when it has passed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from django.utils.formats import date_format

#: With no-break spaces, as every day on the pages.
DAY: Final = "j\xa0M\xa0Y"
#: "06/10/2025 12:00:00 AM" and "2025-06-10": the forms in which files give a day.
FORMS: Final = (
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})(?: .*)?", re.ASCII),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[ T].*)?", re.ASCII),
)
#: "2028", "Fall 2028", "2028-2029" and "2028-29": a review of two years is due until the second is over.
YEAR: Final = re.compile(r"(?:\w+ )?(\d{4})(?:[-–/](?P<until>\d{4}|\d{2}))?")
PASSED: Final = "; the file tells nothing of its outcome"


def next_review(text: str, today: dt.date, *, of_a_file: bool = True) -> str:
    """ "next review 10 Jun 2028", or that it was due and that we know no more; "" without a text.

    What is no date stands as it was published.
    """
    text = text.strip()
    if not text:
        return ""
    day = _day(text)
    words = date_format(day, DAY) if day else text
    last = _last_year(text)
    passed = day < today if day else bool(last and last < today.year)
    if not passed:
        return f"next review {words}"
    return f"review was due {words}{PASSED if of_a_file else ''}"


def _last_year(text: str) -> int | None:
    """The last year that is meant; None for a text that is no year or two, such as "2028-06", a year and a month."""
    years = YEAR.fullmatch(text)
    if years is None:
        return None
    until = years["until"] or years[1]
    first, last = int(years[1]), int(f"{years[1][:2]}{until}" if len(until) == 2 else until)
    return last if last >= first else None


def _day(text: str) -> dt.date | None:
    for form in FORMS:
        if match := form.fullmatch(text):
            try:
                return dt.date(*(int(match[part]) for part in ("year", "month", "day")))
            except ValueError:
                return None
    return None
