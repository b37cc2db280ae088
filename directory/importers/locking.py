"""One import at a time, and one worker: whoever comes second waits until the first has finished."""

from __future__ import annotations

import fcntl
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import IO, Any

from django.db import connection

LOCK_NUMBER = 5107  # any number that nothing else in the database uses
WORK_NUMBER = 5108
LOOK_EVERY = 0.1  # seconds


class ImportRunningError(Exception):
    """Somebody else holds the import lock, and went on holding it."""


@contextmanager
def import_lock(*, patience: float | None = None) -> Iterator[None]:
    """Holds the import lock of this database; waits for whoever holds it. It falls with the process.

    With `patience`, in seconds, the wait ends in ImportRunningError.
    """
    with _held(LOCK_NUMBER, "import", patience):
        yield


@contextmanager
def work_lock(*, patience: float | None = None) -> Iterator[None]:
    """Held by the one worker that looks after proposed files for as long as it lives; otherwise as `import_lock`.

    Whoever holds it knows that whatever a worker had begun has lost its process.
    """
    with _held(WORK_NUMBER, "work", patience):
        yield


@contextmanager
def _held(number: int, name: str, patience: float | None) -> Iterator[None]:
    if connection.vendor == "postgresql":
        _wait(partial(_lock_postgresql, number), patience)
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
        return
    with _lock_file(name).open("w") as file:
        _wait(partial(_lock_file_of, file), patience)
        yield


def _wait(lock: Callable[[bool], bool], patience: float | None) -> None:
    """Call `lock(wait)` until it says that it has the lock, or until the patience ends."""
    if patience is None:
        lock(True)
        return
    give_up_at = time.monotonic() + patience
    while not lock(False):
        if time.monotonic() >= give_up_at:
            raise ImportRunningError
        time.sleep(LOOK_EVERY)


def _lock_postgresql(number: int, wait: bool) -> bool:
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s)", [number])
            return True
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _lock_file_of(file: IO[str], wait: bool) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_file(kind: str = "import") -> Path:
    """Beside the database file; for a database in memory, which no other process sees, one per process."""
    name = str(connection.settings_dict["NAME"])
    if name.startswith((":memory:", "file:")):
        return Path(_own_file(kind).name)
    path = Path(name).absolute()
    return path.with_name(f"{path.name}.{kind}-lock")


@cache
def _own_file(kind: str) -> Any:
    """A file that goes away with the process."""
    return tempfile.NamedTemporaryFile(prefix=f"{kind}-", suffix=".lock")
