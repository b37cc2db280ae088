"""Looking at what a merge is about to do, table by table, for the person who decides about a file.

It costs queries that nobody needs while a file is loaded, so it is done only inside `watching()`. What a load has
counted itself costs none: that is `counting()`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from directory.importers import figure_jumps
from directory.importers.figure_jumps import Jump
from directory.importers.row_words import RowWords, short
from directory.models import Release

if TYPE_CHECKING:
    from directory.importers.merge import Absent, Changes, _Merge

SAMPLES: Final = 8
#: Words by which a new row is known, where its key is numbers.
NAMES: Final = ("name", "title", "label", "words")


@dataclass(frozen=True, slots=True)
class Sample:
    """One row that would be added, changed or removed; `values` are (column, before, after)."""

    what: str
    row: str
    values: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class TableChanges:
    """What a file does to one table. `unchanged` are rows of the file that say what is held already.

    Of `held` rows, those that are held and that a whole file of this release names, it names `found`.
    """

    name: str
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    left_alone: int = 0  # by merges that only add rows
    held: int = 0
    found: int = 0
    columns: Counter[str] = field(default_factory=Counter)  # column -> rows in which it changes
    compared: int = 0  # figures that have a former value
    jumps: int = 0
    samples: list[Sample] = field(default_factory=list)
    farthest: list[Jump] = field(default_factory=list)


_tables: ContextVar[dict[str, TableChanges] | None] = ContextVar("tables", default=None)
_only_counts: ContextVar[bool] = ContextVar("only_counts", default=False)


@contextmanager
def watching() -> Iterator[dict[str, TableChanges]]:
    """While it lasts, merges tell what they do: name of a table in words -> its changes, in the order of the load."""
    found: dict[str, TableChanges] = {}
    before = _tables.set(found)
    try:
        yield found
    finally:
        _tables.reset(before)


@contextmanager
def counting() -> Iterator[dict[str, TableChanges]]:
    """As `watching`, of each table no more than the rows added, changed and removed; it asks nothing."""
    before = _only_counts.set(True)
    try:
        with watching() as found:
            yield found
    finally:
        _only_counts.reset(before)


def look(work: _Merge, changes: Changes, *, absent: Absent | None, insert: bool, update: bool) -> None:
    """Note a merge of which nothing is written yet. Outside of `watching` nothing happens."""
    tables = _tables.get()
    if tables is None:
        return
    model = work.stage.model
    name = str(model._meta.verbose_name_plural)
    table = tables.setdefault(name, TableChanges(name))
    table.added += changes.added
    table.changed += changes.changed
    table.removed += changes.removed
    if _only_counts.get():
        return
    known = _number(f"FROM {work.stage.table} AS s JOIN {work.target} AS t ON {work.same_key}")
    if update:
        table.unchanged += known - changes.changed
    else:  # another merge of the same rows may follow, which looks at all of their columns
        table.left_alone += known
    seen = _Look(work)
    held, found = seen.held_and_found(absent) if absent or update else (0, 0)
    table.held += held
    table.found += found
    if changes.added and insert:
        table.samples += seen.added()
        _jumps(table, seen, partial(figure_jumps.beside_the_former, seen))
    if changes.changed and update:
        table.columns.update(seen.columns())
        table.samples += seen.changed()
        _jumps(table, seen, lambda _: f"FROM {work.stage.table} AS s JOIN {work.target} AS t ON {work.same_key}")
    if changes.removed and absent:
        table.samples += seen.removed(absent)


def _jumps(table: TableChanges, seen: _Look, rows: Callable[[str], str]) -> None:
    for name in seen.figures:
        found = figure_jumps.look(seen, name, rows(name))
        table.compared += found.compared
        table.jumps += found.jumps
        table.farthest = [*table.farthest, *found.farthest][: 2 * SAMPLES]


class _Look(RowWords):
    """The questions about one merge."""

    def added(self) -> list[Sample]:
        shown = [*self.work.stage.columns]
        rows = self.rows(f"SELECT {self.listed('s', shown)} {self.work.new_rows()} LIMIT {SAMPLES}")
        found = []
        for row in rows:
            given = dict(zip(shown, row, strict=True))
            values = [(self.label(name), "", self.said(name, value)) for name, value in given.items()]
            found.append(Sample("added", self._new(given), tuple(each for each in values if each[2])))
        return found

    def changed(self) -> list[Sample]:
        pairs = ", ".join(f"t.{column}, s.{column}" for column in self.work.values)
        rows = self.rows(f"SELECT t.{self.work.pk}, {pairs} {self.work.different_rows()} LIMIT {SAMPLES}")
        names = self.names([row[0] for row in rows])
        found = []
        for key, *cells in rows:
            values = [
                (self.label(column), self.said(column, cells[2 * at]), self.said(column, cells[2 * at + 1]))
                for at, column in enumerate(self.work.names)
                if cells[2 * at] != cells[2 * at + 1]
            ]
            found.append(Sample("changed", names.get(key, str(key)), tuple(values)))
        return found

    def removed(self, absent: Absent) -> list[Sample]:
        sql, params = self.work.absent_rows(absent)
        rows = self.rows(f"SELECT t.{self.work.pk} {sql} LIMIT {SAMPLES}", params)
        names = self.names([key for (key,) in rows])
        return [Sample("removed", names.get(key, str(key))) for (key,) in rows]

    def held_and_found(self, absent: Absent | None) -> tuple[int, int]:
        """Rows that a whole file would name, and how many of them this one names."""
        if absent is not None:
            held = self.work.count_answered(absent)
            return held, held - self.work.count_absent(absent)
        for column, pk in self.work.always.items():
            if self.fields[column.strip('"')].related_model is Release:
                of_release = f"t.{column} = {int(pk)}"
                here = f"EXISTS (SELECT 1 FROM {self.work.stage.table} AS s WHERE {self.work.same_key})"
                held = _number(f"FROM {self.work.target} AS t WHERE {of_release}")
                return held, _number(f"FROM {self.work.target} AS t WHERE {of_release} AND {here}")
        return 0, 0

    def columns(self) -> dict[str, int]:
        """Column in words -> in how many of the changed rows it changes."""
        if not self.work.values:
            return {}
        parts = (
            f"SUM(CASE WHEN t.{column} {self.work.differs} s.{column} THEN 1 ELSE 0 END)" for column in self.work.values
        )
        ((*sums,),) = self.rows(f"SELECT {', '.join(parts)} {self.work.different_rows()}")
        return {self.label(column): int(count) for column, count in zip(self.work.names, sums, strict=True) if count}

    def _new(self, given: dict[str, Any]) -> str:
        """A row that is not held yet, by its name and key."""
        words = [str(given[name]) for name in NAMES if given.get(name)]
        keys = [self.said(column, given[column]) for column in self.work.stage.columns if column in self.key_columns()]
        return short(", ".join([*words[:1], *(key for key in keys if key)]))


def _number(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) {sql}")
        return int(cursor.fetchone()[0])
