"""Sheets of an .xlsx file as rows of text."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from directory.importers.errors import Refused

#: What openpyxl raises for damaged workbooks, found by feeding it cut and edited files.
DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ArithmeticError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RuntimeError,
    OSError,
    EOFError,
    SyntaxError,
)


def as_text(cell: Any) -> str:
    """A cell as the agency would print it: 51140.0 is "51140", a date is ISO, nothing is empty."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()
    return str(cell)


def read_workbook(path: Path, file: IO[bytes] | None = None) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """(title, rows) per sheet; rows are (line, cells), line 1 being the sheet's first row.

    `file` is the workbook itself when `path` is the archive around it.
    """
    try:
        book = load_workbook(file or path, read_only=True, data_only=True)
    except DAMAGE as error:
        raise Refused(f"{path.name} is a damaged workbook ({error}).") from None
    try:
        for sheet in book.worksheets:
            yield sheet.title, _rows(sheet, path.name)
    finally:
        book.close()


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    # Some writers record a wrong used range; without this, openpyxl would believe it and stop early.
    sheet.reset_dimensions()
    try:
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            row = [as_text(cell) for cell in cells]
            if any(row):
                yield line, row
    except DAMAGE as error:
        raise Refused(f"{name}, sheet {sheet.title}: damaged ({error}).") from None
