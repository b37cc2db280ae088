"""However many leave at once, each is counted once; a database that is busy makes nobody wait for long."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any

import pytest
from django.db import connection, connections

from config import gunicorn
from config.settings.base import SQLITE_OPTIONS
from directory.engagement import clicks
from directory.engagement.clicks import count_leave, settle
from directory.engagement.settling import Settler
from directory.models import ClickCount, Program, School
from directory.vocab import Control, GoKind
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

    leave_many(leave, "default")  # one that found the row busy waits
    assert settle() == 0
    assert list(ClickCount.objects.values_list("count", flat=True)) == [LEAVES // 2, LEAVES // 2]


@pytest.fixture
def sqlite_file(tmp_path, django_db_blocker) -> Iterator[str]:
    """Alias of a SQLite file with one school, its program and their counts, opened as the site opens its own."""
    alias = "counts"
    usual = SQLITE_OPTIONS["init_command"]
    connections.settings[alias] = {
        **connection.settings_dict,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "counts.sqlite3"),
        # the releases of school and program are in another file, so nothing can be referred to
        "OPTIONS": {**SQLITE_OPTIONS, "init_command": f"{usual} PRAGMA foreign_keys=OFF;"},
        "CONN_MAX_AGE": 0,
    }
    with django_db_blocker.unblock():
        with connections[alias].schema_editor() as editor:
            for model in (School, Program, ClickCount):
                editor.create_model(model)
        connections[alias].close()  # the editor switched foreign keys on again
        School.objects.using(alias).bulk_create([School(pk=3, control=Control.PUBLIC, release_id=1)])
        named = {"school_id": 3, "field_id": 1, "award_level": 3, "first_year": 2020, "last_year": 2024}
        Program.objects.using(alias).bulk_create([Program(pk=7, release_id=1, **named)])
        yield alias
        connections[alias].close()
    del connections[alias]
    del connections.settings[alias]


def test_leaves_at_once_add_up_on_sqlite(sqlite_file):
    at = Program(pk=7, school=School(pk=3))

    def leave(number: int) -> bool:
        chosen = at if number % 2 else None
        return count_leave(kind=GoKind.APPLY, school=at.school, program=chosen, day=DAY, using=sqlite_file)

    leave_many(leave, sqlite_file)  # one that found the file busy waits
    assert settle() == 0
    rows = ClickCount.objects.using(sqlite_file).order_by("program_id").values_list("program_id", "count")
    assert list(rows) == [(None, LEAVES // 2), (7, LEAVES // 2)]


@pytest.fixture
def nothing_waits() -> Iterator[None]:
    clicks.waiting.take()
    yield
    assert not clicks.waiting.take(), "a test left leaves behind"


@pytest.fixture
def busy(sqlite_file, monkeypatch) -> Callable[[], AbstractContextManager[None]]:
    """`with busy():` somebody else holds the only write lock of the file."""
    monkeypatch.setattr(clicks, "WAIT_MILLISECONDS", 20)

    @contextmanager
    def held() -> Iterator[None]:
        with closing(connections.create_connection(sqlite_file)) as other, other.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            yield
            cursor.execute("ROLLBACK")

    return held


def count(alias: str, **other: Any) -> bool:
    leave = {"kind": GoKind.APPLY, "school": School(pk=3), "program": None, "day": DAY, **other}
    return count_leave(**leave, using=alias)


def numbers(alias: str) -> dict[tuple[str, int | None], int]:
    rows = ClickCount.objects.using(alias).values_list("kind", "program_id", "count")
    return {(kind, program): times for kind, program, times in rows}


@pytest.mark.usefixtures("nothing_waits")
def test_a_busy_database_is_not_waited_for_and_its_leaves_are_counted_with_the_next(sqlite_file, busy, caplog):
    with busy():
        assert [count(sqlite_file) for _ in range(3)] == [False, False, False]
        assert count(sqlite_file, kind=GoKind.AID, program=Program(pk=7, school_id=3)) is False
    assert count(sqlite_file) is True
    assert numbers(sqlite_file) == {("apply", None): 4, ("aid", 7): 1}
    assert caplog.messages == ["A leave was not counted yet: OperationalError"] * 4
    with connections[sqlite_file].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)


@pytest.mark.usefixtures("nothing_waits")
def test_what_waits_is_written_when_the_process_ends(sqlite_file, busy):
    with busy():
        count(sqlite_file)
        count(sqlite_file)
        assert settle(milliseconds=20) == 2
    assert settle() == 0
    assert settle() == 0
    assert numbers(sqlite_file) == {("apply", None): 2}


@pytest.mark.usefixtures("nothing_waits")
def test_leaves_that_wait_are_counted_once_however_many_write_them(sqlite_file, busy):
    with busy():
        for _ in range(50):
            count(sqlite_file)
    leave_many(lambda _number: count(sqlite_file), sqlite_file)
    assert settle() == 0
    assert numbers(sqlite_file) == {("apply", None): 50 + LEAVES}


@pytest.mark.usefixtures("nothing_waits")
def test_the_memory_of_a_process_is_not_filled_while_the_database_is_away(sqlite_file, busy, monkeypatch):
    monkeypatch.setattr(clicks, "MOST_WAITING", 2)
    with busy():
        for kind in (GoKind.APPLY, GoKind.AID, GoKind.VISIT, GoKind.APPLY):
            count(sqlite_file, kind=kind)
    assert settle() == 0
    assert numbers(sqlite_file) == {("apply", None): 2, ("aid", None): 1}


@pytest.mark.django_db
@pytest.mark.usefixtures("nothing_waits")
def test_a_leave_that_can_never_be_counted_does_not_wait(monkeypatch, caplog):
    at = school()
    monkeypatch.setattr(clicks, "_statement", lambda *_: ("SELECT nothing FROM nowhere", ()))
    monkeypatch.setattr(clicks, "OperationalError", type("Never", (Exception,), {}))
    assert count_leave(kind=GoKind.APPLY, school=at, program=None, day=DAY) is False
    assert caplog.messages[0].startswith("A leave was not counted: ")


@pytest.mark.usefixtures("nothing_waits")
def test_what_waits_is_written_though_nobody_leaves_after_it(sqlite_file, busy, monkeypatch):
    with busy():
        count(sqlite_file)
    written = threading.Event()

    def settle_and_tell(*, milliseconds: int = 0) -> int:
        left = settle()
        written.set()
        return left

    monkeypatch.setattr(clicks, "settle", settle_and_tell)
    settler = Settler(every=0.01)
    settler.start()
    assert written.wait(10)
    settler.stop()
    assert numbers(sqlite_file) == {("apply", None): 1}


@pytest.mark.usefixtures("nothing_waits")
def test_a_worker_that_ends_writes_what_waits(sqlite_file, busy, monkeypatch):
    monkeypatch.setattr(gunicorn, "_settlers", [Settler()])
    with busy():
        count(sqlite_file)
    gunicorn.worker_exit(None, None)
    assert numbers(sqlite_file) == {("apply", None): 1}
