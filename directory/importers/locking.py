"""One import at a time: a second one waits until the first has finished."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

LOCK_NUMBER = 5107  # any number that nothing else in the database uses


@contextmanager
def import_lock() -> Iterator[None]:
    """Holds the import lock of this database; waits for whoever holds it. It falls with the process."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
        return
    with _lock_file().open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _lock_file() -> Path:
    """Beside the database file; for a database in memory, which no other process sees, one per process."""
    name = str(connection.settings_dict["NAME"])
    if name.startswith((":memory:", "file:")):
        return Path(_own_file().name)
    path = Path(name).absolute()
    return path.with_name(path.name + ".import-lock")


@cache
def _own_file() -> Any:
    """A file that goes away with the process."""
    return tempfile.NamedTemporaryFile(prefix="import-", suffix=".lock")
