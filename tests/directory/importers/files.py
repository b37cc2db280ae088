"""Writing tiny files in the layout of an official one: csv, zip or xlsx, about schools that do not exist."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from openpyxl import Workbook

from directory.importers.base import Scope
from directory.pipeline.load import Order, Outcome, load
from directory.vocab import Source

Cells = tuple[str, ...]
EVERYTHING = Scope()


@dataclass(frozen=True)
class Part:
    """One table of a file: a csv, a member of a zip, or a sheet of a workbook."""

    name: str
    header: Cells
    rows: tuple[Cells, ...]
    above: tuple[Cells, ...] = ()  # titles and explanations over the header
    below: tuple[Cells, ...] = ()  # footnotes
    typed: Cells = ()  # columns that a workbook holds as numbers; codes are text there

    def lines(self) -> Iterable[Cells]:
        return (*self.above, self.header, *self.rows, *self.below)

    def line_of(self, row: int) -> int:
        """The line of a data row in the file, where the file's first line is 1."""
        return len(self.above) + 2 + row

    def with_cell(self, row: int, column: str, value: str) -> Part:
        return self.with_row(row, {column: value})

    def with_row(self, row: int, values: Mapping[str, str]) -> Part:
        cells = list(self.rows[row])
        for column, value in values.items():
            cells[self.header.index(column)] = value
        return replace(self, rows=(*self.rows[:row], tuple(cells), *self.rows[row + 1 :]))

    def only(self, rows: Iterable[int]) -> Part:
        return replace(self, rows=tuple(self.rows[row] for row in rows))

    def reordered(self, order: Sequence[int]) -> Part:
        """The same table with its columns in another order."""
        return replace(
            self,
            header=tuple(self.header[at] for at in order),
            rows=tuple(tuple(row[at] for at in order) for row in self.rows),
        )

    def csv(
        self, *, delimiter: str = ",", newline: str = "\r\n", quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL
    ) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(self.lines())
        return out.getvalue()


@dataclass(frozen=True)
class Sample:
    """The smallest valid file of a source, and what a test has to know to spoil it.

    Rows are spoilt in the first part. `needs` are loaded before. `numbers` are counts or amounts, `codes` values of a
    code list, `dates` dates, `keys` what identifies a row, `texts` words. Only columns that the importer reads belong
    there, because it does not look at others.
    """

    source: Source
    name: str
    parts: tuple[Part, ...]
    needs: tuple[Sample, ...] = ()
    numbers: Cells = ()
    codes: Cells = ()
    dates: Cells = ()
    keys: Cells = ()
    texts: Cells = ()
    scope: Scope = EVERYTHING

    @property
    def part(self) -> Part:
        return self.parts[0]

    def but(self, part: Part) -> Sample:
        """The same file with another first table."""
        return replace(self, parts=(part, *self.parts[1:]))

    def content(self) -> bytes:
        """The file as its publisher would serve it, by the end of its name."""
        if self.name.endswith(".xlsx"):
            return workbook(*self.parts)
        if self.name.endswith(".zip"):
            return archive({part.name: part.csv() for part in self.parts})
        return self.part.csv(delimiter="\t" if self.name.endswith(".txt") else ",").encode()

    def write(self, folder: Path, *, name: str = "") -> Path:
        return write(folder / (name or self.name), self.content())

    def load(self, folder: Path) -> Outcome:
        """Load it after everything that it needs."""
        for needed in self.needs:
            needed.load(folder)
        return load(Order(self.write(folder), self.source, scope=self.scope))


def write(path: Path, content: bytes | str) -> Path:
    """The file with its folder; text as UTF-8, byte for byte."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def archive(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    return out.getvalue()


def workbook(*sheets: Part) -> bytes:
    """An .xlsx; numbers are written as numbers, as the agencies do."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for part in sheets:
        sheet = book.create_sheet(part.name)
        for cells in part.lines():
            data = cells in part.rows
            sheet.append(
                [
                    _number(cell) if data and name in part.typed else cell or None
                    for cell, name in zip_longest(cells, part.header[: len(cells)], fillvalue="")
                ]
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number(cell: str) -> str | float | None:
    try:
        return float(cell) if cell else None
    except ValueError:
        return cell


def filled(header: Cells, defaults: Mapping[str, str], values: Mapping[str, str], blank: str = "") -> Cells:
    """A row for the header: given values, else defaults, else blank. An unknown name is an error of the test."""
    unknown = {*values, *defaults} - set(header)
    assert not unknown, unknown
    return tuple(values.get(name, defaults.get(name, blank)) for name in header)
