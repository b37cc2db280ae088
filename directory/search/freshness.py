"""What each worker keeps in memory for searching, and when it reads it anew.

The database holds a token, a random text that every change of what can be found replaces in its own
transaction (`touch`). A worker compares it at each question: one read of one row.
"""

from __future__ import annotations

import secrets
from threading import Lock
from typing import Final

from django.db import connection
from django.utils import timezone

from directory.models import SearchState
from directory.search.table.columns import Columns
from directory.search.table.loading import load_columns
from directory.search.vocabulary import Vocabulary
from directory.search.vocabulary import load as load_vocabulary

_ROW: Final = 1
_held: dict[str, Snapshot] = {}


class Snapshot:
    """The search tables as of one token. Each part is read when it is first needed, by one thread for all."""

    def __init__(self, token: str) -> None:
        self.token = token
        self._lock = Lock()
        self._columns: Columns | None = None
        self._vocabulary: Vocabulary | None = None

    @property
    def columns(self) -> Columns:
        if self._columns is None:
            with self._lock:
                self._columns = self._columns or load_columns()
        return self._columns

    @property
    def vocabulary(self) -> Vocabulary:
        if self._vocabulary is None:
            with self._lock:
                self._vocabulary = self._vocabulary or load_vocabulary()
        return self._vocabulary


def current() -> Snapshot:
    """The tables as they are now; one small query, and a reading of everything after a change."""
    token = _token()
    held = _held.get(_database())
    if held is None or held.token != token:
        held = _held[_database()] = Snapshot(token)
    return held


def touch() -> None:
    """Say that what can be found has changed. Belongs into the transaction of the change."""
    SearchState.objects.update_or_create(pk=_ROW, defaults={"token": secrets.token_hex(16), "built_at": timezone.now()})


def forget() -> None:
    """Drop what this worker holds; for tests, whose databases come and go under the same name."""
    _held.clear()


def _token() -> str:
    # Without the ORM, because this is asked at every page.
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM directory_searchstate WHERE id = %s", [_ROW])
        row = cursor.fetchone()
    return row[0] if row else ""


def _database() -> str:
    return str(connection.settings_dict["NAME"])
