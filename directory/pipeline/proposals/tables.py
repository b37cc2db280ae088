"""Which tables of a file the chosen source would read, and what else it could be."""

from __future__ import annotations

from pathlib import Path

from directory.importers.base import Importer
from directory.importers.errors import Refused
from directory.importers.registry import find_table, recognise, refuse_several_years, tables_of


def check_source(path: Path, importer: Importer) -> list[str]:
    """Warnings about a file that the source can read. Refused, with what it looks like, for a file of another source,
    and for one that holds several years.
    """
    found = tables_of(path, importer)
    if not found:
        _refuse_stranger(path, importer)
    refuse_several_years(importer, found)
    if len(found) > 1:
        first, *others = (name for name, _ in found)
        return [f"The file holds {len(found)} tables of this layout. Only {first} is read, not {', '.join(others)}."]
    return []


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
