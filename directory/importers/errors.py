"""The two ways in which a file can disappoint: as a whole, or in one row."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

#: What damaged archives raise, found by changing their bytes one by one.
DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,  # an unknown way of packing, a password
    ValueError,
    EOFError,
    OSError,
)


class Refused(Exception):
    """The file as a whole is not loaded. The message is for the person who chose it: what is wrong, what to do."""


class BadCell(Exception):
    """One row is not loaded. Carries the column, the text found there and the reason."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(f"{column} {value!r}: {reason}")
        self.column = column
        self.value = value
        self.reason = reason


class Leftover(BadCell):
    """One row is not loaded, although it can be read: it repeats another, or is about something that is not held.

    A file with such rows is still whole; a file with rows that cannot be read is not, and takes nothing off.
    """
