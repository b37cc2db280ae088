"""Opening official files: csv, zip and xlsx become tables of text with a header and line numbers.

Agencies differ in encoding, padding, wrapping and surplus commas, and one release differs from the next. All of
that ends here; importers see stripped text, by column name.
"""

from __future__ import annotations

import codecs
import csv
import io
import lzma
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from directory.importers.errors import Refused
from directory.importers.workbook import read_workbook

if TYPE_CHECKING:
    from typing_extensions import Buffer  # in the standard library from Python 3.12 on

csv.field_size_limit(1_000_000)
#: Largest unpacked member that is read; the biggest official file (Scorecard, all years) has about 400 MB.
MAX_UNPACKED = 2 * 1024**3
#: A cell may hold line breaks (definitions do); a row this long is an open quotation mark that swallows the rest.
LINES_PER_ROW = 60
DELIMITERS = ",\t|;^"
UNPACKED_WORKBOOK = 500 * 1024**2  # a workbook inside a zip; the biggest official one (OEWS, all areas) has 80 MB
NOT_UTF8 = re.compile("[\udc80-\udcff]")
BEYOND_ASCII = re.compile("[^\x00-\x7f]")
#: Comes after the last line. A cell that holds it is one whose quotation mark nothing closed.
END = "\x1e"
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


@dataclass(slots=True)
class Row:
    """One data row: cells by official column name (any case), stripped."""

    line: int
    cells: list[str]
    index: dict[str, int]

    def __getitem__(self, column: str) -> str:
        """The text of a column that the importer requires."""
        return clean(self.cells[self.index[column]])

    def get(self, column: str) -> str:
        """The text of a column that may be absent; empty then."""
        at = self.index.get(column)
        return "" if at is None else clean(self.cells[at])

    def has(self, column: str) -> bool:
        return column in self.index


@dataclass(slots=True)
class Table:
    """A header with rows behind it, readable once. `fraction()` tells how much of the file has been read."""

    path: Path
    name: str
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    fraction: Callable[[], float]
    sheet: str = ""
    delimiter: str = ","
    ends_open: Callable[[], bool] = lambda: False  # the last line read has no line end: it may be cut off
    size: int = 0  # unpacked bytes; of two copies of one release the larger is the whole one
    notes: list[str] = field(default_factory=list)  # titles above the header, which may tell years


def clean(cell: str) -> str:
    """Blanks off, and the ="…" with which some downloads protect codes from spreadsheets."""
    cell = cell.strip()
    if cell[:2] == '="' and cell[-1] == '"' and len(cell) > 2:
        cell = cell[2:-1].strip()
    return cell


def read_tables(path: Path) -> Iterator[Table]:
    """Every table of a file, one after the other; each must be read (or left) before the next is asked for.

    A zip yields its members (of `x.csv` and `x_rv.csv` only the revised one), a workbook its sheets. Raises Refused
    for anything that is no table: an HTML page, an empty or cut-off archive, another format.
    """
    if not path.is_file():
        raise Refused(f"There is no file {path}.")
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise Refused(f"{path.name} cannot be read ({error.strerror}).") from None
    if not start:
        raise Refused(f"{path.name} is empty.")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(f"{path.name} is an old Excel file (.xls). Save it as .xlsx or .csv and try again.")
    if start.startswith(b"PK"):
        yield from _read_archive(path)
        return
    if path.suffix.lower() in (".zip", ".xlsx"):
        with path.open("rb") as file:
            _refuse_html(file.read(4096), path.name)
        raise Refused(f"{path.name} is no {path.suffix[1:]} file; the download may have failed.")
    with path.open("rb") as file:
        yield _csv_table(path, path.name, file, path.stat().st_size)


def _read_archive(path: Path) -> Iterator[Table]:
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as error:
        kind = "workbook" if path.suffix.lower() == ".xlsx" else "zip file"
        raise Refused(f"{path.name} is a damaged or cut-off {kind} ({error}).") from None
    with archive:
        names = archive.namelist()
        if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
            yield from (
                Table(path, path.name, [], rows, lambda: 0.0, sheet=title, size=path.stat().st_size)
                for title, rows in read_workbook(path)
            )
            return
        members = _members(names)
        if not members:
            held = ", ".join(names[:5]) or "nothing"
            raise Refused(f"{path.name} holds no csv file and no workbook (it holds: {held}).")
        for name in members:
            info = archive.getinfo(name)
            if info.file_size > (UNPACKED_WORKBOOK if name.lower().endswith(".xlsx") else MAX_UNPACKED):
                raise Refused(
                    f"{name} in {path.name} would unpack to {info.file_size:,} bytes; that is no official file."
                )
            if info.flag_bits & 0x1:
                raise Refused(f"{path.name} is protected by a password.")
            try:
                with archive.open(name) as member:
                    if name.lower().endswith(".xlsx"):
                        yield from _packed_workbook(path, name, member, info.file_size)
                    else:
                        yield _csv_table(path, name, member, info.file_size)
            except DAMAGE as error:
                raise Refused(f"{name} in {path.name} is damaged or cut off ({error}).") from None


def _packed_workbook(path: Path, name: str, member: IO[bytes], size: int) -> Iterator[Table]:
    """Sheets of a workbook inside a zip, as BLS and O*NET pack theirs; unpacked first, to be read at random."""
    with TemporaryFile() as file:
        shutil.copyfileobj(member, file)
        for title, rows in read_workbook(path, file):
            yield Table(path, name, [], rows, lambda: 0.0, sheet=title, size=size)


def _members(names: list[str]) -> list[str]:
    """The data members: no folders, no Mac leftovers, and of a file and its revision only the revision."""
    wanted = [
        name
        for name in names
        if name.lower().endswith((".csv", ".txt", ".xlsx"))
        and not name.startswith("__MACOSX/")
        and "/._" not in f"/{name}"
    ]
    stems = {name.lower() for name in wanted}
    return [name for name in wanted if f"{name.lower()[:-4]}_rv{name.lower()[-4:]}" not in stems]


def _refuse_html(start: bytes, name: str) -> None:
    text = start.decode("latin-1").lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    if text.startswith("<"):  # no column of an official file begins like this; every page does, and every XML error
        raise Refused(f"{name} is a web page, not a table: the download failed or led to an error page.")


def _encoding(file: IO[bytes], name: str) -> str:
    """UTF-8 if the file says so or its bytes agree, else Windows-1252; leaves the file at its start.

    A UTF-8 file with a damaged byte stays UTF-8: only that row is spoilt, not every é of the file.
    """
    start = file.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refused(f"{name} is encoded as UTF-16. Save it as CSV (UTF-8) and try again.")
    _refuse_html(start, name)
    encoding = "utf-8-sig"
    if not start.startswith(codecs.BOM_UTF8):
        decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        good = bad = 0
        chunk = start
        while chunk:
            text = decoder.decode(chunk)
            if not text.isascii():
                wrong = len(NOT_UTF8.findall(text))
                good, bad = good + len(BEYOND_ASCII.findall(text)) - wrong, bad + wrong
            chunk = file.read(1 << 20)
        bad += bool(decoder.getstate()[0])  # half a character at the end
        # Windows-1252 makes UTF-8 characters by accident once in thousands of letters, if ever.
        encoding = "utf-8-sig" if good * 10 >= bad else "cp1252"
    file.seek(0)
    return encoding


class _Counting(io.RawIOBase):
    """Passes bytes through and knows how many went by, for the progress bar."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = self.file.read(len(view))
        view[: len(data)] = data
        self.seen += len(data)
        return len(data)


def _csv_table(path: Path, name: str, file: IO[bytes], size: int) -> Table:
    encoding = _encoding(file, name)
    counting = _Counting(file)
    # surrogateescape: a byte that Windows-1252 does not know spoils its row, not the file.
    stream = io.TextIOWrapper(
        io.BufferedReader(counting, 1 << 18), encoding=encoding, errors="surrogateescape", newline=""
    )
    first = stream.readline()
    if not first.strip():
        raise Refused(f"{name} has no header in its first line.")
    if "\0" in first:
        raise Refused(f"{name} is no table of text. Official tables are csv, zip or xlsx files.")
    lines = _Lines(stream, first)
    delimiter = max(DELIMITERS, key=first.count)
    rows = _csv_rows(lines, delimiter, name)
    _, header = next(rows)
    return Table(
        path,
        name,
        header,
        rows,
        lambda: min(1.0, counting.seen / max(size, 1)),
        delimiter=delimiter,
        ends_open=lambda: not lines.last.endswith(("\n", "\r")),
        size=size,
    )


class _Lines:
    """The lines of a text, the mark of its end, and the line read last."""

    def __init__(self, stream: io.TextIOWrapper, first: str) -> None:
        self.stream = stream
        self.last = first

    def __iter__(self) -> Iterator[str]:
        yield self.last
        for line in self.stream:
            self.last = line
            yield line
        yield END


def _csv_rows(lines: Iterable[str], delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) from the header on; blank lines are passed over."""
    # Not strict: official files have bare quotation marks inside quoted text, which are readable.
    reader = csv.reader(lines, delimiter=delimiter)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(
                f"{name}, line {reader.line_num}: broken quoting ({error}); the file is damaged or cut off."
            ) from None
        except DAMAGE as error:
            raise Refused(f"{name} is damaged or cut off after line {line - 1:,} ({error}).") from None
        if cells == [END]:
            return
        if reader.line_num - line > LINES_PER_ROW or (cells and cells[-1].endswith(END)):
            raise Refused(f"{name}: a quotation mark in line {line} is never closed; the file is damaged or cut off.")
        if cells and any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1
