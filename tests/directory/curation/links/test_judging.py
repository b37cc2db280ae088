"""What an answer means: three strikes on three days, and what machines are refused is no strike."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.curation.links.judging import BAD, GOOD, STRIKES, Answer, Failure, Hop, Standing, judge, read
from directory.vocab import Finding

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
HERE = "https://school.example/apply"
GONE = Answer(HERE, 404)
FINE = Answer(HERE, 200)


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (Answer(HERE, 200), Finding.FINE),
        (Answer(HERE, 304), Finding.FINE),
        (Answer(HERE, 404), Finding.GONE),
        (Answer(HERE, 410), Finding.GONE),
        (Answer(HERE, 500), Finding.FAILING),
        (Answer(HERE, 503), Finding.FAILING),
        (Answer(HERE, 401), Finding.REFUSED),
        (Answer(HERE, 403), Finding.REFUSED),
        (Answer(HERE, 429), Finding.REFUSED),
        (Answer(HERE, 999), Finding.REFUSED),
        (Answer(HERE, failure=Failure.NO_ANSWER), Finding.FAILING),
        (Answer(HERE, failure=Failure.NO_HOST), Finding.NO_HOST),
        (Answer(HERE, failure=Failure.CERTIFICATE), Finding.INSECURE),
        (Answer(HERE, failure=Failure.NOT_PUBLIC), Finding.NOT_PUBLIC),
        (Answer(HERE, failure=Failure.LOOP), Finding.LOOP),
        (Answer(HERE, 200, title="404 - Page Not Found | Example"), Finding.DOUBTFUL),
        (Answer(HERE, 200, title="Sorry, the page you requested cannot be found"), Finding.DOUBTFUL),
        (Answer(HERE, 200, title="Apply now: rooms found for 2024"), Finding.FINE),
        (Answer(HERE, 200, title="Course 404B"), Finding.FINE),
        (Answer(HERE, 200, hops=(Hop(301, "https://school.example/"),)), Finding.DOUBTFUL),
        (Answer(HERE, 200, hops=(Hop(301, "https://school.example/admissions/apply"),)), Finding.MOVED),
        (Answer(HERE, 200, hops=(Hop(302, "https://school.example/login?next=apply"),)), Finding.FINE),
        (Answer("https://school.example", 200, hops=(Hop(301, "https://www.school.example/"),)), Finding.MOVED),
    ],
)
def test_an_answer_is_read(answer, finding):
    assert read(answer)[0] == finding


def days_of(answers: list[Answer], *, apart: dt.timedelta = dt.timedelta(days=1)) -> list[Standing]:
    standing, found = Standing(), []
    for turn, answer in enumerate(answers):
        standing = judge(answer, standing, now=NOW + turn * apart).standing
        found.append(standing)
    return found


def test_a_link_is_broken_after_failing_on_three_days():
    first, second, third = days_of([GONE] * 3)
    assert (first.broken_since, second.broken_since) == (None, None)
    assert third.broken_since == dt.date(2026, 3, 4)


def test_a_bad_hour_is_one_strike():
    assert days_of([GONE] * 6, apart=dt.timedelta(hours=1))[-1].strikes == 1


def test_a_good_answer_wipes_the_strikes():
    assert days_of([GONE, GONE, FINE])[-1] == Standing()
    assert days_of([GONE, GONE, FINE, GONE])[-1].broken_since is None


def test_a_refusal_neither_strikes_nor_mends():
    assert days_of([GONE, GONE, Answer(HERE, 403)])[-1].strikes == 2
    assert days_of([GONE, GONE, Answer(HERE, 403), GONE])[-1].broken_since is not None


def test_a_broken_link_is_asked_ever_more_seldom_and_mended_by_an_answer():
    standing, waits = Standing(), []
    when = NOW
    for _ in range(6):
        verdict = judge(GONE, standing, now=when)
        waits.append((verdict.ask_again - when).days)
        standing, when = verdict.standing, verdict.ask_again
    assert waits == [1, 1, 7, 14, 28, 28]
    assert judge(FINE, standing, now=when).standing == Standing()


def test_what_a_person_opened_lately_is_not_called_broken_unless_the_host_is_gone():
    lately, long_ago = NOW.date() - dt.timedelta(days=20), NOW.date() - dt.timedelta(days=400)
    twice = Standing(strikes=2, struck_on=NOW.date() - dt.timedelta(days=1))
    assert judge(GONE, twice, now=NOW, vouched_on=lately).standing.broken_since is None
    assert judge(GONE, twice, now=NOW, vouched_on=long_ago).standing.broken_since == NOW.date()
    nobody = Answer(HERE, failure=Failure.NO_HOST)
    assert judge(nobody, twice, now=NOW, vouched_on=lately).standing.broken_since == NOW.date()


def test_a_server_that_asks_for_patience_gets_it():
    patient = Answer(HERE, 503, retry_after=5 * 86_400)
    assert judge(patient, Standing(), now=NOW).ask_again == NOW + dt.timedelta(days=5)
    for_ever = Answer(HERE, 503, retry_after=99_999_999)
    assert judge(for_ever, Standing(), now=NOW).ask_again == NOW + dt.timedelta(days=60)


ANSWERS = st.builds(Answer, st.just(HERE), st.integers(100, 999)) | st.builds(
    lambda failure: Answer(HERE, failure=failure), st.sampled_from([Failure.NO_HOST, Failure.NO_ANSWER, Failure.LOOP])
)


@given(st.lists(st.tuples(ANSWERS, st.integers(0, 50)), max_size=12))
def test_broken_means_failures_on_three_days_and_no_good_answer_since(answers):
    standing, when = Standing(), NOW
    failed: set[dt.date] = set()
    for answer, hours in answers:
        when += dt.timedelta(hours=hours)
        verdict = judge(answer, standing, now=when)
        standing = verdict.standing
        if verdict.finding in GOOD:
            failed = set()
        elif verdict.finding in BAD:
            failed.add(when.date())
        assert (standing.broken_since is not None) == (len(failed) >= STRIKES)
        assert verdict.ask_again > when
