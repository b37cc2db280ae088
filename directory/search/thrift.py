"""Memory that nobody uses any more goes back to the system."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from functools import cache
from typing import Any


def give_back() -> None:
    """After much was read and thrown away: the C library would keep tens of megabytes for later. Elsewhere nothing."""
    if (library := _library()) is not None:
        library.malloc_trim(0)


@cache
def _library() -> Any:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # not every Linux has the GNU library
            library = ctypes.CDLL(None)
            _ = library.malloc_trim
            return library
    return None
