"""Keeping what a load changes, in the transaction of the load.

The first time that a table is about to be written, its rows are copied to a temporary table; at the end the two are
compared. So nothing depends on how an importer writes, and a new one need not know of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from django.db import connection, models

from directory.importers import phases
from directory.models import ImportRun
from directory.pipeline.change_log.packing import Kind, mark, put
from directory.pipeline.change_log.tables import Watched, quote, rows, temporary, watched

#: Statements that write, and the table that they write to; values are never part of a statement here.
WRITES: Final = re.compile(
    r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+[\"`]?(\w+)",
    re.IGNORECASE,
)


@contextmanager
def keeping(run: ImportRun, *, only: Collection[type[models.Model]] | None = None) -> Iterator[None]:
    """Keep what happens inside under `run`, which must be saved: all tables, or those of `only`.

    Belongs into the transaction of the load, so that what it did and what was kept of it stand or fall together. The
    official values must stand in the tables at both ends: lift corrections before, lay them back after it. May be used
    more than once for a run, for different tables.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("What a load changes is kept in the transaction of the load.")
    tables = watched()
    if only is not None:
        names = {str(model._meta.db_table) for model in only}
        tables = {name: table for name, table in tables.items() if name in names}
    with ExitStack() as copies:
        watch = _Watch(tables, copies)
        with connection.execute_wrapper(watch):
            yield
        for name in sorted(watch.copied):
            phases.say(f"Keeping what changed in {tables[name].nouns}, so that it can be taken back")
            _keep(run, tables[name], watch.copied[name])


class _Watch:
    """Copies a table before the first statement that writes to it."""

    def __init__(self, tables: dict[str, Watched], copies: ExitStack) -> None:
        self.tables, self.copies = tables, copies
        self.copied: dict[str, str] = {}

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        for name in WRITES.findall(sql):
            table = self.tables.get(name)
            if table is not None and name not in self.copied:
                query = f"SELECT {table.listed()} FROM {table.quoted}"
                self.copied[name] = self.copies.enter_context(temporary(query, key=table.key))
        return execute(sql, params, many, context)


def _keep(run: ImportRun, table: Watched, before: str) -> None:
    """Compare a table with its copy and keep the difference."""
    same = f"b.{table.key} = t.{table.key}"
    now, then = table.listed("t"), table.listed("b")
    order = f"ORDER BY {table.key_at + 1}"  # neighbours resemble each other, so they lie smaller
    created = rows(
        f"SELECT {now} FROM {table.quoted} AS t LEFT JOIN {before} AS b ON {same} WHERE b.{table.key} IS NULL {order}"
    )
    for place, found in enumerate(created):
        put(run, table, Kind.CREATED, place, [[row[table.key_at], mark(row)] for row in found])
    gone = rows(
        f"SELECT {then} FROM {before} AS b LEFT JOIN {table.quoted} AS t ON {same} WHERE t.{table.key} IS NULL {order}"
    )
    for place, found in enumerate(gone):
        put(run, table, Kind.REMOVED, place, found)
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    different = [f"b.{quote(column)} {differs} t.{quote(column)}" for column in table.columns]
    flags = ", ".join(f"({each})" for each in different)
    changed = rows(
        f"SELECT {then}, {now}, {flags} FROM {before} AS b JOIN {table.quoted} AS t ON {same} "
        f"WHERE {' OR '.join(different)} {order}"
    )
    for place, found in enumerate(changed):
        put(run, table, Kind.CHANGED, place, [_changed(row, table) for row in found])


def _changed(row: tuple[Any, ...], table: Watched) -> list[Any]:
    """A row's key, and before and after of the columns that differ, by their place."""
    width = len(table.columns)
    then, now, differs = row[:width], row[width : 2 * width], row[2 * width :]
    pairs = {at: [then[at], now[at]] for at in range(width) if differs[at]}
    return [now[table.key_at], pairs]
