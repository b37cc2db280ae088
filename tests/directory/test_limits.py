"""The one limiter: exact under many at once, for all processes, forgetting nobody's address because it knows none."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, connections
from django.test import RequestFactory

from config.settings.base import SQLITE_OPTIONS
from directory.engagement import limits
from directory.engagement.counting import network_of
from directory.engagement.limits import DAY, HOUR, Limit, forgiving, in_words, seconds_to_wait, tidy
from directory.models import Tally

NOON = dt.datetime(2026, 3, 2, 12, 1, tzinfo=dt.UTC)
TWO = Limit("test", 2, HOUR)
HERE = "203.0.113.7"


@pytest.mark.django_db
class TestCounting:
    def test_so_many_an_hour_and_then_the_seconds_to_the_next(self):
        assert [seconds_to_wait((TWO, HERE), now=NOON) for _ in range(4)] == [0, 0, 3_540, 3_540]
        assert seconds_to_wait((TWO, HERE), now=NOON + dt.timedelta(hours=1)) == 0

    def test_others_and_other_purposes_count_apart(self):
        for _ in range(3):
            seconds_to_wait((TWO, HERE), now=NOON)
        assert seconds_to_wait((TWO, "203.0.113.8"), now=NOON) == 0
        assert seconds_to_wait((Limit("other", 2, HOUR), HERE), now=NOON) == 0
        assert seconds_to_wait((Limit("test", 2, DAY), HERE), now=NOON) == 0

    def test_what_one_limit_refuses_uses_up_no_other(self):
        shared = Limit("shared", 3, HOUR)
        for _ in range(50):
            seconds_to_wait((TWO, HERE), (shared, "everybody"), now=NOON)
        assert seconds_to_wait((shared, "everybody"), now=NOON) == 0
        assert seconds_to_wait((shared, "everybody"), now=NOON) > 0

    def test_the_longest_wait_is_the_one_that_is_told(self):
        none, never = Limit("a", 0, HOUR), Limit("b", 0, DAY)
        assert seconds_to_wait((none, HERE), (never, HERE), now=NOON) == 11 * 3_600 + 59 * 60

    def test_a_row_says_nothing_about_anybody_and_goes_with_its_time(self):
        seconds_to_wait((TWO, HERE), now=NOON)
        row = Tally.objects.get()
        assert HERE not in str(vars(row))
        assert tidy(now=row.until) == 0
        assert tidy(now=row.until + dt.timedelta(seconds=1)) == 1

    def test_a_form_is_taken_when_nothing_can_be_counted(self, monkeypatch):
        def broken(*_: object) -> int:
            raise DatabaseError

        monkeypatch.setattr(limits, "_count", broken)
        assert forgiving((Limit("test", 0, HOUR), HERE)) == 0
        with pytest.raises(DatabaseError):
            seconds_to_wait((TWO, HERE))


def forty_at_once(using: str) -> list[int]:
    five, together = Limit("at once", 5, HOUR), threading.Barrier(8)

    def some(_: int) -> list[int]:
        together.wait(timeout=10)
        try:
            return [seconds_to_wait((five, HERE), now=NOON, using=using) for _ in range(5)]
        finally:
            connections[using].close()

    with ThreadPoolExecutor(8) as pool:
        return [wait for part in pool.map(some, range(8)) for wait in part]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_forty_at_once_exactly_as_many_pass_as_may_on_postgresql():
    waits = forty_at_once("default")
    assert (len(waits), waits.count(0)) == (40, 5)


def test_of_forty_at_once_exactly_as_many_pass_as_may_on_sqlite(tmp_path, django_db_blocker):
    alias = "limits"
    connections.settings[alias] = {
        **connection.settings_dict,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "limits.sqlite3"),
        "OPTIONS": {**SQLITE_OPTIONS},
        "TEST": {**connection.settings_dict["TEST"], "NAME": None},
    }
    try:
        with django_db_blocker.unblock():
            with connections[alias].schema_editor() as editor:
                editor.create_model(Tally)
            waits = forty_at_once(alias)
            connections[alias].close()
    finally:
        del connections.settings[alias]
    assert (len(waits), waits.count(0)) == (40, 5)


@pytest.mark.parametrize(
    ("sent", "same"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("no address", "no address"),
    ],
)
def test_one_connection_is_one_network(sent, same):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=sent)) == same


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "a minute"), (60, "a minute"), (61, "2 minutes"), (900, "15 minutes"), (7_200, "2 hours"), (7_201, "3 hours")],
)
def test_a_wait_in_words(seconds, said):
    assert in_words(seconds) == said
