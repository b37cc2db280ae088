"""Staging tables: where rows wait, outside of what readers see, until the whole file has been read.

Rows go straight to a temporary table of the database, so memory does not grow with the file, and everything that
follows (comparison, insert, update, retire) is one statement per step on SQLite and PostgreSQL alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any, NamedTuple, Self

from django.db import connection
from django.db.models import Model

BATCH = 5_000
_serial = count(1)


class Repeat(NamedTuple):
    """A row whose key stood in the file before: its line, the first line with that key, whether it says the same."""

    line: int
    first: int
    same: bool


def column_of(model: type[Model], name: str) -> str:
    """The database column of a model field ("school" -> "school_id")."""
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]


class TemporaryTable:
    """A temporary table with a `line` column and whatever `definition` lists, filled in batches.

    Use as a context manager; the table is dropped at the end.
    """

    def __init__(self, name: str, columns: Sequence[str], definition: str) -> None:
        self.table = f"stage_{name}_{next(_serial)}"
        self.columns = tuple(columns)
        self.definition = definition
        self._waiting: list[tuple[Any, ...]] = []
        self._own_transaction = False

    def __enter__(self) -> Self:
        # SQLite commits each row of a batch by itself unless told otherwise. A plain BEGIN takes no lock on the main
        # database: readers and writers go on while the file is read into the temporary table.
        # An importer with two stages opens one transaction for both.
        self._own_transaction = (
            connection.vendor == "sqlite"
            and not connection.in_atomic_block
            and not (connection.connection is not None and connection.connection.in_transaction)
        )
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {self.table} {self.definition}")
            if self._own_transaction:
                cursor.execute("BEGIN")
        return self

    def __exit__(self, *exception: object) -> None:
        self._end_own_transaction()
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS {self.table}")

    def add(self, line: int, *values: Any) -> None:
        """Put one row; values in the order of the columns, foreign keys as ids."""
        self._waiting.append((line, *values))
        if len(self._waiting) >= BATCH:
            self._write()

    def finish(self, *columns: str) -> None:
        """All rows are in: write the rest, and index the columns by which they will be compared."""
        self._write()
        self._end_own_transaction()
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE INDEX {self.table}_key ON {self.table} ({self._list(columns)})")
            cursor.execute(f"ANALYZE {self.table}")

    def drop_repeats(self, *columns: str) -> list[Repeat]:
        """Take out rows whose key stood in the file before."""
        key = self._list(columns)
        row = "rowid" if connection.vendor == "sqlite" else "ctid"
        equal = "IS" if connection.vendor == "sqlite" else "IS NOT DISTINCT FROM"
        rest = [column for column in map(connection.ops.quote_name, self.columns) if column not in key.split(", ")]
        same = " AND ".join(f"{column} {equal} FIRST_VALUE({column}) OVER earlier" for column in rest) or "1 = 1"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT line, first, same FROM (SELECT line, MIN(line) OVER earlier AS first, ({same}) AS same, "
                f"ROW_NUMBER() OVER earlier AS place FROM {self.table} "
                f"WINDOW earlier AS (PARTITION BY {key} ORDER BY line, {row})) AS seen WHERE place > 1 ORDER BY line"
            )
            found = [Repeat(int(line), int(first), bool(same)) for line, first, same in cursor.fetchall()]
            if found:
                cursor.execute(
                    f"DELETE FROM {self.table} WHERE {row} IN (SELECT {row} FROM "
                    f"(SELECT {row}, ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY line, {row}) AS place "
                    f"FROM {self.table}) AS seen WHERE place > 1)"
                )
        return found

    def fill(self, query: str, params: Sequence[Any] = ()) -> None:
        """Put the rows of a query whose columns are `line` and then ours, in order."""
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {self.table} (line, {self._list(self.columns)}) {query}", params)

    def _write(self) -> None:
        if not self._waiting:
            return
        names = f"line, {self._list(self.columns)}"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.table} ({names}) FROM STDIN") as copy:
                    for row in self._waiting:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * (len(self.columns) + 1))
                cursor.executemany(f"INSERT INTO {self.table} ({names}) VALUES ({marks})", self._waiting)
        self._waiting.clear()

    def _end_own_transaction(self) -> None:
        if self._own_transaction:
            self._own_transaction = False
            with connection.cursor() as cursor:
                cursor.execute("COMMIT")

    @staticmethod
    def _list(columns: Sequence[str]) -> str:
        return ", ".join(connection.ops.quote_name(column) for column in columns)


class Stage(TemporaryTable):
    """A temporary table with the named fields of a model, ready to be merged into it."""

    def __init__(self, model: type[Model], fields: Sequence[str]) -> None:
        self.model = model
        columns = [column_of(model, name) for name in fields]
        source = connection.ops.quote_name(model._meta.db_table)
        # An empty copy has the column types of the real table on either database.
        definition = f"AS SELECT 0 AS line, {self._list(columns)} FROM {source} WHERE 1 = 0"
        super().__init__(str(model._meta.model_name), columns, definition)

    def finish(self, *fields: str) -> None:
        super().finish(*(column_of(self.model, name) for name in fields))

    def drop_repeats(self, *fields: str) -> list[Repeat]:
        return super().drop_repeats(*(column_of(self.model, name) for name in fields))
