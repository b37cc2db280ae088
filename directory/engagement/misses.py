"""Searches that find nothing, counted for staff without keeping who searched, or what one reader alone typed."""

from __future__ import annotations

import datetime as dt
import logging
import re
import unicodedata
from typing import Final

from django.db import DEFAULT_DB_ALIAS, Error, OperationalError, connections
from django.db.models import Case, F, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.engagement.counting import address_of, is_reader, short_transaction
from directory.models import MissedSearch

logger = logging.getLogger(__name__)

#: So many readers must have typed a text on one day before it is kept.
READERS: Final = 3
#: Of a reader nothing stays but so many hexadecimal digits of a digest: 65,536 values, each shared by very many people.
MARK: Final = 4
LONGEST: Final = 80
#: An import may hold SQLite's write lock for a minute; a page does not wait for it at all.
WAIT_MILLISECONDS: Final = 0
#: Somebody who searches for nonsense by machine fills no more rows than this in a month.
MOST_TEXTS: Final = 50_000
MONTHS_WITH_TEXT: Final = 12
#: An e-mail address, also as some people hide it, or digits as in telephone numbers, dates of birth and accounts.
#: ZIP codes (5 digits), CIP codes (51.0707) and prices are shorter.
_PERSONAL: Final = re.compile(r"@|[(\[]at[)\]]|\d{6}|(?:\d[\s().,/+_-]*){7}")


def note_miss(request: HttpRequest, text: str) -> None:
    """Count a search that found nothing. For the results page: it never raises, and never waits for a lock.

    Machines, HEAD requests and pages that a browser fetches ahead of a click are not counted.
    """
    if is_reader(request.method or "", request.headers):
        count_miss(text=text, reader=_reader(request), day=timezone.localdate())


def count_miss(*, text: str, reader: str, day: dt.date, using: str = DEFAULT_DB_ALIAS) -> bool:
    """Add one to the month's count of a text, exact however many search at once; False when that was not possible.

    `reader` is any text that differs from reader to reader. It goes into a digest whose key holds the day and the
    text, so that the marks of two days, or of two texts, cannot be told to be one reader's.
    """
    normal = normal_text(text)
    if not normal:
        return False
    kept = len(normal) <= LONGEST and not _PERSONAL.search(normal)
    digest = _digest("text", normal)[:32] if kept else ""
    mark = _digest(f"reader/{day.isoformat()}/{digest}", reader)[:MARK]
    try:
        with short_transaction(using, WAIT_MILLISECONDS):
            if connections[using].vendor == "postgresql":
                with connections[using].cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit = off")  # a lost count is no harm, a wait is
            counted = _count(day, digest, using)
            if counted and kept:
                _tell_apart(day, digest, mark, normal, using)
    except Error as error:
        # The type says enough; the message would repeat the statement's values.
        level = logging.INFO if isinstance(error, OperationalError) else logging.WARNING
        logger.log(level, "A search without a result was not counted: %s", type(error).__name__)
        return False
    return counted


def normal_text(text: str) -> str:
    """The text in small letters with single blanks and without control characters, so that equal ones are one."""
    whole = unicodedata.normalize("NFKC", text[: LONGEST * 4].encode("utf-8", "replace").decode()).casefold()
    return " ".join("".join(" " if unicodedata.category(each) in ("Cc", "Cf") else each for each in whole).split())


def tidy(*, today: dt.date) -> None:
    """Forget yesterday's readers, texts of one or two readers after a month, and everything after a year: what staff
    decided goes with its text.
    """
    MissedSearch.objects.filter(day__lt=today).update(day=None, marks="")
    MissedSearch.objects.filter(month__lt=_months_before(today, 1), text="").delete()
    MissedSearch.objects.filter(month__lt=_months_before(today, MONTHS_WITH_TEXT)).delete()


def _count(day: dt.date, digest: str, using: str) -> bool:
    """An UPDATE first: it locks the row, so that two at once come one after the other."""
    rows, month = MissedSearch.objects.using(using), day.replace(day=1)
    row = rows.filter(month=month, digest=digest)
    # The day is kept of a text that several readers typed, and of no other.
    if row.update(count=F("count") + 1, last_seen=Case(When(text="", then=None), default=Value(day))):
        return True
    if rows.filter(month=month).count() >= MOST_TEXTS:
        return False
    rows.bulk_create([MissedSearch(month=month, digest=digest)], ignore_conflicts=True)
    return bool(row.update(count=F("count") + 1))


def _tell_apart(day: dt.date, digest: str, mark: str, text: str, using: str) -> None:
    """Remember the reader's mark until the day is over, or the text when enough readers have typed it."""
    rows = MissedSearch.objects.using(using)
    rows.filter(day__lt=day).update(day=None, marks="")
    row = rows.get(month=day.replace(day=1), digest=digest)
    if row.text:
        return
    known = {"day": None, "marks": "", "text": text, "last_seen": day}
    if before := rows.filter(digest=digest).exclude(text="").order_by("-month").first():
        # Several readers typed it in an earlier month. What is not ours stays so; an answer that finds nothing is none.
        if before.decision == MissedSearch.Decision.NOT_OURS:
            known |= {name: getattr(before, name) for name in ("decision", "reason", "decided_on")}
        rows.filter(pk=row.pk).update(**known)
        return
    marks = {row.marks[at : at + MARK] for at in range(0, len(row.marks), MARK)} | {mark}
    if len(marks) < READERS:
        rows.filter(pk=row.pk).update(day=day, marks="".join(sorted(marks)))
    else:
        rows.filter(pk=row.pk).update(**known)


def _digest(purpose: str, value: str) -> str:
    return salted_hmac(f"directory.engagement.misses/{purpose}", value, algorithm="sha256").hexdigest()


def _reader(request: HttpRequest) -> str:
    """Address and agent. Anybody can send another agent, so nothing is lost by believing the header."""
    return f"{address_of(request)}\n{request.headers.get('User-Agent', '')}"


def _months_before(day: dt.date, months: int) -> dt.date:
    """The first day of the month so many months before the day's."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(years, month + 1, 1)
