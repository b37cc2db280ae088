"""How often readers leave for a school: a number per day, listing and kind, nothing about the reader."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from directory.models import ClickCount, Program, School
from directory.vocab import GoKind

logger = logging.getLogger(__name__)

#: No reader waits longer than this for the counter. An import may hold SQLite's only write lock for a minute.
WAIT_MILLISECONDS: Final = 2_000
#: Programs that follow links say so, most of them; what does not is counted as a reader.
MACHINES: Final = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|embedly|whatsapp|monitor|uptime|lighthouse|"
    r"headless|scrapy|curl|wget|python|httpx|aiohttp|okhttp|axios|node-fetch|go-http-client|java/|libwww|perl|ruby",
    re.IGNORECASE,
)


def is_reader(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request is a person leaving: a GET, not fetched ahead of a click, by no obvious machine.

    `headers` as in `request.headers`. They are looked at and forgotten.
    """
    purpose = " ".join(headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz")).lower()
    agent = headers.get("User-Agent", "")
    return method == "GET" and "prefetch" not in purpose and bool(agent) and not MACHINES.search(agent)


def count_leave(
    *, kind: GoKind, school: School, program: Program | None, day: dt.date, using: str = DEFAULT_DB_ALIAS
) -> bool:
    """Add one to the day's count, exact however many leave at once. False, not an error, when it failed."""
    connection = connections[using]
    try:
        with short_wait(connection), transaction.atomic(using=using), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"SET LOCAL lock_timeout = {WAIT_MILLISECONDS}")
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


@contextmanager
def short_wait(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Makes SQLite give up on the write lock sooner; it waits for it when the transaction starts."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
