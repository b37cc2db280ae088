"""A reported error goes from state to state with public words, and how quickly it does is told as it is."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from directory.engagement import error_reports as desk
from directory.engagement.error_reports import NotPossible, advance, receive, take_back
from directory.engagement.service import days, service
from directory.models import ErrorReport
from directory.profiles.error_reports import service_words
from directory.vocab import ReportKind, ReportState

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def report(at: dt.datetime = NOON, **columns: Any) -> ErrorReport:
    given: dict[str, Any] = {
        "sent": uuid.uuid4(), "kind": ReportKind.CERTIFICATION, "slug": "rhit", "title": "RHIT", "fact": "fee",
        "label": "Fee", "said": "$299", "should_be": "$300",
    }  # fmt: skip
    return receive(report=ErrorReport(**{**given, **columns}), now=at)


@pytest.mark.django_db
class TestStates:
    def test_a_report_is_received_with_a_number_and_a_first_step(self):
        made = report()
        assert made.state == ReportState.RECEIVED
        assert made.is_open
        assert [(step.state, step.at) for step in made.steps.all()] == [("received", NOON)]

    def test_the_same_form_twice_is_one_report(self):
        once = uuid.uuid4()
        assert report(sent=once).pk == report(NOON + DAY, sent=once).pk
        assert ErrorReport.objects.count() == 1

    def test_a_number_that_is_taken_is_drawn_again(self, monkeypatch):
        taken = report().reference
        drawn = iter([taken, taken, "23456789"])
        monkeypatch.setattr(desk, "new_reference", lambda: next(drawn))
        assert report().reference == "23456789"

    def test_it_is_checked_and_decided_with_days_and_words(self):
        made = advance(report=report(), to=ReportState.CHECKING, by=None, now=NOON + DAY)
        made = advance(
            report=made, to=ReportState.CORRECTED, by=None, words=" Changed. ", changed=True, now=NOON + 2 * DAY
        )
        assert (made.state, made.decided_at, made.resolution) == ("corrected", NOON + 2 * DAY, "Changed.")
        assert [step.state for step in made.steps.all()] == ["received", "checking", "corrected"]

    @pytest.mark.parametrize("state", [ReportState.CORRECTED, ReportState.DECLINED, ReportState.WITHDRAWN])
    def test_no_decision_without_words(self, state):
        with pytest.raises(NotPossible, match="Say why"):
            advance(report=report(), to=state, by=None, words="  ")

    def test_nothing_is_corrected_while_the_page_says_the_same_and_nothing_else_was_changed(self):
        made = report()
        with pytest.raises(NotPossible, match="says the same"):
            advance(report=made, to=ReportState.CORRECTED, by=None, words="Changed.", elsewhere="  ")
        made = advance(report=made, to=ReportState.CORRECTED, by=None, words="So be it.", elsewhere=" The note. ")
        assert (made.state, made.elsewhere) == ("corrected", "The note.")
        made = advance(report=made, to=ReportState.CHECKING, by=None, words="New evidence.")
        assert made.elsewhere == ""

    def test_the_same_state_again_changes_nothing(self):
        made = advance(report=report(), to=ReportState.DECLINED, by=None, words="It is right.", now=NOON)
        again = advance(report=made, to=ReportState.DECLINED, by=None, words="Other words", now=NOON + DAY)
        assert (again.resolution, again.steps.count()) == ("It is right.", 2)

    def test_what_is_decided_is_looked_at_again_only_with_a_reason(self):
        made = advance(report=report(), to=ReportState.DECLINED, by=None, words="It is right.", now=NOON)
        with pytest.raises(NotPossible):
            advance(report=made, to=ReportState.CHECKING, by=None)
        with pytest.raises(NotPossible):
            advance(report=made, to=ReportState.CORRECTED, by=None, words="No, changed.")
        made = advance(report=made, to=ReportState.CHECKING, by=None, words="New evidence.", now=NOON + DAY)
        assert (made.decided_at, made.resolution) == (None, "")

    def test_the_database_keeps_no_decision_without_words(self):
        made = report()
        with pytest.raises(IntegrityError), transaction.atomic():
            ErrorReport.objects.filter(pk=made.pk).update(state="declined", decided_at=NOON)

    def test_a_reader_takes_it_back_once(self):
        made = take_back(report=report(), now=NOON)
        assert made.state == ReportState.WITHDRAWN
        assert desk.fits(made, desk.key_of(made))
        assert not desk.fits(made, desk.key_of(report()))

    def test_what_the_reader_wrote_stands_in_no_history(self):
        made = report(words="words of a reader")
        advance(report=made, to=ReportState.CHECKING, by=None)
        assert not hasattr(made.history.first(), "words")


@pytest.mark.django_db
class TestService:
    def test_nothing_reported_is_no_figure(self):
        found = service(NOON)
        assert (found.median_days, found.open, found.oldest_days, found.met) == (None, 0, None, False)

    def test_the_median_and_what_waits(self, settings):
        settings.CORRECTION_TARGET_DAYS = 5
        for took in (1, 2, 30):
            decided = report(NOON - 40 * DAY)
            advance(report=decided, to=ReportState.DECLINED, by=None, words="Right.", now=NOON - 40 * DAY + took * DAY)
        report(NOON - 9 * DAY)
        report(NOON - dt.timedelta(hours=1))
        found = service(NOON)
        assert (found.decided, found.median_days, found.on_time) == (3, 2, 2)
        assert (found.open, found.overdue, found.oldest_days, found.met) == (2, 1, 9, False)

    def test_taken_back_advertising_and_last_years_reports_are_not_counted(self):
        take_back(report=report(), now=NOON)
        report(listed=False)
        advance(report=report(NOON - 800 * DAY), to=ReportState.DECLINED, by=None, words="Right.", now=NOON - 400 * DAY)
        assert (service(NOON + DAY).decided, service(NOON + DAY).open) == (0, 0)

    def test_a_change_elsewhere_is_no_correction_of_the_fact(self):
        corrected = ReportState.CORRECTED
        advance(report=report(), to=corrected, by=None, words="Changed.", changed=True, now=NOON)
        advance(report=report(), to=corrected, by=None, words="No.", elsewhere="The note beside it.", now=NOON)
        assert (service(NOON + DAY).corrected, service(NOON + DAY).elsewhere) == (1, 1)

    def test_what_came_minutes_ago_came_today(self):
        report(NOON - dt.timedelta(minutes=5))
        assert service(NOON).oldest_days == 0
        assert "the oldest since today" in [each["note"] for each in service_words(service(NOON))]
        assert service(NOON + dt.timedelta(hours=13)).oldest_days == 1

    def test_a_day_that_has_begun_counts(self):
        assert [days(span) for span in (dt.timedelta(0), DAY, DAY + dt.timedelta(seconds=1))] == [1, 1, 2]
