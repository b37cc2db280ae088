"""The shipped rules give every person of the table the verdict that was worked out by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from directory.eligibility.verdict import Answer
from tests.directory.eligibility.persons import CASES
from tests.directory.eligibility.shipped import EXAMS, verdict


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.exam}: {case.who}")
def test_the_verdict_is_that_of_the_rule(case):
    given = verdict(case.exam, on=case.on, **case.person)
    assert (given.answer, given.deciding.kind) == (case.answer, case.decides), given.reason
    if case.route is not None:
        assert given.route is not None
        assert given.route.code == case.route
    if case.missing is not None:
        assert tuple(each.text for each in given.missing) == case.missing


def test_every_exam_and_every_answer_is_among_the_persons():
    assert {case.exam for case in CASES} == set(EXAMS)
    assert set(Counter(case.answer for case in CASES)) == set(Answer)
    assert len({(case.exam, case.who) for case in CASES}) == len(CASES) > 60
