"""A worker of another process, as far as its lock shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from directory.importers.locking import WORK_NUMBER, work_lock


@contextmanager
def another_worker() -> Iterator[None]:
    """Holds the lock of the worker; on PostgreSQL over another connection, since nobody waits for a lock of his own."""
    if connection.vendor != "postgresql":
        with work_lock():
            yield
        return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [WORK_NUMBER])
        yield
    finally:
        other.close()
