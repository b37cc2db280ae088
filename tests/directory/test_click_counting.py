"""However many leave at once, each is counted once; a database that is busy makes nobody wait for long."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection, connections

from config.settings.base import SQLITE_OPTIONS
from directory.engagement import clicks
from directory.engagement.clicks import count_leave
from directory.models import ClickCount, Program, School
from directory.vocab import GoKind
from tests.directory.invented import program, school

DAY = dt.date(2025, 9, 1)
LEAVES, AT_ONCE = 200, 8


def leave_many(leave: Callable[[int], bool], alias: str) -> list[bool]:
    """LEAVES calls of leave(number) from AT_ONCE threads that start together."""
    start = threading.Barrier(AT_ONCE)

    def worker(first: int) -> list[bool]:
        start.wait(timeout=10)
        try:
            return [leave(number) for number in range(first, LEAVES, AT_ONCE)]
        finally:
            connections[alias].close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [counted for part in pool.map(worker, range(AT_ONCE)) for counted in part]


@pytest.mark.django_db
def test_leaves_one_after_the_other_add_up():
    at = program(school())
    for number in range(LEAVES):
        assert count_leave(kind=GoKind.APPLY, school=at.school, program=at if number % 2 else None, day=DAY)
    assert set(ClickCount.objects.values_list("program", "count")) == {(None, 100), (at.pk, 100)}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_leaves_at_once_add_up_on_postgresql():
    at = program(school())

    def leave(number: int) -> bool:
        return count_leave(kind=GoKind.APPLY, school=at.school, program=at if number % 2 else None, day=DAY)

    assert all(leave_many(leave, "default"))
    assert list(ClickCount.objects.values_list("count", flat=True)) == [LEAVES // 2, LEAVES // 2]


@pytest.fixture
def sqlite_file(tmp_path, django_db_blocker) -> Iterator[str]:
    """Alias of a SQLite file with the table of counts alone, opened as the site opens its own."""
    alias = "counts"
    usual = SQLITE_OPTIONS["init_command"]
    connections.settings[alias] = {
        **connection.settings_dict,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "counts.sqlite3"),
        # schools and programs are in another file here, so nothing can be referred to
        "OPTIONS": {**SQLITE_OPTIONS, "init_command": f"{usual} PRAGMA foreign_keys=OFF;"},
        "CONN_MAX_AGE": 0,
    }
    with django_db_blocker.unblock():
        with connections[alias].schema_editor() as editor:
            editor.create_model(ClickCount)
        connections[alias].close()  # the editor switched foreign keys on again
        yield alias
        connections[alias].close()
    del connections[alias]
    del connections.settings[alias]


def test_leaves_at_once_add_up_on_sqlite(sqlite_file):
    at = Program(pk=7, school=School(pk=3))

    def leave(number: int) -> bool:
        chosen = at if number % 2 else None
        return count_leave(kind=GoKind.APPLY, school=at.school, program=chosen, day=DAY, using=sqlite_file)

    assert all(leave_many(leave, sqlite_file))
    rows = ClickCount.objects.using(sqlite_file).order_by("program_id").values_list("program_id", "count")
    assert list(rows) == [(None, LEAVES // 2), (7, LEAVES // 2)]


def test_a_database_that_somebody_else_writes_to_is_not_waited_for_long(sqlite_file, monkeypatch, caplog):
    monkeypatch.setattr(clicks, "WAIT_MILLISECONDS", 20)
    count = {"kind": GoKind.APPLY, "school": School(pk=3), "program": None, "day": DAY, "using": sqlite_file}
    with closing(connections.create_connection(sqlite_file)) as other, other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        assert count_leave(**count) is False
        cursor.execute("ROLLBACK")
    assert count_leave(**count) is True
    assert caplog.messages == ["A leave was not counted: OperationalError"]
    with connections[sqlite_file].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)
