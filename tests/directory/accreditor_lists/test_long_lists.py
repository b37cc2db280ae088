"""A list of thousands of rows is applied and undone with as many questions as a short one."""

from __future__ import annotations

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Accreditation, AccreditorListRow, ProgramFact
from directory.pipeline.accreditor_lists.comparing import compare
from directory.pipeline.accreditor_lists.undoing import undo
from tests.directory.accreditor_lists.lists import HEADER, applied, row, taken_in, written
from tests.directory.invented import program, school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
OUTCOMES = ("Graduation rate", "Employment rate", "Third measure", "Third measure value", "Outcomes year")
LONG = 30
#: The first list of a year makes its release, and what follows is written or not.
NOT_OF_ROWS = 8


@pytest.fixture
def today():
    with time_machine.travel("2026-11-02", tick=False):
        yield


@pytest.fixture
def curator(db):
    return User.objects.create_user("curator", is_staff=True)


@pytest.fixture
def entries():
    found = []
    for number in range(LONG + 1):
        program(school(100100 + number, name=f"Elm {number}", city="Elm", slug=f"elm-{number}"))
        found.append(row(100100 + number, school=f"Elm {number}", city="Elm"))
    return found


def asked(task):
    with CaptureQueriesContext(connection) as queries:
        done = task()
    return len(queries), done


def with_outcomes(entry, rate):
    return (*entry, rate, rate, "Sat the exam", "4 of 5", "2024")


def test_a_long_list_is_applied_with_as_many_questions_as_a_short_one(tmp_path, curator, entries):
    counts = []
    for rate in ("81", "82"):  # new records and facts, then those that are there
        for some in (entries[:1], entries[1:]):
            said = [with_outcomes(entry, rate) for entry in some]
            made = taken_in(written(tmp_path, *said, header=(*HEADER, *OUTCOMES)), curator)
            seen = compare(made).fingerprint
            counts.append(asked(lambda made=made, seen=seen: applied(made, curator, seen=seen))[0])
    assert max(counts) - min(counts) < NOT_OF_ROWS, counts
    facts = ProgramFact.objects.filter(kind="graduation-rate")
    assert (facts.count(), set(facts.values_list("value", flat=True))) == (LONG + 1, {"82"})
    assert {fact.history.count() for fact in facts} == {2}
    assert set(AccreditorListRow.objects.values_list("found", flat=True)) == {"matched"}


def test_a_long_list_is_undone_with_as_many_questions_as_a_short_one(tmp_path, curator, entries):
    first = [with_outcomes(entry, "81") for entry in entries]
    applied(taken_in(written(tmp_path, *first, header=(*HEADER, *OUTCOMES)), curator), curator)
    before = list(ProgramFact.objects.order_by("pk").values())
    counts = []
    for some in (entries[:1], entries[1:]):
        said = [with_outcomes(entry, "82") for entry in some]
        made = applied(taken_in(written(tmp_path, *said, header=(*HEADER, *OUTCOMES)), curator), curator)
        number, done = asked(lambda made=made: undo(accreditor_list=made, by=curator))
        assert (done.taken_back, done.left) == (4 * len(some), ())
        counts.append(number)
    assert max(counts) - min(counts) < NOT_OF_ROWS, counts
    assert list(ProgramFact.objects.order_by("pk").values()) == before


def test_what_undoing_deletes_says_who_and_why_in_its_history(tmp_path, curator, entries):
    said = with_outcomes(entries[0], "81")
    made = applied(taken_in(written(tmp_path, said, header=(*HEADER, *OUTCOMES)), curator), curator)
    undo(accreditor_list=made, by=curator)
    for model in (Accreditation, ProgramFact):
        last = model.history.first()
        assert (last.history_type, last.history_user) == ("-", curator)
        assert last.history_change_reason == f"The list of {made.as_of} was undone"
