"""Sheets of an .xlsx file as rows of text."""

from __future__ import annotations

import datetime as dt
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any

from directory.importers.errors import Refused

#: What openpyxl raises for damaged workbooks, found by feeding it cut and edited files.
DAMAGE = (
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


DAMAGED = "{name} is a damaged or cut-off workbook; download it again."
#: Of all parts together; the biggest official workbook (OEWS, all areas) unpacks to some 800 MB.
MAX_UNPACKED = 2 * 1024**3
#: Of a part that is read at once; the texts that cells share are the largest (O*NET has 6 MB).
MAX_PART = 32 * 1024**2
MOST_ROWS = 1_048_576  # all that Excel knows
LONGEST_ROW = 8 * 1024**2  # bytes of XML; 16,384 columns, which is all that Excel knows, have 1 MB
CHUNK = 1 << 20
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
ROW_END = re.compile(rb"</(?:\w{1,20}:)?row>")
ROW_END_LENGTH = 30
#: A formula without the result that its spreadsheet would have stored beside it: the cell would read as empty.
NO_RESULT = re.compile(
    rb"<(?:\w{1,20}:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w{1,20}:)?f>)\s*(?:<(?:\w{1,20}:)?v\s*/>|<v>\s*</v>)?\s*</(?:\w{1,20}:)?c>"
)
LONGEST_FORMULA = 40_000  # bytes; Excel knows formulas of 8,192 characters


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
    from openpyxl import load_workbook  # here, because the site's workers need none of its eight megabytes

    with (
        nullcontext(file) if file else path.open("rb") as opened
    ):  # not by name: what a workbook is called is no matter
        try:
            _check_parts(opened, path.name)
            book = load_workbook(opened, read_only=True, data_only=True)
        except DAMAGE:
            raise Refused(DAMAGED.format(name=path.name)) from None
        try:
            for sheet in book.worksheets:
                yield sheet.title, _rows(sheet, path.name)
        finally:
            book.close()


def _check_parts(file: IO[bytes], name: str) -> None:
    """Refuse a workbook that would not fit into memory: sheets are read row by row, all other parts at once."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise Refused(f"{name} would unpack to more than {MAX_UNPACKED:,} bytes; that is no official file.")
        for part in parts:
            if SHEET.match(part.filename):
                _check_row_sizes(archive, part, name)
                _check_formulas(archive, part, name)
            elif part.filename.endswith((".xml", ".rels")) and part.file_size > MAX_PART:
                raise Refused(
                    f"{part.filename} in {name} would unpack to {part.file_size:,} bytes; that is no official file."
                )


def _check_row_sizes(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo, name: str) -> None:
    """Refuse a sheet with too many rows, or with more than LONGEST_ROW bytes from the end of one row to the next."""
    if sheet.file_size <= LONGEST_ROW:
        return
    rows = since = 0  # bytes since the end of the last row
    rest = b""
    with archive.open(sheet) as xml:
        while chunk := xml.read(CHUNK):
            text = rest + chunk
            ends = [match.end() for match in ROW_END.finditer(text)]
            rows += len(ends)
            since = len(text) - ends[-1] if ends else since + len(chunk)
            if since > LONGEST_ROW or rows > MOST_ROWS:
                what = "too many rows" if rows > MOST_ROWS else f"a row of more than {LONGEST_ROW:,} bytes"
                raise Refused(f"{sheet.filename} in {name} has {what}; that is no official file.")
            rest = text[-ROW_END_LENGTH:] if not ends else text[max(ends[-1], len(text) - ROW_END_LENGTH) :]


def _check_formulas(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo, name: str) -> None:
    """Refuse a sheet with a formula whose result nobody has worked out; results that are stored are read."""
    rest = b""
    with archive.open(sheet) as xml:
        while chunk := xml.read(CHUNK):
            text = rest + chunk
            if NO_RESULT.search(text):
                raise Refused(
                    f"{name} holds formulas without their results ({sheet.filename}). Open it in a spreadsheet "
                    "program, save it as csv and try again."
                )
            rest = text[-LONGEST_FORMULA:]


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    # Some writers record a wrong used range; without this, openpyxl would believe it and stop early.
    sheet.reset_dimensions()
    try:
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            row = [as_text(cell) for cell in cells]
            if any(row):
                yield line, row
    except DAMAGE:
        raise Refused(f"{DAMAGED.format(name=name)} Sheet {sheet.title} cannot be read.") from None
