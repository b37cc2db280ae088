"""Reasons and missing things never read as their opposite, whoever asks about whichever exam."""

from __future__ import annotations

import pytest

from directory.eligibility.wording import as_thing
from tests.directory.eligibility.shipped import EXAMS, verdict

NO_AWARD = {"award_level": None}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("You have met the requirements of an associate degree", "an associate degree"),
        ("You hold the RHIA", "the RHIA"),
        ("You are in your last term, or wait for the degree", "being in your last term, or wait for the degree"),
        ("The degree program is accredited by NCRA", "a degree program that is accredited by NCRA"),
        ("RHIT by a bachelor’s degree", "RHIT by a bachelor’s degree"),
    ],
)
def test_a_statement_becomes_a_thing_that_can_be_missing(text, thing):
    assert as_thing(text) == thing


@pytest.mark.parametrize("exam", EXAMS)
@pytest.mark.parametrize("person", [{}, {"diploma": True, **NO_AWARD}, {"diploma": False, **NO_AWARD}])
def test_nothing_is_stated_of_a_person_who_has_said_nothing_of_it(exam, person):
    given = verdict(exam, **person)
    assert not [each.text for each in given.missing if each.text.startswith(("You have", "You hold", "The program"))]
    if given.answer != "may-sit":
        assert not given.reason.startswith(("You have", "You hold", "The program"))


def test_what_is_not_known_is_said_as_a_question():
    assert verdict("rhit").reason == (
        "Whether you have met the requirements of an associate degree is not known. You have not said what award you "
        "have."
    )
