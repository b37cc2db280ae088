"""Which tables of a file the chosen source would read, and what else it could be."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from directory.importers.base import HEADER_DEPTH, Importer, Vintage
from directory.importers.errors import Refused
from directory.importers.reading import read_tables
from directory.importers.registry import find_table, recognise, trimmed


def check_source(path: Path, importer: Importer) -> list[str]:
    """Warnings about a file that the source can read. Refused, with what it looks like, for a file of another source,
    and for one that holds several years.
    """
    found = _of_source(path, importer)
    if not found:
        _refuse_stranger(path, importer)
    vintages = sorted({vintage.label for _, vintage in found if vintage})
    if len(vintages) > 1:
        names = ", ".join(name for name, _ in found)
        raise Refused(
            f"The file holds {importer.source.label} of several years: {', '.join(vintages)} ({names}). "
            "Propose each year by itself."
        )
    if len(found) > 1:
        first, *others = (name for name, _ in found)
        return [f"The file holds {len(found)} tables of this layout. Only {first} is read, not {', '.join(others)}."]
    return []


def _of_source(path: Path, importer: Importer) -> list[tuple[str, Vintage | None]]:
    """(name of the table, what year it says it is of) for each table that the source could read."""
    found = []
    for table in read_tables(path):
        if not importer.reads(table):
            continue
        headers = [table.header] if table.header else [cells for _, cells in islice(table.rows, HEADER_DEPTH)]
        for header in headers:
            tidy = trimmed(header)
            if not importer.match(tidy)[1] and importer.claims(tidy):
                table.header = tidy
                found.append((table.sheet or table.name.rsplit("/", 1)[-1], importer.vintage(table)))
                break
            table.notes.append(" ".join(name for name in tidy if name))
    return found


def _refuse_stranger(path: Path, importer: Importer) -> None:
    # Of several layouts that fit, the one that asks for the most columns tells the most.
    fitting = sorted(recognise(path), key=lambda each: -sum(column.required for column in each.importer.columns))
    try:
        for _ in find_table(path, importer):
            return  # readable after all, by a header that recognising alone would not claim
    except Refused as refusal:
        if fitting:
            looks = fitting[0].importer.source.label
            raise Refused(
                f"This is the wrong file for {importer.source.label}: it looks like {looks}. "
                "Propose it as that, or choose another file."
            ) from None
        raise refusal from None
