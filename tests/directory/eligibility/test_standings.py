"""The one word about a program's accreditation: whose word counts, and for how long."""

from __future__ import annotations

import datetime as dt

import pytest

from directory.eligibility.standings import Record, standing
from directory.vocab import AccreditationStatus, Standing

TODAY = dt.date(2026, 11, 21)
RECENT = dt.date(2026, 6, 1)
LONG_AGO = dt.date(2024, 6, 1)
REVIEW_DAYS = 400
PAGES = 2  # that say "accredited"


def record(status=AccreditationStatus.ACCREDITED, checked_on=RECENT, ended_on=None):
    return Record(status, checked_on, ended_on)


def word(*records, pages=0):
    return standing(records, pages, today=TODAY, review_days=REVIEW_DAYS)


def test_a_fresh_record_gives_its_own_word():
    assert word(record()) == Standing.ACCREDITED
    assert word(record(AccreditationStatus.PROBATION), pages=PAGES) == Standing.ON_NOTICE


@pytest.mark.parametrize("status", [AccreditationStatus.WITHDRAWN, AccreditationStatus.ACCREDITED])
def test_a_fresh_record_that_has_ended_outweighs_the_pages(status):
    assert word(record(status, TODAY, RECENT), pages=PAGES) == Standing.NOT_ACCREDITED


def test_an_end_that_is_still_to_come_changes_nothing_yet():
    assert word(record(ended_on=TODAY + dt.timedelta(days=1))) == Standing.ACCREDITED
    assert word(record(ended_on=TODAY)) == Standing.NOT_ACCREDITED


@pytest.mark.parametrize(
    "old_no",
    [
        record(AccreditationStatus.WITHDRAWN, TODAY - dt.timedelta(days=REVIEW_DAYS + 1)),
        record(AccreditationStatus.ACCREDITED, LONG_AGO, LONG_AGO),
        record(AccreditationStatus.DENIED, None),
    ],
)
def test_an_old_no_confirms_nothing_and_lets_no_page_say_yes(old_no):
    assert word(old_no, pages=PAGES) == Standing.NOT_CONFIRMED


def test_an_old_yes_is_stated():
    assert word(record(checked_on=LONG_AGO)) == Standing.STATED
    assert word(record(checked_on=None)) == Standing.STATED


def test_of_old_records_the_newer_one_counts():
    yes, no = record(checked_on=LONG_AGO), record(AccreditationStatus.WITHDRAWN, LONG_AGO - dt.timedelta(days=30))
    assert word(no, yes) == Standing.STATED
    later_no = record(AccreditationStatus.WITHDRAWN, LONG_AGO + dt.timedelta(days=30))
    assert word(yes, later_no) == Standing.NOT_CONFIRMED


def test_the_newer_of_two_fresh_records_counts():
    earlier = record(checked_on=RECENT - dt.timedelta(days=30))
    assert word(earlier, record(AccreditationStatus.WITHDRAWN)) == Standing.NOT_ACCREDITED


@pytest.mark.parametrize("order", [1, -1])
def test_accredited_anew_under_another_record_is_accredited(order):
    records = [record(ended_on=LONG_AGO), record()]
    assert word(*records[::order]) == Standing.ACCREDITED


def test_the_review_interval_has_a_last_day():
    assert word(record(checked_on=TODAY - dt.timedelta(days=REVIEW_DAYS))) == Standing.ACCREDITED
    assert word(record(checked_on=TODAY - dt.timedelta(days=REVIEW_DAYS + 1))) == Standing.STATED


def test_a_day_that_has_not_come_confirms_nothing():
    tomorrow = record(checked_on=TODAY + dt.timedelta(days=1))
    assert word(tomorrow) == Standing.STATED
    assert word(tomorrow, record(AccreditationStatus.WITHDRAWN)) == Standing.NOT_ACCREDITED


def test_pages_alone_state_it():
    assert word(pages=PAGES) == Standing.STATED
    assert word() == Standing.NOT_CONFIRMED
