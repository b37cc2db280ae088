"""How often readers leave for a school: a number per day, listing and kind, nothing about the reader."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Final

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from directory.engagement.counting import short_transaction
from directory.models import ClickCount, Program, School
from directory.vocab import GoKind

logger = logging.getLogger(__name__)

#: No reader waits longer than this for the counter. An import may hold SQLite's only write lock for a minute.
WAIT_MILLISECONDS: Final = 2_000


def count_leave(
    *, kind: GoKind, school: School, program: Program | None, day: dt.date, using: str = DEFAULT_DB_ALIAS
) -> bool:
    """Add one to the day's count, exact however many leave at once. False, not an error, when it failed."""
    try:
        with short_transaction(using, WAIT_MILLISECONDS), connections[using].cursor() as cursor:
            cursor.execute(*_add_one(kind, school.pk, program.pk if program else None, day))
    except DatabaseError as error:
        # The type says enough; the message would repeat the statement's values.
        logger.warning("A leave was not counted: %s", type(error).__name__)
        return False
    return True


def _add_one(
    kind: GoKind, school: int, program: int | None, day: dt.date
) -> tuple[str, tuple[dt.date | str | int | None, ...]]:
    """One statement, so that two at once cannot both read the old number, for SQLite and PostgreSQL.

    The conflict targets are the two partial unique constraints of ClickCount.
    """
    one = "school_id" if program is None else "program_id"
    partial = "program_id IS NULL" if program is None else "program_id IS NOT NULL"
    table = ClickCount._meta.db_table
    sql = (
        f'INSERT INTO {table} (day, kind, school_id, program_id, "count") VALUES (%s, %s, %s, %s, 1) '  # noqa: S608 - only names of ours
        f'ON CONFLICT (day, kind, {one}) WHERE {partial} DO UPDATE SET "count" = {table}."count" + 1'
    )
    return sql, (day, kind.value, school, program)
