"""What a load is doing, for whoever waits for it: said where it is done, heard by whoever listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: The phase in words, and how much of it is done (0 to 1); None where nobody can tell.
Hear = Callable[[str, float | None], None]
_hears: ContextVar[Hear | None] = ContextVar("hears", default=None)


@contextmanager
def heard_by(hear: Hear) -> Iterator[None]:
    """While it lasts, `hear` is told each phase."""
    before = _hears.set(hear)
    try:
        yield
    finally:
        _hears.reset(before)


def say(phase: str, done: float | None = None) -> None:
    """Tell whoever listens; nobody does outside of `heard_by`."""
    if (hear := _hears.get()) is not None:
        hear(phase, done)
