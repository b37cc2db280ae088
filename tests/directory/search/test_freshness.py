"""A worker's memory follows the database: at once, in one query, and never half."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from directory.models import Listing, School
from directory.pipeline.refresh import refresh
from directory.search.freshness import Part, current, touch
from tests.directory.catalogue import LISTED, by_slug
from tests.directory.invented import field_of_study, program, school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_what_is_unchanged_is_read_once():
    held = current()
    assert len(held.columns) == len(LISTED)
    with CaptureQueriesContext(connection) as queries:
        assert current().token == held.token
        assert current().columns is held.columns
    assert len(queries) == 2  # the tokens, each time


def test_a_change_is_seen_at_the_next_question():
    before = len(current().columns)
    program(school(200001, name="Willow Bend College"), field=field_of_study("51.0713"), award_level=7)
    assert len(current().columns) == before
    refresh()
    assert len(current().columns) == before + 1


def test_a_change_that_is_rolled_back_is_never_seen():
    held = current()
    before = len(held.columns)
    with transaction.atomic():
        Listing.objects.update(listed=False)
        touch()
        assert len(current().columns) == 0
        transaction.set_rollback(True)
    assert current().token == held.token
    assert len(current().columns) == before


def test_a_question_that_began_before_a_change_reads_nothing_a_second_time():
    began_before = current()
    touch()
    held = current()
    assert held.columns is not None
    assert began_before.columns is held.columns
    assert began_before.token == held.token
    assert current().columns is held.columns


def test_an_empty_directory_answers(client):
    Listing.objects.all().delete()
    touch()
    assert client.get("/programs/?q=coding&where=43901&level=associate").status_code == 200
    body = client.get("/api/v1/programs/?max_price=5000&sort=price").json()
    assert (body["count"], body["results"]) == (0, [])


class TestTwoTokens:
    def test_a_correction_of_a_school_leaves_the_names_as_they_are(self):
        held = current()
        refresh([by_slug("maple-hit-associate").school_id])
        assert current().token != held.token
        assert current().vocabulary is held.vocabulary

    def test_a_new_name_is_understood_at_once(self, client):
        at = by_slug("maple-hit-associate").school
        assert client.get("/api/v1/programs/?q=quillfeather").json()["count"] == 0
        School.objects.filter(pk=at.pk).update(aliases="Quillfeather Academy")
        refresh([at.pk])
        found = client.get("/api/v1/programs/?q=quillfeather").json()
        assert {result["school"]["unitid"] for result in found["results"]} == {at.unitid}

    def test_an_import_may_change_both(self):
        before = current().vocabulary
        refresh()
        assert current().vocabulary is not before


class TestReadingBehind:
    """What `SEARCH_RELOADS_BEHIND` does, with a loader that waits until it is told."""

    @pytest.fixture(autouse=True)
    def _behind(self, settings):
        settings.SEARCH_RELOADS_BEHIND = True

    def test_the_old_state_answers_until_the_new_one_is_there(self):
        go, states = threading.Event(), iter(("old", "new"))

        def load():
            state = next(states)
            if state == "new":
                assert go.wait(timeout=10)
            return state

        part = Part(load)
        assert part.get("a") == ("a", "old")
        assert part.get("b") == ("a", "old")  # and a thread reads
        assert part.get("b") == ("a", "old")
        go.set()
        wait_until(lambda: part.get("b") == ("b", "new"))

    def test_what_is_read_quickly_is_read_at_once(self):
        states = iter(("old", "new", "newer"))
        part = Part(lambda: next(states), is_quick=lambda held: held == "old")
        assert part.get("a") == ("a", "old")
        assert part.get("b") == ("b", "new")
        assert part.get("c") == ("b", "new")  # not quick any more: a thread reads
        wait_until(lambda: part.get("c") == ("c", "newer"))

    def test_a_reading_that_fails_leaves_the_old_state_and_is_tried_again(self, caplog):
        failing = [True]

        def load():
            if failing == [True, True]:
                failing.append(True)
                raise OSError("the disk")
            failing.append(True)
            return len(failing)

        part = Part(load)
        first = part.get("a")
        assert part.get("b") == first
        wait_until(lambda: "could not be read anew" in caplog.text)
        wait_until(lambda: part.get("b")[0] == "b")

    def test_what_is_made_of_a_part_is_read_anew_right_after_it(self):
        made, unasked = iter(("first", "second")), iter(("never",))
        names = Part(lambda: "names")
        suggestions = Part(lambda: next(made), follows=names)
        nobodys = Part(lambda: next(unasked), follows=names)
        assert names.get("a") == ("a", "names")
        assert suggestions.get("a") == ("a", "first")
        names.get("b")
        wait_until(lambda: suggestions.holds(lambda held: held == "second"))
        assert not nobodys.holds(lambda held: True)

    def test_one_reading_at_a_time(self):
        inside, met = Semaphore(1), []

        def load():
            alone = inside.acquire(timeout=0.1)
            met.append(alone)
            threading.Event().wait(0.2)  # long enough for another one to come in, if it may
            if alone:
                inside.release()

        parts = [Part(load) for _ in range(3)]
        for part in parts:
            part.get("a")
        for part in parts:
            part.get("b")
        wait_until(lambda: len(met) == 6)
        assert all(met)

    def test_many_threads_read_once(self):
        count = iter(range(1, 100))
        part = Part(lambda: next(count))
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: part.get("a"), range(50)))
        assert set(found) == {("a", 1)}


def wait_until(true: Callable[[], bool]) -> None:
    """Until a thread is done; fails after ten seconds."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
