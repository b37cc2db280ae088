"""Searches without a result are counted, and nobody can learn from the count who searched."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import RequestFactory
from django.utils import timezone

from config.settings.base import SQLITE_OPTIONS
from directory.engagement import misses
from directory.engagement.misses import MARK, READERS, count_miss, normal_text, note_miss, tidy
from directory.models import MissedSearch

DAY = dt.date(2025, 9, 1)
NEXT = dt.date(2025, 9, 2)
SEARCHES, AT_ONCE = 120, 8
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def count(text: str, reader: str = "somebody", day: dt.date = DAY) -> bool:
    return count_miss(text=text, reader=reader, day=day)


def seen_by(readers: int, text: str, day: dt.date = DAY) -> None:
    for number in range(readers):
        count(text, f"reader {number}", day)


# --- counting --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_same_text_is_one_row_a_month_however_it_is_written():
    for text, day in [
        ("Wound  care", DAY),
        (" wound CARE\n", NEXT),
        ("ｗｏｕｎｄ care", NEXT),
        ("wound care", dt.date(2025, 10, 1)),
    ]:
        assert count(text, day=day)
    assert list(MissedSearch.objects.order_by("month").values_list("month", "count")) == [
        (DAY, 3),
        (dt.date(2025, 10, 1), 1),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "   ", "\x00", "\u200b\u202e"])
def test_nothing_is_counted_without_a_text(text):
    assert not count(text)
    assert not MissedSearch.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a\x00b", "\ud800 half", "'; DROP TABLE x --", "😀", "ا" * 10_000, "%s %(x)s"])
def test_no_text_breaks_the_counter(text):
    assert count(text)
    assert MissedSearch.objects.get().count == 1


@pytest.mark.django_db
def test_a_machine_that_types_nonsense_does_not_fill_the_table(monkeypatch):
    monkeypatch.setattr(misses, "MOST_TEXTS", 2)
    assert [count("one"), count("two"), count("three"), count("one")] == [True, True, False, True]
    assert MissedSearch.objects.count() == 2
    assert count("three", day=dt.date(2025, 10, 1))


# --- the text --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_text_is_kept_when_several_readers_typed_it_on_one_day():
    seen_by(READERS - 1, "Wound care")
    assert MissedSearch.objects.get().text == ""
    count("wound care", "one more")
    row = MissedSearch.objects.get()
    assert (row.text, row.marks, row.day) == ("wound care", "", None)


@pytest.mark.django_db
def test_one_reader_does_not_become_several_by_repeating_or_coming_back():
    for day in (DAY, DAY, DAY, NEXT, NEXT, dt.date(2025, 9, 3), dt.date(2025, 9, 4)):
        count("my neighbour", "the same", day)
    row = MissedSearch.objects.get()
    assert (row.text, row.count) == ("", 7)


@pytest.mark.django_db
def test_readers_of_different_days_do_not_add_up():
    for number in range(6):
        count("my neighbour", f"reader {number}", DAY + dt.timedelta(days=number))
    assert MissedSearch.objects.get().text == ""


@pytest.mark.django_db
def test_what_several_readers_typed_is_known_in_later_months_too():
    seen_by(READERS, "wound care")
    count("wound care", day=dt.date(2025, 11, 3))
    assert set(MissedSearch.objects.values_list("text", "marks")) == {("wound care", "")}


PERSONAL = [
    "ann.lee@school.example", "write to ann＠school.example", "ann (at) school.example", "614-555-0123",
    "call (614) 555 0123 now", "born 01/02/1990", "123-45-6789", "student 1234567", "６１４５５５０１２３", "x" * 81,
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("text", PERSONAL)
def test_what_may_be_personal_is_never_kept_and_not_even_told_apart(text):
    seen_by(2 * READERS, text)
    seen_by(READERS, "something else of that kind 55555555")
    row = MissedSearch.objects.get()
    assert (row.text, row.digest, row.marks, row.day, row.count) == ("", "", "", None, 3 * READERS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["coding 43215", "51.0707", "under $15,000", "2 year or 4 year, 2025", "icd-10 & cpt 2026"]
)
def test_numbers_that_people_search_by_are_no_reason_to_drop_a_text(text):
    seen_by(READERS, text)
    assert MissedSearch.objects.get().text == normal_text(text)


# --- the reader ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_of_a_reader_sixteen_bits_stay_that_change_with_the_day_and_the_text():
    marks = set()
    for text, day in [("one", DAY), ("two", DAY), ("three", DAY), ("one", NEXT), ("four", NEXT)]:
        count(text, "203.0.113.7\nFirefox", day)
        mark = MissedSearch.objects.get(day=day, digest=misses._digest("text", text)[:32]).marks
        assert len(mark) == MARK == 4
        marks.add(mark)
    assert len(marks) > 3  # five of 65,536, so two may be equal once in a few thousand keys; the key here is fixed


@pytest.mark.django_db
def test_marks_go_with_the_first_search_of_the_next_day():
    seen_by(2, "one")
    seen_by(1, "two")
    count("three", day=NEXT)
    assert list(MissedSearch.objects.exclude(marks="").values_list("day", flat=True)) == [NEXT]


@pytest.mark.django_db
def test_tidying_forgets_readers_after_the_day_texts_of_few_after_a_month_and_all_after_a_year():
    for day in (dt.date(2024, 8, 31), dt.date(2024, 9, 1), dt.date(2025, 7, 31), dt.date(2025, 8, 1), DAY):
        seen_by(READERS, "kept", day)
        seen_by(1, "not kept", day)
    tidy(today=DAY)
    assert MissedSearch.objects.exclude(marks="").count() == 1
    tidy(today=NEXT)
    assert not MissedSearch.objects.exclude(marks="", day=None).exists()
    rows = MissedSearch.objects.order_by("month", "text").values_list("month", "text")
    assert [(f"{month:%y-%m}", text) for month, text in rows] == [
        ("24-09", "kept"), ("25-07", "kept"), ("25-08", ""), ("25-08", "kept"), ("25-09", ""), ("25-09", "kept"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_daily_command_tidies():
    count("one", day=timezone.localdate() - dt.timedelta(days=1))
    call_command("refresh", verbosity=0)
    assert not MissedSearch.objects.exclude(marks="").exists()


# --- requests --------------------------------------------------------------------------------------


def ask(*, method: str = "GET", address: str = "203.0.113.7", **headers: str) -> None:
    given = {"User-Agent": BROWSER, **{name.replace("_", "-"): value for name, value in headers.items()}}
    request = RequestFactory().generic(method, "/programs/", headers=given, REMOTE_ADDR=address)
    note_miss(request, "wound care")


@pytest.mark.django_db
def test_a_reader_is_counted_and_a_machine_a_head_and_a_prefetch_are_not():
    ask()
    ask(User_Agent="Googlebot/2.1")
    ask(User_Agent="")
    ask(method="HEAD")
    ask(Sec_Purpose="prefetch;prerender")
    assert MissedSearch.objects.get().count == 1


@pytest.mark.django_db
def test_readers_behind_our_own_proxy_are_told_apart_by_the_address_that_it_saw():
    for number in range(READERS):
        ask(address="127.0.0.1", X_Forwarded_For=f"198.51.100.1, 203.0.113.{number}")
    assert MissedSearch.objects.get().text == "wound care"


@pytest.mark.django_db
def test_nobody_becomes_several_readers_by_a_header_that_no_proxy_of_ours_wrote():
    for number in range(READERS):
        ask(X_Forwarded_For=f"198.51.100.{number}")
        ask(address="127.0.0.1", X_Forwarded_For=f"198.51.100.{number}, 203.0.113.7")
    assert MissedSearch.objects.get().text == ""


@pytest.mark.django_db
def test_no_column_could_hold_an_address():
    names = {field.name for field in MissedSearch._meta.get_fields()}
    of_staff = {"decision", "reason", "decided_on"}
    assert names == {"id", "month", "digest", "count", "text", "last_seen", "day", "marks"} | of_staff
    kept_of_decisions = {field.name for field in MissedSearch.history.model._meta.get_fields()}
    assert not {"digest", "day", "marks"} & kept_of_decisions


@pytest.mark.django_db
def test_nothing_of_a_request_stays_but_the_text_and_the_day():
    for number in range(READERS):
        ask(address=f"203.0.113.{number}", Cookie="session=4711", Referer="https://elsewhere.example/me")
    (row,) = MissedSearch.objects.values()
    kept = " ".join(map(str, row.values()))
    assert row["text"] == "wound care"
    for of_a_reader in ("203.0.113", "Firefox", "4711", "elsewhere"):
        assert of_a_reader not in kept
    assert (row["marks"], row["day"]) == ("", None)
    assert not MissedSearch.history.exists()  # counting is nobody's decision


# --- when, and what became of it -------------------------------------------------------------------


@pytest.mark.django_db
def test_the_day_is_kept_only_of_a_text_that_is_kept():
    seen_by(READERS - 1, "wound care")
    assert MissedSearch.objects.get().last_seen is None
    count("wound care", "one more")
    assert MissedSearch.objects.get().last_seen == DAY
    count("wound care", "and one more", NEXT)
    assert MissedSearch.objects.get().last_seen == NEXT


def decided(decision: str, day: dt.date = DAY) -> None:
    MissedSearch.objects.update(decision=decision, reason="because", decided_on=day)


@pytest.mark.django_db
def test_what_is_not_ours_stays_so_in_later_months():
    seen_by(READERS, "wound care")
    decided("not-ours")
    count("wound care", day=dt.date(2025, 10, 2))
    later = MissedSearch.objects.get(month=dt.date(2025, 10, 1))
    assert (later.decision, later.reason, later.decided_on) == ("not-ours", "because", DAY)
    assert not MissedSearch.objects.filter(MissedSearch.OPEN).exists()


@pytest.mark.django_db
def test_what_was_answered_is_open_again_when_it_is_typed_in_vain_on_a_later_day():
    seen_by(READERS, "wound care")
    decided("answered")
    count("wound care", "somebody else")
    assert not MissedSearch.objects.filter(MissedSearch.OPEN).exists()
    count("wound care", "somebody else", NEXT)
    row = MissedSearch.objects.filter(MissedSearch.OPEN).get()
    assert row.came_back
    count("wound care", day=dt.date(2025, 10, 2))
    assert MissedSearch.objects.get(month=dt.date(2025, 10, 1)).decision == ""


@pytest.mark.django_db
def test_what_staff_decided_goes_with_its_text():
    seen_by(READERS, "wound care")
    row = MissedSearch.objects.get()
    row.decision, row.reason, row.decided_on = "not-ours", "No school", DAY
    row.save()
    assert MissedSearch.history.count() == 1
    tidy(today=dt.date(2026, 10, 1))
    assert not MissedSearch.objects.exists()
    assert not MissedSearch.history.exists()


# --- at once ---------------------------------------------------------------------------------------


def search_many(alias: str) -> int:
    """SEARCHES of one text by readers of their own from AT_ONCE threads; how many were counted."""
    start = threading.Barrier(AT_ONCE)

    def worker(first: int) -> int:
        start.wait(timeout=10)
        try:
            return sum(
                count_miss(text="wound care", reader=f"reader {number}", day=DAY, using=alias)
                for number in range(first, SEARCHES, AT_ONCE)
            )
        finally:
            connections[alias].close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(worker, range(AT_ONCE)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_searches_at_once_add_up_on_postgresql(monkeypatch):
    monkeypatch.setattr(misses, "WAIT_MILLISECONDS", 10_000)
    assert search_many("default") == SEARCHES
    assert list(MissedSearch.objects.values_list("text", "count")) == [("wound care", SEARCHES)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_else_holds_is_not_waited_for_on_postgresql():
    count("wound care")
    with closing(connections.create_connection("default")) as other, other.cursor() as cursor:
        other.set_autocommit(False)
        cursor.execute("UPDATE directory_missedsearch SET month = month")
        assert count("wound care") is False
        other.rollback()
    assert count("wound care") is True


@pytest.fixture
def sqlite_file(tmp_path, django_db_blocker) -> Iterator[str]:
    """Alias of a SQLite file with the table of searches alone, opened as the site opens its own."""
    alias = "misses"
    connections.settings[alias] = {
        **connection.settings_dict,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "misses.sqlite3"),
        "OPTIONS": SQLITE_OPTIONS,
        "CONN_MAX_AGE": 0,
    }
    with django_db_blocker.unblock():
        with connections[alias].schema_editor() as editor:
            editor.create_model(MissedSearch)
        yield alias
        connections[alias].close()
    del connections[alias]
    del connections.settings[alias]


def test_searches_at_once_add_up_on_sqlite(sqlite_file, monkeypatch):
    monkeypatch.setattr(misses, "WAIT_MILLISECONDS", 10_000)
    assert search_many(sqlite_file) == SEARCHES
    rows = MissedSearch.objects.using(sqlite_file).values_list("text", "count", "marks")
    assert list(rows) == [("wound care", SEARCHES, "")]


def test_a_database_that_somebody_else_writes_to_is_not_waited_for(sqlite_file):
    with closing(connections.create_connection(sqlite_file)) as other, other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        assert count_miss(text="wound care", reader="x", day=DAY, using=sqlite_file) is False
        cursor.execute("ROLLBACK")
    assert count_miss(text="wound care", reader="x", day=DAY, using=sqlite_file) is True
    with connections[sqlite_file].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)


def test_a_counter_without_a_table_makes_no_page_fail(sqlite_file, caplog):
    with connections[sqlite_file].cursor() as cursor:
        cursor.execute("DROP TABLE directory_missedsearch")
    assert count_miss(text="my secret", reader="x", day=DAY, using=sqlite_file) is False
    assert "secret" not in caplog.text
