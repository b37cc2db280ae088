"""Looking at what a merge is about to do, table by table, for the person who decides about a file.

It costs queries that nobody needs while a file is loaded, so it is done only inside `watching()`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Field, Model

from directory.models import Release

if TYPE_CHECKING:
    from directory.importers.merge import Absent, Changes, _Merge

SAMPLES: Final = 8
#: A figure jumps when it differs by more than half from what is held, or from the year before.
JUMP: Final = 0.5
#: From 3 awards to 5, or from none to 4, is no jump: the figure or the difference is at least so much.
LEAST: Final = 10
LONGEST: Final = 160
#: Words by which a new row is known, where its key is numbers.
NAMES: Final = ("name", "title", "label", "words")


@dataclass(frozen=True, slots=True)
class Sample:
    """One row that would be added, changed or removed; `values` are (column, before, after)."""

    what: str
    row: str
    values: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Jump:
    """One figure that would be more than half as much again as it was, or less than half of it."""

    column: str
    row: str
    before: str
    after: str


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


@contextmanager
def watching() -> Iterator[dict[str, TableChanges]]:
    """While it lasts, merges tell what they do: name of a table in words -> its changes, in the order of the load."""
    found: dict[str, TableChanges] = {}
    before = _tables.set(found)
    try:
        yield found
    finally:
        _tables.reset(before)


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
        _jumps(table, seen, seen.since_last_year())
    if changes.changed and update:
        table.columns.update(seen.columns())
        table.samples += seen.changed()
        _jumps(table, seen, f"FROM {work.stage.table} AS s JOIN {work.target} AS t ON {work.same_key}")
    if changes.removed and absent:
        table.samples += seen.removed(absent)


def _jumps(table: TableChanges, seen: _Look, rows: str) -> None:
    for name in seen.figures if rows else ():
        compared, jumps, farthest = seen.jumps(name, rows)
        table.compared += compared
        table.jumps += jumps
        table.farthest = [*table.farthest, *farthest][: 2 * SAMPLES]


class _Look:
    """The questions about one merge."""

    def __init__(self, work: _Merge) -> None:
        self.work = work
        self.model: type[Model] = work.stage.model
        self.fields: dict[str, Field[Any, Any]] = {str(each.column): each for each in self.model._meta.concrete_fields}
        self.staged = set(work.stage.columns)
        names = {each.name for each in self.model._meta.concrete_fields}
        #: Numbers that can be missing for a reason are figures; codes, places and years are none.
        self.figures = [column for column in work.names if f"{self.fields[column].name}_note" in names]

    def added(self) -> list[Sample]:
        shown = [*self.work.stage.columns]
        rows = self._rows(f"SELECT {self._list('s', shown)} {self.work.new_rows()} LIMIT {SAMPLES}")
        found = []
        for row in rows:
            given = dict(zip(shown, row, strict=True))
            values = [(self._label(name), "", self._said(name, value)) for name, value in given.items()]
            found.append(Sample("added", self._new(given), tuple(each for each in values if each[2])))
        return found

    def changed(self) -> list[Sample]:
        pairs = ", ".join(f"t.{column}, s.{column}" for column in self.work.values)
        rows = self._rows(f"SELECT t.{self.work.pk}, {pairs} {self.work.different_rows()} LIMIT {SAMPLES}")
        names = self._names([row[0] for row in rows])
        found = []
        for key, *cells in rows:
            values = [
                (self._label(column), self._said(column, cells[2 * at]), self._said(column, cells[2 * at + 1]))
                for at, column in enumerate(self.work.names)
                if cells[2 * at] != cells[2 * at + 1]
            ]
            found.append(Sample("changed", names.get(key, str(key)), tuple(values)))
        return found

    def removed(self, absent: Absent) -> list[Sample]:
        sql, params = self.work.absent_rows(absent)
        rows = self._rows(f"SELECT t.{self.work.pk} {sql} LIMIT {SAMPLES}", params)
        names = self._names([key for (key,) in rows])
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
        ((*sums,),) = self._rows(f"SELECT {', '.join(parts)} {self.work.different_rows()}")
        return {self._label(column): int(count) for column, count in zip(self.work.names, sums, strict=True) if count}

    def since_last_year(self) -> str:
        """New rows of a year beside the row of the year before; empty for tables without years."""
        keys = [column for column in self.work.stage.columns if column in self._key_columns()]
        if "year" not in keys:
            return ""
        quote = connection.ops.quote_name
        same = " AND ".join(f"t.{quote(key)} = s.{quote(key)}" + (" - 1" if key == "year" else "") for key in keys)
        return (
            f"FROM {self.work.stage.table} AS s JOIN {self.work.target} AS t ON {same} WHERE NOT EXISTS "
            f"(SELECT 1 FROM {self.work.target} AS held WHERE {self.work.same_key.replace('t.', 'held.')})"
        )

    def jumps(self, name: str, rows: str) -> tuple[int, int, list[Jump]]:
        """How many values of a column have a former one, how many of them jump, and the farthest."""
        column = connection.ops.quote_name(name)
        both = f"t.{column} IS NOT NULL AND s.{column} IS NOT NULL"
        by = f"ABS(s.{column} - t.{column})"
        far = f"{by} > {JUMP} * ABS(t.{column}) AND (ABS(t.{column}) >= {LEAST} OR {by} >= {LEAST})"
        rows += f" {'AND' if ' WHERE ' in rows else 'WHERE'} {both}"
        ((compared, jumps),) = self._rows(f"SELECT COUNT(*), SUM(CASE WHEN {far} THEN 1 ELSE 0 END) {rows}")
        if not jumps:
            return int(compared), 0, []
        found = self._rows(
            f"SELECT t.{self.work.pk}, t.{column}, s.{column} {rows} AND {far} "
            f"ORDER BY {by} / (ABS(t.{column}) + 1.0) DESC, t.{self.work.pk} LIMIT {SAMPLES}"
        )
        names = self._names([row[0] for row in found])
        label = self._label(name)
        return int(compared), int(jumps), [
            Jump(label, names.get(key, str(key)), self._said(name, before), self._said(name, after))
            for key, before, after in found
        ]  # fmt: skip

    def _key_columns(self) -> set[str]:
        values = set(self.work.names)
        return {column for column in self.work.stage.columns if column not in values}

    def _new(self, given: dict[str, Any]) -> str:
        """A row that is not held yet, by its name and key."""
        words = [str(given[name]) for name in NAMES if given.get(name)]
        keys = [
            self._said(column, given[column]) for column in self.work.stage.columns if column in self._key_columns()
        ]
        return _short(", ".join([*words[:1], *(key for key in keys if key)]))

    def _names(self, keys: list[Any]) -> dict[Any, str]:
        """Rows that are held, in words."""
        return {key: row_in_words(row) for key, row in self.model._default_manager.in_bulk(keys).items()}

    def _label(self, column: str) -> str:
        return str(self.fields[column].verbose_name)

    def _said(self, column: str, value: Any) -> str:
        """A value as people read it: a code in words, a key as the row that it means."""
        if value is None or value == "":
            return ""
        of = self.fields[column]
        if of.is_relation and of.related_model is not None:
            row = of.related_model._default_manager.filter(pk=value).first()
            return row_in_words(row) if row is not None else str(value)
        return _short(str(dict(of.flatchoices).get(value, value)))

    @staticmethod
    def _list(alias: str, columns: list[str]) -> str:
        return ", ".join(f"{alias}.{connection.ops.quote_name(column)}" for column in columns)

    @staticmethod
    def _rows(sql: str, params: Any = ()) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params or None)
            return list(cursor.fetchall())


def row_in_words(row: Model) -> str:
    """A row by its own name, with the program and the school that it is of."""
    words, program = str(row), getattr(row, "program", None)
    if program is not None:
        return _short(f"{program}, {program.school.name}: {words}")
    school = getattr(row, "school", None)
    return _short(f"{words}, {school.name}" if school is not None else words)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _number(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) {sql}")
        return int(cursor.fetchone()[0])
