"""A comparison as rows of a file: a line for each fact, and for each record its value with all its paperwork."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from directory.compare.page import Comparison
from directory.compare.table import Cell, Entry, Row
from directory.profiles.export import harmless
from directory.templatetags.figures import as_of, figure_value, level_words, missing_label, quality_words

PARTS: Final = ("", "unit", "level", "year", "source", "note")


def rows(found: Comparison, root: str) -> Iterator[list[str]]:
    """The header, the addresses, then every fact of the table. `root` is the site's address."""
    names = [head.name for head in found.heads]
    header = ["group", "fact", "says", *(f"{name} {part}".strip() for name in names for part in PARTS)]
    yield [harmless(cell) for cell in header]
    addresses: list[str] = [cell for head in found.heads for cell in (root + head.url, *("" for _ in PARTS[1:]))]
    yield [harmless(cell) for cell in ("The record", "Address", "", *addresses)]
    table = found.table.differing() if found.asked.differences else found.table
    for group in table.groups:
        for row in group.rows:
            yield [harmless(cell) for cell in _line(group.title, row)]


def _line(group: str, row: Row) -> list[Any]:
    return [group, row.label, row.mark or "The same", *(part for cell in row.cells for part in _cell(cell))]


def _cell(cell: Cell) -> list[str]:
    """Several statements of one fact stand in one cell, divided by semicolons."""
    columns = zip(*map(_entry, cell.entries), strict=True)
    return ["; ".join(dict.fromkeys(part for part in column if part)) for column in columns]


def _entry(entry: Entry) -> tuple[str, ...]:
    if entry.figure is None:
        dated = as_of(entry.year) if entry.year else ""
        return (entry.value or entry.missing, "", "", dated, entry.source, entry.note)
    figure = entry.figure
    value = missing_label(figure) if figure.value is None else figure_value(figure)
    note = ". ".join(part for part in (entry.kind, figure.note, quality_words(figure)) if part)
    return (value, str(figure.unit.label), level_words(figure), str(figure.year), figure.source, note)
