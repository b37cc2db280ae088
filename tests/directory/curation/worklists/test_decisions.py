"""What staff said about a case holds until its day comes or the facts change, and of two people the second is told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from directory.curation.worklists import board, decisions
from directory.curation.worklists.harm import harm, lasting
from directory.models import CaseDecision, Link
from tests.directory.curation.worklists.conftest import TODAY
from tests.directory.curation.worklists.made import broken
from tests.directory.invented import school

pytestmark = pytest.mark.django_db
A_WEEK = dt.timedelta(days=7)


@pytest.fixture
def link(db):
    return broken(school(), since=TODAY - A_WEEK)


@pytest.fixture
def row(link, rows):
    def found():
        (only,) = rows("links")
        return only

    return found


def test_a_snoozed_case_is_back_on_the_morning_of_its_day(row, ann, morning):
    decisions.snooze(case=row().case, until=TODAY + A_WEEK, by=ann, seen="")
    assert row().hidden.by == ann
    morning.shift(dt.timedelta(days=6))
    assert row().hidden
    morning.shift(dt.timedelta(days=1))
    assert row().hidden is None
    assert row().returned.verb == "snooze"
    assert not row().changed


def test_an_ignored_case_stays_away_until_the_facts_change(row, link, ann, morning):
    decisions.ignore(case=row().case, reason="Only the checker sees that", by=ann, seen="")
    morning.shift(dt.timedelta(days=400))
    assert row().hidden
    Link.objects.filter(pk=link.pk).update(broken_since=TODAY)
    assert row().hidden is None
    assert row().changed


def test_what_was_dealt_with_is_back_after_a_month_when_the_facts_still_say_the_same(row, ann, morning):
    decisions.resolve(case=row().case, note="Asked the school", by=ann, seen="")
    morning.shift(dt.timedelta(days=29))
    assert row().hidden
    morning.shift(dt.timedelta(days=1))
    assert row().returned.reason == "Asked the school"


def test_undoing_puts_it_back_and_keeps_who_said_what(row, ann, bob):
    decisions.ignore(case=row().case, reason="Not ours", by=ann, seen="")
    decisions.undo(case=row().case, by=bob, seen=row().seen)
    assert (row().hidden, row().said) == (None, None)
    said = CaseDecision.objects.order_by("pk").values_list("verb", "by__username", "reason")
    assert list(said) == [("ignore", "ann", "Not ours"), ("undo", "bob", "")]


def test_a_case_is_one_persons_and_goes_on_being_when_it_is_put_off_or_the_facts_change(row, link, ann, bob):
    decisions.assign(case=row().case, to=bob, by=ann, seen="")
    decisions.snooze(case=row().case, until=TODAY + A_WEEK, by=bob, seen=row().seen)
    Link.objects.filter(pk=link.pk).update(broken_since=TODAY)
    assert row().assigned.assignee == bob
    decisions.assign(case=row().case, to=ann, by=bob, seen=row().seen)
    assert row().assigned.assignee == ann
    decisions.release(case=row().case, by=ann, seen=row().seen)
    assert row().assigned is None


def test_who_comes_second_is_told_what_the_first_said_and_changes_nothing(row, ann, bob):
    seen = row().seen
    decisions.ignore(case=row().case, reason="Not ours", by=ann, seen=seen)
    with pytest.raises(decisions.OvertakenError) as refused:
        decisions.resolve(case=row().case, note="Mended", by=bob, seen=seen)
    assert [said.reason for said in refused.value.by_now] == ["Not ours"]
    assert CaseDecision.objects.count() == 1


def test_two_at_the_very_same_moment_leave_one_decision(row, ann, bob, monkeypatch):
    case = row().case
    decisions.ignore(case=case, reason="Not ours", by=ann, seen="")
    # As the second reads it when the first has not committed yet: nothing stands.
    monkeypatch.setattr(decisions, "stamp", lambda standing: "")
    monkeypatch.setattr(decisions, "_replaced", lambda standing, verb: [])
    with pytest.raises(decisions.OvertakenError):
        decisions.snooze(case=case, until=TODAY + A_WEEK, by=bob, seen="")
    assert CaseDecision.objects.get(stands=True).by == ann


def test_the_database_keeps_an_ignored_case_with_a_reason_and_one_that_was_put_off_with_a_day(row, ann):
    for verb, given in (("ignore", {}), ("resolve", {"reason": "Done"}), ("snooze", {}), ("undo", {"stands": True})):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseDecision.objects.create(
                kind="links", key="x", fingerprint="0" * 16, verb=verb, by=ann, made_at="2026-03-02T08:00Z", **given
            )


def test_weight_is_what_is_wrong_times_readers_times_time():
    assert harm(8).weight == 8.0
    assert harm(8, leaves=50).weight == pytest.approx(8 * 3.7, abs=0.1)
    assert harm(8, days=90).weight == 16.0
    assert [lasting(days) for days in (0, 90, 10_000)] == [1.0, 2.0, 5.0]


def test_the_figures_of_the_dashboard_are_kept_for_a_minute(row, ann, morning):
    assert (board.count("links"), board.summaries()["links"].oldest) == (1, TODAY - A_WEEK)
    decisions.ignore(case=row().case, reason="Not ours", by=ann, seen="")
    assert board.count("links") == 1
    board.forget_figures(["links"])
    assert (board.count("links"), board.count("no such list")) == (0, 0)


def test_ignored_cases_do_not_crowd_out_lighter_ones(rows, ann, monkeypatch):
    monkeypatch.setattr(board, "MOST", 2)
    for number in range(4):
        broken(school(100001 + number), since=TODAY - number * A_WEEK)
    for row in rows("links"):
        decisions.ignore(case=row.case, reason="Not ours", by=ann, seen="")
    assert len([row for row in rows("links") if row.hidden is None]) == 2
