"""How often somebody may send something, without keeping who it was: the one limiter of the site.

A stretch of time (an hour, a day) has a count in the database, so that all processes count together and a restart
forgets nothing. Its name is a digest under a key that holds purpose and stretch: the next stretch has another one, and
nobody can tell from it whom it was about.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Final, NamedTuple

from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.models import Tally

logger = logging.getLogger(__name__)

MINUTE: Final = 60
QUARTER: Final = 900
HOUR: Final = 3_600
DAY: Final = 86_400
_DIGEST: Final = 32


class Limit(NamedTuple):
    """At most so many in each stretch of so many seconds, which begin at the full hour, minute or day (UTC)."""

    purpose: str
    most: int
    seconds: int


def seconds_to_wait(*counted: tuple[Limit, str], now: dt.datetime | None = None, using: str = DEFAULT_DB_ALIAS) -> int:
    """Count one more of each (a limit, and of whom it counts); 0 while all are kept, else the seconds until they are.

    What is refused by one limit counts for none: somebody who tries on and on uses up nothing that others share.
    Raises DatabaseError.
    """
    moment = now or timezone.now()
    try:
        with transaction.atomic(using=using):
            waits = [wait for limit, whom in counted if (wait := _count(limit, whom, moment, using))]
            if waits:
                raise _Refused(max(waits))
    except _Refused as refused:
        return refused.seconds
    return 0


def forgiving(*counted: tuple[Limit, str], now: dt.datetime | None = None) -> int:
    """As `seconds_to_wait`, for words of readers: when nothing can be counted, nothing is refused."""
    try:
        return seconds_to_wait(*counted, now=now)
    except DatabaseError as error:
        logger.warning("A form was not counted: %s", type(error).__name__)
        return 0


def tidy(*, now: dt.datetime) -> int:
    """Remove the counts of stretches that are over; how many."""
    return Tally.objects.filter(until__lt=now).delete()[0]


class _Refused(Exception):
    """Undoes the counts of this sending."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


def _count(limit: Limit, whom: str, now: dt.datetime, using: str) -> int:
    """The UPDATE locks the row until the transaction ends, so that each of many at once reads its own number."""
    name, until = _name(limit, whom, now)
    rows = Tally.objects.using(using)
    row = rows.filter(digest=name)
    if not row.update(count=F("count") + 1):
        rows.bulk_create([Tally(digest=name, until=until)], ignore_conflicts=True)
        row.update(count=F("count") + 1)
    (count,) = row.values_list("count", flat=True)
    return 0 if count <= limit.most else max(1, int((until - now).total_seconds()))


def _name(limit: Limit, whom: str, now: dt.datetime) -> tuple[str, dt.datetime]:
    stretch = int(now.timestamp()) // limit.seconds
    purpose = f"directory.engagement.limits/{limit.purpose}/{limit.seconds}/{stretch}"
    digest = salted_hmac(purpose, whom, algorithm="sha256").hexdigest()[:_DIGEST]
    return digest, dt.datetime.fromtimestamp((stretch + 1) * limit.seconds, tz=dt.UTC)


def in_words(seconds: int) -> str:
    """A wait as a reader says it: "a minute", "12 minutes", "3 hours"; rounded up."""
    minutes = -(-seconds // MINUTE)
    if minutes < 2:
        return "a minute"
    return f"{minutes} minutes" if minutes < 2 * MINUTE else f"{-(-minutes // MINUTE)} hours"
