"""How kept rows lie in the database: JSON, compressed, some thousand to a piece.

A piece names the columns of its table as they were, in order, and holds of each row

- created: its key and a mark of what it said, to see whether anybody has changed it since;
- changed: its key and, by place of the column, what stood there before and what the load wrote;
- removed: the whole row.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from directory.models import ImportRun, KeptChange
from directory.pipeline.change_log.tables import Watched, plain

Kind = KeptChange.Kind


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece as it was kept."""

    columns: tuple[str, ...]
    rows: list[Any]


def mark(row: Sequence[Any]) -> int:
    """32 bits that stand for what a row says; `row` holds plain values."""
    return zlib.crc32(json.dumps(row, separators=(",", ":")).encode())


def plain_row(row: Sequence[Any]) -> list[Any]:
    return [plain(value) for value in row]


def put(run: ImportRun, table: Watched, kind: Kind, place: int, rows: list[Any]) -> None:
    """Keep one piece."""
    held = {"columns": table.columns, "rows": rows}
    packed = zlib.compress(json.dumps(held, separators=(",", ":")).encode(), 6)
    KeptChange.objects.create(run=run, table=table.name, kind=kind, place=place, rows=len(rows), packed=packed)


def pieces(run: ImportRun, table: Watched, kind: Kind) -> Iterator[Piece]:
    """What was kept of one table, in order, one piece in memory at a time."""
    kept = KeptChange.objects.filter(run=run, table=table.name, kind=kind)
    for place in kept.order_by("place").values_list("place", flat=True):
        held = json.loads(zlib.decompress(kept.values_list("packed", flat=True).get(place=place)))
        yield Piece(tuple(held["columns"]), held["rows"])


def keys(run: ImportRun, table: Watched, kind: Kind) -> Iterator[list[Any]]:
    """Primary keys of the kept rows, a piece at a time."""
    for piece in pieces(run, table, kind):
        at = table.key_at if kind is Kind.REMOVED else 0
        yield [row[at] for row in piece.rows]
