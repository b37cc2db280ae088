"""Getting a worker to look, and knowing whether one is there."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

from django.conf import settings

from directory.importers.locking import ImportRunningError, work_lock

#: A worker that is about to end is through by then, and has then seen what was asked before.
PATIENCE: Final = 5.0
_started: list[subprocess.Popen[bytes]] = []


def start() -> None:
    """A worker of its own process, which goes on when this one ends; where RELEASES_START_WORKER says so.

    One that finds another at work waits a moment and ends: the other one takes what was asked.
    """
    if not settings.RELEASES_START_WORKER:
        return
    _started[:] = [each for each in _started if each.poll() is None]  # those that have ended leave nothing behind
    _started.append(
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "work_proposals", "--once"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    )


def somebody_works() -> bool:
    """Whether a worker is there: the lock is held."""
    try:
        with work_lock(patience=0):
            return False
    except ImportRunningError:
        return True
