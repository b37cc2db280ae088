"""Writes leaves that a busy database kept waiting, also where no later leave brings them along."""

from __future__ import annotations

import threading
from typing import Final

from django.db import connections

from directory.engagement import clicks

#: Seconds between two looks. A look at nothing costs nothing.
EVERY: Final = 2.0


class Settler:
    """A thread of a server process, from its start to its end."""

    def __init__(self, every: float = EVERY) -> None:
        self._every = every
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="leaves", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End it, and write what is left; for a process that is about to end."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(clicks.LAST_WAIT_MILLISECONDS / 1000)
        clicks.settle()

    def _run(self) -> None:
        while not self._end.wait(self._every):
            if clicks.waiting:
                clicks.settle(milliseconds=clicks.WAIT_MILLISECONDS)
                connections.close_all()  # those of this thread
