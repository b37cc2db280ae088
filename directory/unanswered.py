"""Addresses at which the link checker found nobody three times: no page of ours sends a reader there.

Every page that prints an address asks here, so a worker keeps them in memory: a few thousand of all the country's
schools. They are read anew once a minute and worker, and no page asks the database for them otherwise.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Mapping
from typing import Final

from django.db import DatabaseError

from directory.models import Link

_log = logging.getLogger(__name__)
#: Seconds for which a worker goes on with what it read; links are asked once a day at most.
KEPT: Final = 60.0


class Unanswered:
    """Address (absolute, without a fragment) -> the day on which it was last asked in vain."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: Mapping[str, dt.date] = {}
        self._until: float | None = None

    def since(self, url: str | None) -> dt.date | None:
        """The day on which the address was last asked in vain; None while nothing speaks against it."""
        if not url:
            return None
        held = self._present()
        return held.get(url.partition("#")[0]) if held else None

    def hold(self, held: Mapping[str, dt.date], *, seconds: float = KEPT) -> None:
        """Go on with these for so long."""
        self._held, self._until = held, self._clock() + seconds

    def forget(self) -> None:
        """Read anew at the next question."""
        self._until = None

    def _present(self) -> Mapping[str, dt.date]:
        if self._until is None or self._clock() >= self._until:
            # Before the reading: threads that come meanwhile go on with what there is.
            self._until = self._clock() + KEPT
            try:
                self._held = _read()
            except DatabaseError as error:
                # The pages that say what went wrong must render when the database is what went wrong.
                _log.warning("The links that do not answer could not be read: %s", type(error).__name__)
        return self._held


def _read() -> dict[str, dt.date]:
    broken = Link.objects.exclude(broken_since=None).order_by()
    return {
        url: asked_at.date() if asked_at else broken_since
        for url, asked_at, broken_since in broken.values_list("url", "asked_at", "broken_since")
        if broken_since
    }


#: What this worker holds.
unanswered: Final = Unanswered()
