"""A spreadsheet that somebody uploads, as rows of text: CSV or XLSX, told apart by its content, not by its name."""

from __future__ import annotations

import csv
import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, Final

from openpyxl import load_workbook

from directory.curation.batches.cells import Formula

MOST_BYTES: Final = 20 * 1024**2
MOST_ROWS: Final = 20_000
#: Of a workbook's parts together; 20 MB of zeros would be 20 GB.
MOST_UNPACKED: Final = 200 * 1024**2
#: Of any part that is no sheet: openpyxl holds those whole, and of the texts that cells share three times as much.
MOST_SHARED: Final = 20 * 1024**2
SHEETS: Final = "xl/worksheets/"
LONGEST_CELL: Final = 10_000
MOST_COLUMNS: Final = 200
DELIMITERS: Final = ",;\t"
#: What openpyxl raises for workbooks that are cut off or edited by hand.
DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, LookupError, ArithmeticError, ValueError, TypeError, AttributeError,
    AssertionError, RuntimeError, OSError, EOFError, SyntaxError,
)  # fmt: skip
Line = tuple[int, list[str]]


class Unreadable(Exception):
    """The file is none that can be read; the words say what to do."""


def rows(file: IO[bytes], size: int) -> Iterator[Line]:
    """Line and cells of every row that holds anything, the header first. Raises Unreadable, also on the way."""
    if size > MOST_BYTES:
        raise Unreadable(f"The file has more than {MOST_BYTES // 1024**2} MB. Filter the list and export less.")
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"PK\x03\x04"):
        found = _workbook(file)
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("This is an old Excel file (.xls). Save it as .xlsx or CSV.")
    else:
        found = _text(file)
    for count, (line, cells) in enumerate(found):
        if count > MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS:,} rows. Filter the list and export less.")
        if len(cells) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL for cell in cells):
            raise Unreadable(
                f"Line {line} has a cell that is too long, or too many cells. Is a quotation mark missing?"
            )
        yield line, cells


def _text(file: IO[bytes]) -> Iterator[Line]:
    data = file.read(MOST_BYTES + 1)
    if not data.strip():
        raise Unreadable("The file is empty.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("The file is encoded as UTF-16. Save it as CSV (UTF-8).")
    if b"\0" in data or data.lstrip().startswith((b"<", b"%PDF")):
        raise Unreadable("This is no table. Upload a CSV or XLSX file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")  # what Excel calls CSV on Windows
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(f"Line {reader.line_num} cannot be read: {error}.") from None
        if any(cell.strip() for cell in cells):
            yield line, cells
        line += 1  # as a spreadsheet counts: a cell that holds line breaks is still in one row


def _workbook(file: IO[bytes]) -> Iterator[Line]:
    try:
        with zipfile.ZipFile(file) as parts:
            # A part that claims less than it holds is cut off at its claim when it is read.
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise Unreadable("This workbook unpacks to far more than a list of listings needs.")
            if any(part.file_size > MOST_SHARED for part in parts.infolist() if not part.filename.startswith(SHEETS)):
                raise Unreadable(
                    f"The texts or pictures of this workbook unpack to more than {MOST_SHARED // 1024**2} MB. "
                    "Keep only the sheet with the listings, or save it as CSV."
                )
            if "xl/workbook.xml" not in parts.namelist():
                raise Unreadable("This is a zip file and no workbook. Upload a CSV or XLSX file.")
        file.seek(0)
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if len(sheets) != 1:
            raise Unreadable(f"The workbook has {len(sheets)} sheets. Keep the one with the listings.")
        for line, cells in enumerate(sheets[0].iter_rows(max_col=MOST_COLUMNS + 1), start=1):
            texts = [_cell(cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                yield line, texts
    except DAMAGE:
        raise Unreadable("This workbook is damaged or cut off. Save it again, or save it as CSV.") from None


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
