"""Memory that nobody uses any more goes back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress
from functools import cache
from typing import Any, Final

_HEAPS: Final = -8  # M_ARENA_MAX of <malloc.h>


def give_back() -> None:
    """After much was read or thrown away, a tenth of a second.

    Python's collector takes away what only refers to itself, such as a question with what it was asked of; the C
    library, which would keep tens of megabytes for later, gives them to the system. What is held now stays for long,
    and the collector leaves it alone until the next time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    if (library := _library()) is not None:
        library.malloc_trim(0)


def share_one_heap() -> None:
    """Before a process starts threads: the C library would give each a heap of its own, and keep leftovers in each."""
    if (library := _library()) is not None:
        library.mallopt(_HEAPS, 1)


@cache
def _library() -> Any:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # not every Linux has the GNU library
            library = ctypes.CDLL(None)
            _ = library.malloc_trim
            return library
    return None
