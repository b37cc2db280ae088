"""The dates of a plan: properties that hold for every start, every pace and every program."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.plan.dates import (
    FULL_TIME_HOURS,
    MOST_YEARS,
    Course,
    Exam,
    Step,
    TooLate,
    TooLong,
    Wait,
    months_after,
    timeline,
    weeks_of,
)

STARTS = st.dates(dt.date(2000, 1, 1), dt.date(2900, 12, 31))
HOURS = st.integers(1, 168)
COURSES = st.builds(
    Course,
    months=st.fractions(Fraction(1, 2), 48, max_denominator=12),
    term=st.sampled_from([None, 3, 4, 6]),
)
WAITS = st.builds(
    Wait,
    text=st.just("Work"),
    months=st.one_of(st.none(), st.integers(1, 72)),
    hours=st.one_of(st.none(), st.integers(1, 4_000)),
)
EXAMS = st.builds(
    Exam,
    name=st.just("RHIT"),
    issuer=st.just("AHIMA"),
    last_term=st.booleans(),
    window_days=st.one_of(st.none(), st.integers(60, 400)),
    renewal_years=st.one_of(st.none(), st.integers(1, 5)),
    waits=st.lists(WAITS, max_size=3).map(tuple),
    closed=st.sampled_from(["", "It asks for another award."]),
)
ASSOCIATE = Course(Fraction(24))
RHIT = Exam("RHIT", "AHIMA", last_term=True, window_days=120, renewal_years=2)


def plan(start: dt.date, hours: int, course: Course | None, exam: Exam | None) -> list[Step]:
    """The steps, none for a plan that would take too long."""
    try:
        return timeline(start, hours, course, exam)
    except TooLong:
        return []


def by_key(steps: list[Step]) -> dict[str, Any]:
    """Step -> its day, None without one."""
    return {step.key: step.on for step in steps}


@given(STARTS, HOURS, st.one_of(st.none(), COURSES), st.one_of(st.none(), EXAMS))
def test_the_steps_come_in_order_each_once_and_each_says_how_its_date_came_about(start, hours, course, exam):
    steps = plan(start, hours, course, exam)
    dated = [step.on for step in steps if step.on is not None]
    assert dated == sorted(dated)
    assert [step.on is None for step in steps] == sorted(step.on is None for step in steps)
    assert len({step.key for step in steps}) == len(steps)
    assert all(step.rule and step.title for step in steps)


@given(STARTS, HOURS, HOURS, COURSES, EXAMS)
def test_more_hours_never_end_later(start, one, other, course, exam):
    less, more = sorted((one, other))
    slow, fast = by_key(plan(start, less, course, exam)), by_key(plan(start, more, course, exam))
    for key in ("finish", "exam", "renewal"):
        if slow.get(key) and fast.get(key):
            assert fast[key] <= slow[key]


@given(STARTS, HOURS, COURSES)
def test_nothing_is_faster_than_full_time(start, hours, course):
    assert weeks_of(course, hours) >= weeks_of(course, FULL_TIME_HOURS) == weeks_of(course, 168)


@given(STARTS, HOURS, COURSES, EXAMS)
def test_every_term_lies_between_the_start_and_the_end(start, hours, course, exam):
    days = by_key(plan(start, hours, course, exam))
    terms = [day for key, day in days.items() if key.startswith("term-")]
    assert all(start <= day < days["finish"] for day in terms)
    if days:
        assert days["term-1"] == start
        assert days["apply"] < days["papers"] < start


@given(STARTS, HOURS, COURSES, EXAMS)
def test_the_exam_lies_within_its_window_and_the_renewal_after_it(start, hours, course, exam):
    days = by_key(plan(start, hours, course, exam))
    if days.get("exam-by"):
        assert days["exam-apply"] < days["exam"] < days["exam-by"]
    if days.get("renewal"):
        assert days["renewal"] > days["exam"]


@given(STARTS, HOURS, COURSES, EXAMS)
def test_an_exam_that_waits_for_something_without_a_date_has_none(start, hours, course, exam):
    days = by_key(plan(start, hours, course, exam))
    undated = any(wait.months is None and wait.hours is None for wait in exam.waits)
    if days.get("exam-apply"):
        assert days["exam-apply"] >= start
    if days:
        assert (days["exam"] is None) == (undated or bool(exam.closed))


@given(st.dates(), st.integers(0, 600))
def test_months_later_is_a_day_of_that_month_and_never_a_later_day_of_it(day, months):
    try:
        later = months_after(day, months)
    except OverflowError:
        assert day.year + months // 12 >= dt.MAXYEAR
        return
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@given(st.dates(dt.date(9997, 1, 1)), COURSES, EXAMS)
def test_at_the_end_of_the_calendar_it_says_so(start, course, exam):
    try:
        steps = timeline(start, FULL_TIME_HOURS, course, exam)
    except (TooLate, TooLong):
        return
    assert all(step.on is None or step.on.year <= dt.MAXYEAR for step in steps)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
        (dt.date(2028, 2, 29), 48, dt.date(2032, 2, 29)),
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2027, 12, 31), 2, dt.date(2028, 2, 29)),
        (dt.date(2026, 11, 30), 0, dt.date(2026, 11, 30)),
    ],
)
def test_a_month_that_is_shorter_ends_sooner(day, months, later):
    assert months_after(day, months) == later


@pytest.mark.parametrize("hours", [0, -1])
def test_no_hours_are_no_plan(hours):
    with pytest.raises(ValueError, match="at least one hour"):
        timeline(dt.date(2027, 1, 11), hours, ASSOCIATE, RHIT)


def test_an_hour_a_week_is_refused_with_the_years_that_it_would_take():
    with pytest.raises(TooLong) as refused:
        timeline(dt.date(2027, 1, 11), 1, ASSOCIATE, RHIT)
    assert refused.value.years == 90 > MOST_YEARS


def test_an_associate_degree_full_time_and_its_exam():
    days = by_key(timeline(dt.date(2027, 1, 11), 45, ASSOCIATE, RHIT))
    assert days == {
        "apply": dt.date(2026, 10, 13),
        "papers": dt.date(2026, 11, 12),
        "term-1": dt.date(2027, 1, 11),
        "term-2": dt.date(2027, 7, 11),
        "term-3": dt.date(2028, 1, 11),
        "term-4": dt.date(2028, 7, 11),
        "placement": dt.date(2028, 7, 11),
        "exam-apply": dt.date(2028, 11, 9),
        "exam": dt.date(2029, 1, 4),
        "finish": dt.date(2029, 1, 8),
        "exam-by": dt.date(2029, 3, 9),
        "renewal": dt.date(2031, 1, 4),
    }


def test_half_the_hours_take_twice_the_weeks():
    assert weeks_of(ASSOCIATE, 45) == 104
    assert weeks_of(ASSOCIATE, 15) == 312


def test_a_program_of_unknown_length_has_no_end_and_no_exam_day():
    days = by_key(timeline(dt.date(2027, 1, 11), 45, Course(None), RHIT))
    assert days == {
        "apply": dt.date(2026, 10, 13),
        "papers": dt.date(2026, 11, 12),
        "term-1": dt.date(2027, 1, 11),
        "finish": None,
        "exam-apply": None,
        "exam": None,
    }


def test_many_terms_are_told_by_three():
    steps = timeline(dt.date(2027, 1, 11), 10, ASSOCIATE, None)
    assert [step.key for step in steps if step.key.startswith("term")] == ["term-1", "term-9", "term-18"]


def test_work_before_the_exam_is_counted_after_the_program():
    exam = Exam("ODS", "NCRA", waits=(Wait("1,950 hours of registry work", hours=1_950),))
    days = by_key(timeline(dt.date(2027, 1, 11), 45, ASSOCIATE, exam))
    assert days["before-1"] == dt.date(2029, 1, 8) + dt.timedelta(weeks=49)


def test_without_a_program_the_exam_comes_first():
    days = by_key(timeline(dt.date(2027, 1, 11), 10, None, Exam("CPC", "AAPC", renewal_years=2)))
    assert days == {
        "exam-apply": dt.date(2027, 1, 11),
        "exam": dt.date(2027, 3, 8),
        "renewal": dt.date(2029, 3, 8),
    }


def test_a_placement_comes_with_the_last_term():
    days = by_key(timeline(dt.date(2027, 1, 11), 45, ASSOCIATE, None))
    assert days["placement"] == days["term-4"] == dt.date(2028, 7, 11)


def test_without_terms_it_comes_where_a_last_half_year_would_begin():
    steps = timeline(dt.date(2027, 1, 11), 15, Course(Fraction(24), None), None)
    days = by_key(steps)
    assert days["finish"] == dt.date(2033, 1, 3)
    assert days["placement"] == dt.date(2032, 7, 3)
    assert next(step.rule for step in steps if step.key == "placement").startswith("6 months before the end")


def test_a_short_program_has_it_half_way():
    steps = timeline(dt.date(2027, 1, 11), 45, Course(Fraction(4), None), None)
    days = by_key(steps)
    assert days["finish"] == dt.date(2027, 5, 17)
    assert days["placement"] == dt.date(2027, 3, 15)


@given(STARTS, HOURS, COURSES)
def test_a_placement_lies_within_the_program(start, hours, course):
    days = by_key(plan(start, hours, course, None))
    if days:
        assert start < days["placement"] < days["finish"]
