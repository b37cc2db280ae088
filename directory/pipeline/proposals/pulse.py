"""The sign of life of the worker, in the row that people look at while they wait.

It has a thread and a connection of its own: what the worker's connection writes inside the load's transaction nobody
would see, and would be taken back with a preview. While SQLite's one writer is the load itself, no sign gets through;
the page says when the last one came.
"""

from __future__ import annotations

import threading
from typing import Final, Self

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from directory.models import ReleaseProposal

EVERY: Final = 2.0  # seconds
READING, WRITING = "Reading the file", "Comparing with what is held"


class Silent:
    """No signs: where one database connection is all there is."""

    def __init__(self, proposal: ReleaseProposal) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def progress(self, rows: int, fraction: float) -> None:
        """As importers report it: rows read, and how much of the file that is."""


class Pulse(Silent):
    """Writes how far the worker is, every two seconds, as a context manager around its work."""

    def __init__(self, proposal: ReleaseProposal) -> None:
        self.proposal = proposal.pk
        self.phase, self.percent = "Waiting for its turn", 0
        self._stop, self._now, self._written = threading.Event(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        self._now.set()
        self._thread.join()

    def progress(self, rows: int, fraction: float) -> None:
        self.phase, self.percent = f"{READING}: {rows:,} rows", int(fraction * 100)
        if fraction >= 1.0:
            # the load begins to write now, and SQLite may let no sign through until it ends
            self.phase = f"{WRITING}: {rows:,} rows"
            self._written.clear()
            self._now.set()
            self._written.wait(timeout=1)

    def _beat(self) -> None:
        try:
            while not self._stop.is_set():
                self._write()
                self._written.set()
                self._now.wait(timeout=EVERY)
                self._now.clear()
        finally:
            connection.close()

    def _write(self) -> None:
        try:
            ReleaseProposal.objects.filter(pk=self.proposal).update(
                phase=self.phase, progress=self.percent, heartbeat_at=timezone.now()
            )
        except (DatabaseError, InterfaceError):  # busy with the load itself; the next sign comes soon
            connection.close()
