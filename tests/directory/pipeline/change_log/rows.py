"""Every row of every table, to compare the state after a revert with the state before the load."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection

from directory.models import ImportReject, ImportRun, KeptChange, Listing, Opening, SearchEntry, SearchState
from directory.pipeline.change_log.tables import is_history

#: Worked out anew after every load, with keys that a sequence gives.
DERIVED = (Listing, Opening, SearchEntry)
DIARIES = (ImportRun, ImportReject, KeptChange, SearchState)

State = dict[str, list[Any]]


def state() -> State:
    """Table -> its rows with their keys, in order; derived rows without their keys. Diaries and histories stay out."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in ("directory", "careers") or model in DIARIES or is_history(model):
            continue
        columns = [str(field.column) for field in model._meta.concrete_fields]
        if model in DERIVED:
            columns = [column for column in columns if column not in ("id", "updated_at")]
        listed = ", ".join(connection.ops.quote_name(column) for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {listed} FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
            found[model._meta.label] = sorted(cursor.fetchall(), key=repr)
    return found


def same(before: State, after: State) -> bool:
    """Compare and show what differs, a table at a time: a whole state is too long to read."""
    for label, rows in before.items():
        assert after[label] == rows, label
    return True
