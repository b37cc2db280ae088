"""A table of text, wherever it came from: a header, and rows with their line numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


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
