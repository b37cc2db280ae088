"""Bringing a stage into its table: what is new, what changed, what is gone, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Self

from django.db import connection
from django.db.models import NOT_PROVIDED

from directory.importers import phases, watching
from directory.importers.stage import Stage, column_of

SAMPLES = 5
_removing: ContextVar[bool] = ContextVar("removing", default=True)


@contextmanager
def nothing_removed() -> Iterator[None]:
    """While it lasts, merges leave absent rows alone: a row that could not be read is not a row that is gone."""
    before = _removing.set(False)
    try:
        yield
    finally:
        _removing.reset(before)


@dataclass(frozen=True, slots=True)
class Loss:
    """What a file takes off: so many of the rows that were held and that it answers for. `added` came instead."""

    what: str
    removed: int
    held: int
    added: int = 0


@dataclass(slots=True)
class Changes:
    """What an import did, or would do. `samples` are a few lines for a person to judge it by."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    samples: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __iadd__(self, other: Changes) -> Self:
        self.added += other.added
        self.changed += other.changed
        self.removed += other.removed
        self.samples += other.samples
        self.losses += other.losses
        return self


@dataclass(frozen=True, slots=True)
class Absent:
    """What happens to rows of the table that the file should hold and does not.

    `within` is an SQL condition on the table's alias `t` that says which rows the file answers for; `mark` the
    columns to set. Without `mark` the rows are deleted, which only facts of the very same release are.
    """

    within: str
    params: tuple[Any, ...] = ()
    mark: Mapping[str, Any] | None = None


def merge(
    stage: Stage,
    *,
    key: Sequence[str],
    always: Mapping[str, Any] | None = None,
    update: bool = True,
    insert: bool = True,
    absent: Absent | None = None,
) -> Changes:
    """Insert what is new, update what differs, treat what is absent; everything else stays untouched.

    `key` names the stage's fields that identify a row. `always` are columns set on every inserted or updated row
    (the release); a row that differs in nothing else follows the release without counting as changed. With
    `update=False` existing rows are left alone: an older release only fills gaps; with `insert=False` no rows are
    made: the file only adds columns to rows that another source brings. Columns that the stage does not have take
    the model's defaults.
    """
    phases.say(f"Comparing {stage.model._meta.verbose_name_plural} with what is held")
    work = _Merge(stage, tuple(key), dict(always or {}))
    changes = Changes()
    if insert:
        changes.added = work.count_new()
        changes.samples += work.sample("added", work.new_rows())
    if update:
        changes.changed = work.count_different()
        changes.samples += work.sample("changed", work.different_rows())
    if absent and _removing.get():
        changes.removed = work.count_absent(absent)
        changes.samples += work.sample("removed", work.absent_rows(absent))
        if changes.removed:
            what = str(stage.model._meta.verbose_name_plural)
            changes.losses.append(Loss(what, changes.removed, work.count_answered(absent), changes.added))
    watching.look(work, changes, absent=absent, insert=insert, update=update)
    if absent and changes.removed:
        work.treat_absent(absent)
    if update:
        work.update()
    if changes.added:
        work.insert()
    return changes


class _Merge:
    def __init__(self, stage: Stage, key: tuple[str, ...], always: dict[str, Any]) -> None:
        quote = connection.ops.quote_name
        self.stage = stage
        self.target = quote(stage.model._meta.db_table)
        self.always = {quote(column_of(stage.model, name)): value for name, value in always.items()}
        self.key = [quote(column_of(stage.model, name)) for name in key]
        self.values = [quote(column) for column in stage.columns if quote(column) not in self.key]
        self.names = [column for column in stage.columns if quote(column) not in self.key]
        self.pk = quote(str(stage.model._meta.pk.column))
        self.same_key = " AND ".join(f"t.{column} = s.{column}" for column in self.key)
        # Null-safe "differs": SQLite before 3.39 knows it only as IS NOT.
        self.differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
        self.different = " OR ".join(f"t.{column} {self.differs} s.{column}" for column in self.values) or "1 = 0"

    def new_rows(self) -> str:
        return f"FROM {self.stage.table} AS s WHERE NOT EXISTS (SELECT 1 FROM {self.target} AS t WHERE {self.same_key})"

    def different_rows(self) -> str:
        return f"FROM {self.stage.table} AS s JOIN {self.target} AS t ON {self.same_key} WHERE {self.different}"

    def absent_rows(self, absent: Absent) -> tuple[str, tuple[Any, ...]]:
        gone = f"NOT EXISTS (SELECT 1 FROM {self.stage.table} AS s WHERE {self.same_key})"
        sql, params = self.answered_rows(absent)
        return f"{sql} AND {gone}", params

    def answered_rows(self, absent: Absent) -> tuple[str, tuple[Any, ...]]:
        sql, params = f"FROM {self.target} AS t WHERE ({absent.within})", absent.params
        if absent.mark:  # rows that bear the mark already are not removed a second time
            unmarked = " OR ".join(f"t.{self._column(name)} {self.differs} %s" for name in absent.mark)
            sql, params = f"{sql} AND ({unmarked})", (*params, *absent.mark.values())
        return sql, params

    def count_new(self) -> int:
        return self._number(self.new_rows())

    def count_different(self) -> int:
        return self._number(self.different_rows())

    def count_absent(self, absent: Absent) -> int:
        return self._number(*self.absent_rows(absent))

    def count_answered(self, absent: Absent) -> int:
        return self._number(*self.answered_rows(absent))

    def sample(self, what: str, rows: str | tuple[str, tuple[Any, ...]]) -> list[str]:
        sql, params = rows if isinstance(rows, tuple) else (rows, ())
        alias = "t" if what == "removed" else "s"
        shown = [f"{alias}.{column}" for column in self.key]
        if what == "changed":
            shown += [part for column in self.values for part in (f"t.{column}", f"s.{column}")]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(shown)} {sql} LIMIT {SAMPLES}", params)
            return [f"{what}: {self._in_words(row)}" for row in cursor.fetchall()]

    def _in_words(self, row: tuple[Any, ...]) -> str:
        keys, pairs = row[: len(self.key)], row[len(self.key) :]
        words = f"{self.stage.model._meta.verbose_name} {' '.join(str(part) for part in keys)}"
        changes = [
            f"{name} {pairs[2 * at]!r} → {pairs[2 * at + 1]!r}"
            for at, name in enumerate(self.names)
            if pairs and pairs[2 * at] != pairs[2 * at + 1]
        ]
        return f"{words}: {', '.join(changes)}" if changes else words

    def treat_absent(self, absent: Absent) -> None:
        sql, params = self.absent_rows(absent)
        rows = f"SELECT t.{self.pk} {sql}"
        with connection.cursor() as cursor:
            if absent.mark is None:
                cursor.execute(f"DELETE FROM {self.target} WHERE {self.pk} IN ({rows})", params)
            else:
                sets = ", ".join(f"{self._column(name)} = %s" for name in absent.mark)
                cursor.execute(
                    f"UPDATE {self.target} SET {sets} WHERE {self.pk} IN ({rows})",
                    (*absent.mark.values(), *params),
                )

    def update(self) -> None:
        sets = [f"{column} = s.{column}" for column in self.values] + [f"{column} = %s" for column in self.always]
        if not sets:
            return
        stale = " OR ".join([self.different, *(f"t.{column} {self.differs} %s" for column in self.always)])
        fixed = tuple(self.always.values())
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self.target} AS t SET {', '.join(sets)} FROM {self.stage.table} AS s "
                f"WHERE {self.same_key} AND ({stale})",
                (*fixed, *fixed),
            )

    def insert(self) -> None:
        given = [*self.key, *self.values]
        fixed = {**self._defaults({*given, *self.always}), **self.always}
        marks = ", ".join([*(f"s.{column}" for column in given), *(["%s"] * len(fixed))])
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.target} ({', '.join([*given, *fixed])}) SELECT {marks} {self.new_rows()}",
                tuple(fixed.values()),
            )

    def _defaults(self, given: set[str]) -> dict[str, Any]:
        """Model defaults of the columns that the stage does not bring; NULL where the model allows it."""
        quote = connection.ops.quote_name
        defaults: dict[str, Any] = {}
        for each in self.stage.model._meta.concrete_fields:
            column = quote(str(each.column))
            if each.primary_key or column in given:
                continue
            value = each.get_default() if each.default is not NOT_PROVIDED or not each.null else None
            defaults[column] = each.get_db_prep_save(value, connection)
        return defaults

    def _column(self, name: str) -> str:
        return connection.ops.quote_name(column_of(self.stage.model, name))

    def _number(self, sql: str, params: tuple[Any, ...] = ()) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) {sql}", params)
            return int(cursor.fetchone()[0])
