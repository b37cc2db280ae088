"""The sign of life of the worker, for the page that people look at while they wait.

It lies in a small file beside the proposed files, which web server and worker share already. In the database nobody
would see it: what the worker writes inside the load's transaction shows when that ends, and while SQLite's one writer
is the load itself no other connection gets a word in.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from django.utils import timezone

from directory.importers import phases
from directory.models import ReleaseProposal
from directory.pipeline.proposals.store import PRIVATE, root

EVERY: Final = 2.0  # seconds
READING: Final = "Reading the file"
WAITING: Final = "Waiting for its turn"


@dataclass(frozen=True, slots=True)
class Sign:
    """What the worker is doing, how far it is in percent (None where nobody can tell), and when it said so."""

    phase: str
    percent: int | None
    at: dt.datetime


class Silent:
    """No signs: where nobody waits at a page."""

    def __init__(self, proposal: ReleaseProposal) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def progress(self, rows: int, fraction: float) -> None:
        """As importers report it: rows read, and how much of the file that is."""


class Pulse(Silent):
    """Writes what the worker does and how far it is, every two seconds, as a context manager around its work."""

    def __init__(self, proposal: ReleaseProposal) -> None:
        self.path = path_of(proposal)
        self.phase, self.percent = WAITING, None
        self._stop, self._writing = threading.Event(), threading.Lock()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)
        self._hearing = ExitStack()

    phase: str
    percent: int | None

    def __enter__(self) -> Self:
        self._hearing.enter_context(phases.heard_by(self._hear))
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._hearing.close()
        self._stop.set()
        self._thread.join()
        with suppress(OSError):  # as little as a sign that cannot be written: the work is done
            self.path.unlink(missing_ok=True)

    def progress(self, rows: int, fraction: float) -> None:
        self._hear(f"{READING}: {rows:,} rows", fraction)

    def _hear(self, phase: str, done: float | None) -> None:
        self.phase, self.percent = phase, None if done is None else int(done * 100)

    def _beat(self) -> None:
        while True:
            self.write()
            if self._stop.wait(timeout=EVERY):
                return

    def write(self) -> None:
        """Put the sign in its place, whole; a disk that takes none stops no load."""
        draft = self.path.with_suffix(".part")
        with self._writing, suppress(OSError):
            words = {"phase": self.phase, "percent": self.percent, "at": timezone.now().isoformat()}
            self.path.parent.mkdir(exist_ok=True, mode=PRIVATE)
            draft.write_text(json.dumps(words), encoding="utf-8")
            draft.replace(self.path)


def path_of(proposal: ReleaseProposal) -> Path:
    """Where the worker's sign lies while it is at this file."""
    return root() / "signs" / f"{proposal.pk}.json"


def last_sign(proposal: ReleaseProposal) -> Sign | None:
    """The newest sign; None before the first, and when the worker is through with the file or has not begun anew."""
    try:
        found = json.loads(path_of(proposal).read_text(encoding="utf-8"))
        sign = Sign(found["phase"], found["percent"], dt.datetime.fromisoformat(found["at"]))
    except (OSError, ValueError, KeyError):
        return None
    return sign if sign.at >= proposal.queued_at else None  # an older one was left by a worker that is gone


def forget_signs() -> None:
    """Remove what workers left that were killed; the caller holds the work lock, so nobody is at work."""
    with suppress(OSError):
        for path in (root() / "signs").glob("*"):
            path.unlink(missing_ok=True)
