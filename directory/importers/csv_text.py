"""Text as agencies publish it becomes rows: encodings, delimiters, quotation marks, ends that are missing."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from directory.importers.errors import DAMAGE, Refused
from directory.importers.table import Table

if TYPE_CHECKING:
    from typing_extensions import Buffer  # in the standard library from Python 3.12 on

csv.field_size_limit(1_000_000)
#: Characters of one row, over all its lines; the widest official table (Scorecard, 3,300 columns) has 40,000.
LONGEST_ROW = 2_000_000
#: A cell may hold line breaks (definitions do); a row this long is an open quotation mark that swallows the rest.
LINES_PER_ROW = 60
DELIMITERS = ",\t|;^"
NOT_UTF8 = re.compile("[\udc80-\udcff]")
BEYOND_ASCII = re.compile("[^\x00-\x7f]")
#: Comes after the last line. A cell that holds it is one whose quotation mark nothing closed.
END = "\x1e"


def refuse_html(start: bytes, name: str) -> None:
    """Raises Refused for the beginning of a web page."""
    text = start.decode("latin-1").lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    if text.startswith("<"):  # no column of an official file begins like this; every page does, and every XML error
        raise Refused(f"{name} is a web page, not a table: the download failed or led to an error page.")


def csv_table(path: Path, name: str, file: IO[bytes], size: int) -> Table:
    """The table in a file of text; the file must stay open while its rows are read. Refused for what is no text."""
    encoding = _encoding(file, name)
    counting = _Counting(file)
    # surrogateescape: a byte that Windows-1252 does not know spoils its row, not the file.
    stream = io.TextIOWrapper(
        io.BufferedReader(counting, 1 << 18), encoding=encoding, errors="surrogateescape", newline=""
    )
    lines = _Lines(stream, name)
    first = lines.last = lines.next()
    if not first.strip():
        raise Refused(f"{name} has no header in its first line.")
    if "\0" in first:
        raise Refused(f"{name} is no table of text. Official tables are csv, zip or xlsx files.")
    delimiter = max(DELIMITERS, key=first.count)
    rows = _rows(lines, delimiter, name)
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
    """The lines of a text, the mark of its end, and the line read last.

    Never more than one row of a file is held, and a row is never longer than LONGEST_ROW, whatever stands in the file.
    """

    def __init__(self, stream: io.TextIOWrapper, name: str) -> None:
        self.stream = stream
        self.name = name
        self.number = 0
        self.last = ""
        self.room = LONGEST_ROW

    def begin_row(self) -> None:
        self.room = LONGEST_ROW

    def next(self) -> str:
        """The next line, empty at the end. Refused when the row that it belongs to is too long."""
        line = self.stream.readline(self.room + 1)
        self.number += 1
        self.room -= len(line)
        if self.room < 0:
            raise Refused(
                f"{self.name}, line {self.number}: more than {LONGEST_ROW:,} characters in one row; "
                "that is no official file, or a quotation mark is never closed."
            )
        return line

    def __iter__(self) -> Iterator[str]:
        yield self.last
        while line := self.next():
            self.last = line
            yield line
        yield END


def _rows(lines: _Lines, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) from the header on; blank lines are passed over."""
    # Not strict: official files have bare quotation marks inside quoted text, which are readable.
    reader = csv.reader(lines, delimiter=delimiter)
    line = 1
    while True:
        lines.begin_row()
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


def _encoding(file: IO[bytes], name: str) -> str:
    """UTF-8 if the file says so or its bytes agree, else Windows-1252; leaves the file at its start.

    A UTF-8 file with a damaged byte stays UTF-8: only that row is spoilt, not every é of the file.
    """
    start = file.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refused(f"{name} is encoded as UTF-16. Save it as CSV (UTF-8) and try again.")
    refuse_html(start, name)
    if b"\0" in start.partition(b"\n")[0]:  # before the rest is looked through: it may be gigabytes of zeros
        raise Refused(f"{name} is no table of text. Official tables are csv, zip or xlsx files.")
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
