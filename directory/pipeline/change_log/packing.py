"""How kept rows lie in the database: JSON, compressed, some thousand to a piece.

A piece names the columns of its table as they were, in order, and holds of each row

- created: its key and a mark of what it said, to see whether anybody has changed it since;
- changed: its key and, by place of the column, what stood there before and what the load wrote;
- removed: the whole row.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from directory.models import ImportRun, KeptChange
from directory.pipeline.change_log.tables import SPELT, Watched

Kind = KeptChange.Kind
OPTIONS: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS
LEVEL: Final = 6  # of compression


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece as it was kept."""

    columns: tuple[str, ...]
    rows: list[Any]


def mark(row: Sequence[Any]) -> int:
    """32 bits that stand for what a row says, the same for plain values and for those of the database."""
    return zlib.crc32(_json(row))


def _json(value: Any) -> bytes:
    return orjson.dumps(value, default=str, option=OPTIONS)  # of what JSON has no word for, the text


def plain_row(row: Sequence[Any]) -> list[Any]:
    return [str(value) if isinstance(value, SPELT) else value for value in row]  # `plain`, without a call for each


def put(run: ImportRun, table: Watched, kind: Kind, place: int, rows: list[Any]) -> None:
    """Keep one piece."""
    held = {"columns": table.columns, "rows": rows}
    packed = zlib.compress(_json(held), LEVEL)
    KeptChange.objects.create(run=run, table=table.name, kind=kind, place=place, rows=len(rows), packed=packed)


def pieces(run: ImportRun, table: Watched, kind: Kind) -> Iterator[Piece]:
    """What was kept of one table, in order of the keys, one piece in memory at a time."""
    kept = KeptChange.objects.filter(run=run, table=table.name, kind=kind)
    for place in kept.order_by("place").values_list("place", flat=True):
        yield _unpacked(kept.values_list("packed", flat=True).get(place=place))


def piece_at(run: ImportRun, table: Watched, kind: Kind, place: int) -> Piece | None:
    """The piece at one place, counted from 0; None where none lies."""
    kept = KeptChange.objects.filter(run=run, table=table.name, kind=kind, place=place)
    packed = kept.values_list("packed", flat=True).first()
    return None if packed is None else _unpacked(packed)


def _unpacked(packed: bytes | memoryview[int]) -> Piece:
    held = orjson.loads(zlib.decompress(packed))
    return Piece(tuple(held["columns"]), held["rows"])


def keys(run: ImportRun, table: Watched, kind: Kind) -> Iterator[list[Any]]:
    """Primary keys of the kept rows, a piece at a time."""
    for piece in pieces(run, table, kind):
        at = table.key_at if kind is Kind.REMOVED else 0
        yield [row[at] for row in piece.rows]
