"""Which tables a load may change so that it can be taken back, and how their rows are read."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

from directory.models import ImportReject, ImportRun, KeptChange

ROWS_AT_ONCE: Final = 2_000
#: The diary of loads is no part of what a load did, and what is kept of one no part of another.
UNWATCHED: Final = (ImportRun, ImportReject, KeptChange)
#: What JSON has no word for.
SPELT: Final = (dt.datetime, dt.date, dt.time, Decimal, uuid.UUID)
_serial = count(1)


@dataclass(frozen=True, slots=True)
class Watched:
    """One table: its model, its columns in the order in which rows are kept, and its key among them."""

    model: type[models.Model]
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.model._meta.db_table)

    @property
    def quoted(self) -> str:
        return quote(self.name)

    @property
    def key(self) -> str:
        """The quoted column of the primary key."""
        return quote(str(self.model._meta.pk.column))

    @property
    def key_at(self) -> int:
        return self.columns.index(str(self.model._meta.pk.column))

    @property
    def nouns(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    def listed(self, alias: str = "", columns: Sequence[str] = ()) -> str:
        """The columns, quoted, as a statement lists them."""
        prefix = f"{alias}." if alias else ""
        return ", ".join(f"{prefix}{quote(column)}" for column in columns or self.columns)


def quote(name: str) -> str:
    return str(connection.ops.quote_name(name))


def watched() -> dict[str, Watched]:
    """Name -> every table of facts and of what staff say about them, of all apps that have importers.

    Found among the models that Django knows, so that the directory need not know the careers. Histories are
    diaries too.
    """
    found = {}
    for model in apps.get_models(include_auto_created=True):
        ours = model._meta.app_label in OUR_APPS
        if ours and model not in UNWATCHED and not is_history(model):
            columns = tuple(str(field.column) for field in model._meta.concrete_fields)
            found[str(model._meta.db_table)] = Watched(model, columns)
    return found


OUR_APPS: Final = frozenset({"directory", "careers"})


def is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "instance_type") or any(field.name == "m2m_history_id" for field in model._meta.fields)


def rows(query: str, params: Sequence[Any] = ()) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query, some thousand at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, params)
        while found := cursor.fetchmany(ROWS_AT_ONCE):
            yield found


@contextmanager
def temporary(query: str, *, key: str = "") -> Iterator[str]:
    """A temporary table with the rows of a query; its name. An error leaves it to the transaction that it undoes."""
    name = f"stage_log_{next(_serial)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} AS {query}")
        if key:
            cursor.execute(f"CREATE UNIQUE INDEX {name}_key ON {name} ({key})")
            if connection.vendor == "postgresql":
                cursor.execute(f"ANALYZE {name}")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {name}")
