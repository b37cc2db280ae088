"""The worker that runs for good outlives the connections that it works by."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection

from directory.importers.locking import WORK_NUMBER
from directory.management.commands import work_proposals
from directory.pipeline.proposals.working import work_through


class Ended(Exception):
    """Enough was seen."""


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(work_proposals, "EVERY", 0.0)


def looking(monkeypatch, *looks):
    """What the worker meets each time when it looks for work."""
    waiting = iter(looks)
    monkeypatch.setattr(work_proposals, "work_through", lambda: next(waiting)())


def fails(error):
    def look():
        raise error

    return look


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_after_a_lost_connection_it_begins_anew_with_another_and_with_the_lock(monkeypatch, error):
    seen: list[str] = []

    @contextmanager
    def lock(*, patience):
        seen.append("lock")
        yield

    class Connection:
        def close(self):
            seen.append("closed")

    monkeypatch.setattr(work_proposals, "work_lock", lock)
    monkeypatch.setattr(work_proposals, "connection", Connection())
    looking(monkeypatch, fails(error("gone")), list, fails(Ended))
    with pytest.raises(Ended):
        call_command("work_proposals")
    assert seen == ["lock", "closed", "lock"]


@pytest.mark.django_db
def test_a_worker_for_once_says_that_the_database_failed(monkeypatch):
    looking(monkeypatch, fails(OperationalError("gone")))
    with pytest.raises(OperationalError):
        call_command("work_proposals", "--once")


@pytest.mark.postgres  # a database of files has no sessions that end
@pytest.mark.django_db(transaction=True)
def test_its_session_is_ended_on_the_server_and_the_next_one_holds_the_lock(monkeypatch):
    def own():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]

    def is_ended():
        first.append(own())
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [first[0]])
        other.close()
        return list(work_through())

    def is_back():
        assert own() != first[0]
        with connection.cursor() as cursor:
            asked = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = %s AND objid = %s"
            cursor.execute(asked, [own(), WORK_NUMBER])
            assert cursor.fetchone()[0] == 1
        raise Ended

    first: list[int] = []
    looking(monkeypatch, is_ended, is_back)
    with pytest.raises(Ended):
        call_command("work_proposals")
