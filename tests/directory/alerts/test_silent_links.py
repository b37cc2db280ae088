"""Readers who saved a program hear once that its page to apply does not answer, and once that it does again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from directory.models import Link, Mail, School, ToldProgram
from directory.pipeline.alerts import make_digests
from directory.unanswered import unanswered
from tests.directory.alerts.conftest import saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SLUG, APPLY = "maple-hit-associate", "https://maplefork.example/apply"
SILENT = "The school’s page to apply does not answer. We send nobody there and look again."


@pytest.fixture(autouse=True)
def known_address(catalogue):
    School.objects.filter(slug="maple-fork-college").update(apply_url=APPLY, admissions_url="")


def broken() -> None:
    Link.objects.create(
        url=APPLY, host="maplefork.example", strikes=3, broken_since=timezone.localdate(), ask_again=timezone.now()
    )
    unanswered.forget()


def mended() -> None:
    Link.objects.filter(url=APPLY).update(broken_since=None, strikes=0)
    unanswered.forget()


def told() -> str:
    made = make_digests()
    return Mail.objects.latest("pk").text if made.changes else ""


def test_it_is_told_once_and_again_when_it_is_mended(clock):
    saved(SLUG)
    assert told() == ""
    broken()
    assert SILENT in told()
    for _ in range(9):
        clock.shift(dt.timedelta(days=1))
        assert told() == ""
    mended()
    assert "The school’s page to apply answers again." in told()
    clock.shift(dt.timedelta(days=1))
    assert told() == ""


def test_what_was_silent_when_it_was_saved_is_no_news():
    broken()
    saved(SLUG)
    assert told() == ""


def test_what_was_kept_before_we_looked_counts_as_having_answered():
    saved(SLUG)
    row = ToldProgram.objects.get()
    row.facts.pop("answers")
    row.save()
    assert told() == ""
    broken()
    assert SILENT in told()


def test_a_new_address_that_answers_is_told_as_one_change():
    broken()
    saved(SLUG)
    School.objects.filter(slug="maple-fork-college").update(apply_url="https://maplefork.example/new")
    text = told()
    assert "The link to apply leads to another page now." in text
    assert "answers again" not in text
