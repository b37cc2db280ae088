"""What was made once of a program and is good until the data change: a bounded memory for each worker."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from directory.search.freshness import Snapshot
from directory.search.table.answer import Hit

Made = TypeVar("Made")


class Store(Generic[Made]):
    """Keeps the latest `size` things that `make` made, by program. All of them go when the data change."""

    def __init__(self, make: Callable[[Sequence[Hit], Snapshot], dict[int, Made]], *, size: int) -> None:
        self._make, self._size = make, size
        self._lock = Lock()
        self._token, self._held = "", OrderedDict[int, Made]()

    def of(self, hits: Sequence[Hit], snapshot: Snapshot) -> dict[int, Made]:
        """Program -> what was made of it; those that were not made before are made together.

        A program that went away since the snapshot has none and is left out.
        """
        with self._lock:
            if self._token != snapshot.token:
                self._token, self._held = snapshot.token, OrderedDict()
            held = self._held
            found = {hit.program: held[hit.program] for hit in hits if hit.program in held}
            for program in found:
                held.move_to_end(program)
        if missing := [hit for hit in hits if hit.program not in found]:
            made = self._make(missing, snapshot)
            found |= made
            with self._lock:
                held.update(made)
                while len(held) > self._size:
                    held.popitem(last=False)
        return found

    def forget(self) -> None:
        """Drop everything; for tests."""
        self._token, self._held = "", OrderedDict()
