"""How often readers leave for a school: a number per day, listing and kind, nothing about the reader."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import Counter
from typing import Final, NamedTuple

from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections

from directory.engagement.counting import short_transaction
from directory.models import ClickCount, Program, School
from directory.vocab import GoKind

logger = logging.getLogger(__name__)

#: No reader waits longer than this for the counter: an import may hold SQLite's only write lock for a minute, and
#: readers who wait keep the server's few threads from others.
WAIT_MILLISECONDS: Final = 250
#: Nobody waits when a server process ends and writes what it still has.
LAST_WAIT_MILLISECONDS: Final = 10_000
#: More kinds of leaves than this do not wait; nobody can fill the memory of a process while a database is away.
MOST_WAITING: Final = 50_000
#: How each database is told that a value is a day; SQLite keeps days as text, and a cast to "date" makes a number.
DATE: Final = {"postgresql": "date", "sqlite": "text"}


class Leave(NamedTuple):
    """What is counted together. `program` is None where a school's own page was left."""

    day: dt.date
    kind: str
    school: int
    program: int | None


class Waiting:
    """Leaves that found the database busy, in the memory of this process until somebody writes them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, Leave]] = Counter()

    def add(self, using: str, leave: Leave, times: int) -> bool:
        """Whether there was room."""
        with self._lock:
            if (using, leave) not in self._counts and len(self._counts) >= MOST_WAITING:
                return False
            self._counts[using, leave] += times
            return True

    def __bool__(self) -> bool:
        return bool(self._counts)

    def take(self) -> dict[tuple[str, Leave], int]:
        """All of them, for one caller alone: no two threads can write the same ones."""
        if not self._counts:  # read without the lock: most of the time there is nothing
            return {}
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken


waiting: Final = Waiting()


def count_leave(
    *, kind: GoKind, school: School, program: Program | None, day: dt.date, using: str = DEFAULT_DB_ALIAS
) -> bool:
    """Add one to the day's count, exact however many leave at once.

    False, not an error, when the database was busy; the leave is then counted with the next one of this process, or
    by the server's Settler.
    """
    leave = Leave(day, kind.value, school.pk, program.pk if program else None)
    if not _count(leave, 1, using, WAIT_MILLISECONDS):
        return False
    settle(milliseconds=WAIT_MILLISECONDS)
    return True


def settle(*, milliseconds: int = LAST_WAIT_MILLISECONDS) -> int:
    """Write what has been waiting; returns how many leaves wait on."""
    left = 0
    for (using, leave), times in waiting.take().items():
        # After one that is busy the others would be, too.
        if left:
            left += times if waiting.add(using, leave, times) else 0
        elif not _count(leave, times, using, milliseconds):
            left += times
    return left


def _count(leave: Leave, times: int, using: str, milliseconds: int) -> bool:
    """Whether the leaves were written. What was not, and can be later, waits."""
    sent = False
    try:
        with short_transaction(using, milliseconds), connections[using].cursor() as cursor:
            cursor.execute(*_statement(leave, times, connections[using].vendor))
            sent = True
    except DatabaseError as error:
        # A database that fails while it commits may have written it: counted again it might be counted twice. What
        # is no trouble of the moment (the listing is gone meanwhile) stays trouble.
        again = isinstance(error, OperationalError) and not sent and waiting.add(using, leave, times)
        # The type says enough; the message would repeat the statement's values.
        logger.warning("A leave was not counted%s: %s", " yet" if again else "", type(error).__name__)
        return False
    return True


def _statement(leave: Leave, times: int, vendor: str) -> tuple[str, tuple[dt.date | str | int | None, ...]]:
    """One statement, so that two at once cannot both read the old number, for SQLite and PostgreSQL.

    The conflict targets are the two partial unique constraints of ClickCount. A listing that is another one by now
    counts there. PostgreSQL waits for a merge that is under way and then reads where the listing went; SQLite has one
    writer at a time. The place it went to is asked for by itself: a join would lose the row that was waited for.
    """
    table, listing = ClickCount._meta.db_table, (School if leave.program is None else Program)._meta.db_table
    at = "COALESCE(l.merged_into_id, l.id)"
    if leave.program is None:
        one, partial, target = "school_id", "program_id IS NULL", f"{at}, NULL"
    else:
        school = f"(SELECT t.school_id FROM {listing} AS t WHERE t.id = {at})"  # noqa: S608 - only names of ours
        one, partial, target = "program_id", "program_id IS NOT NULL", f"{school}, {at}"
    lock = " FOR KEY SHARE OF l" if vendor == "postgresql" else ""
    sql = (
        f'INSERT INTO {table} (day, kind, school_id, program_id, "count") '  # noqa: S608 - only names of ours
        f"SELECT CAST(%s AS {DATE[vendor]}), %s, {target}, %s FROM {listing} AS l WHERE l.id = %s{lock} "
        f'ON CONFLICT (day, kind, {one}) WHERE {partial} DO UPDATE SET "count" = {table}."count" + excluded."count"'
    )
    return sql, (leave.day, leave.kind, times, leave.school if leave.program is None else leave.program)
