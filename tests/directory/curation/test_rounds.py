"""What fills a worklist says when it last did: a list is not empty because nobody looked."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command

from directory.admin.rounds import said
from directory.curation.duplicates.keeping import find_pairs
from directory.curation.links.asking import Mark
from directory.curation.links.judging import Answer
from directory.curation.links.run import check
from directory.curation.rounds import LOOKERS, last, rounds
from directory.models import DuplicateSearch, LinkRun

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def link_run(*, hours=0, **more):
    at = NOON - dt.timedelta(hours=hours)
    return LinkRun.objects.create(**{"started_at": at, "ended_at": at, "due": 0, "asked": 0, **more})


def words(kind):
    return said(rounds()[kind], now=NOON).text


def test_before_the_first_round_it_says_that_nobody_knows():
    assert all(each.begun is None and each.is_late(NOON) for each in rounds().values())
    assert words("links") == "The link checker has never run, so nobody knows which links are broken."
    assert words("duplicates").endswith("has never run, so nobody knows which listings may be one.")


def test_the_last_round_of_each_is_read_by_one_query(django_assert_num_queries):
    link_run(hours=60)
    link_run(hours=5)
    DuplicateSearch.objects.create(started_at=NOON, ended_at=NOON)
    with django_assert_num_queries(1):
        found = rounds()
    assert found["links"].begun == NOON - dt.timedelta(hours=5)
    assert found["duplicates"].begun == NOON
    assert not any(each.is_late(NOON) for each in found.values())


def test_a_checker_that_stopped_running_is_late():
    link_run(hours=36)
    assert not rounds()["links"].is_late(NOON)
    assert words("links") == "The link checker last ran yesterday at 00:00 UTC."
    LinkRun.objects.update(started_at=NOON - dt.timedelta(days=12), ended_at=None)
    assert rounds()["links"].is_late(NOON)
    assert words("links") == (
        "The link checker last ran 12 days ago. It is to run every day. What broke since is not on the list."
    )


def test_a_round_that_goes_on_or_was_ended_early_says_how_far_it_came():
    link_run(hours=1, ended_at=None, due=1200, asked=300)
    assert words("links") == (
        "The link checker began today at 11:00 UTC and has not ended: "
        "it has asked 300 of 1,200 addresses that were due."
    )
    LinkRun.objects.update(ended_at=NOON)
    assert "last ran today at 12:00 UTC: it has asked 300 of 1,200" in words("links")


def nobody(url: str, mark: Mark) -> Answer:
    raise AssertionError(url)


def test_running_them_is_what_makes_them_fresh():
    list(check(ask=nobody))  # nothing is due, and that is known now
    find_pairs()
    assert [each.begun for each in rounds().values()] == [NOON, NOON]


def test_the_commands_that_are_named_exist():
    for _, command in LOOKERS.values():
        with pytest.raises(SystemExit) as ended:
            call_command(command.removeprefix("manage.py "), "--help")
        assert ended.value.code == 0


def test_lists_that_nothing_has_to_fill_have_no_round(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert last("reviews") is None
