"""A list that names what was merged means the listing that it has become."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from directory.curation.merging.merge import merge
from directory.models import Accreditation, AccreditorListRow, Program, School
from directory.pipeline.accreditor_lists.applying import settle
from directory.pipeline.accreditor_lists.comparing import compare
from directory.pipeline.accreditor_lists.difference import Kind
from directory.vocab import AccreditationStatus, AwardLevel, ListingState
from tests.directory.accreditor_lists.lists import HEADER, agency, applied, kinds, record, row, taken_in, written
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("curator", is_staff=True)


@pytest.fixture
def gone() -> School:
    """The lists still name it so."""
    return school(100002, name="Old Fork Institute", city="Old Fork", opeid="00123400")


@pytest.fixture
def kept() -> School:
    return school(opeid="00123400")


def become_one(gone: School | Program, kept: School | Program) -> None:
    merge(gone=gone, survivor=kept, reason="One college", by=None)


SIGNS = {
    "its UNITID and name": row(100002, school="Old Fork Institute", city="Old Fork"),
    "its name and place": row("", school="Old Fork Institute", city="Old Fork"),
    "the survivor's UNITID": row(100001),
}


@pytest.mark.parametrize("said", SIGNS.values(), ids=SIGNS)
def test_a_list_that_names_a_merged_school_confirms_the_one_that_stands(tmp_path, curator, gone, kept, said):
    program(gone)
    course = program(kept)
    become_one(gone, kept)
    held = record(course)
    applied(taken_in(written(tmp_path, said), curator), curator, clear_gone=True)
    held.refresh_from_db()
    assert (held.status, Accreditation.objects.count()) == (AccreditationStatus.ACCREDITED, 1)


def test_a_number_that_both_had_names_the_one_that_stands(tmp_path, curator, kept):
    other = school(100002, slug="twin", opeid="00123400")
    course = program(kept)
    become_one(other, kept)
    made = taken_in(written(tmp_path, row("00123400"), header=("OPEID", *HEADER[1:])), curator)
    assert [item.program for item in compare(made).items] == [course.pk]


def test_a_program_that_was_merged_is_no_choice(tmp_path, curator, kept):
    twin, course = program(kept), program(kept, award_level=AwardLevel.BACHELORS)
    become_one(twin, course)
    made = taken_in(written(tmp_path, row(100001), row(100001, level="Bachelor")), curator)
    assert [item.program for item in compare(made).items] == [None, course.pk]


def test_what_stayed_with_the_school_that_is_gone_is_held_back_where_a_row_may_mean_it(tmp_path, curator, gone, kept):
    stayed = record(program(gone, state=ListingState.WITHDRAWN))
    become_one(gone, kept)
    said = row(100002, school="Old Fork Institute", city="Old Fork")
    assert kinds(taken_in(written(tmp_path, said), curator)) == {"unmatched": 1, "held": 1}
    stayed.refresh_from_db()
    assert stayed.status == AccreditationStatus.ACCREDITED


def test_a_decision_for_a_program_that_was_merged_holds_for_its_survivor(tmp_path, curator, kept):
    twin, course = program(kept), program(kept, award_level=AwardLevel.BACHELORS)
    said = row(999999, school="M. F. C.")
    applied(taken_in(written(tmp_path, said), curator), curator)
    settle(row=AccreditorListRow.objects.get(), by=curator, reason="Its old name", program=twin)
    become_one(twin, course)
    made = applied(taken_in(written(tmp_path, said), curator), curator, clear_gone=True)
    assert made.counts == {"confirmed": 1}
    assert [(each.program, each.status) for each in Accreditation.objects.all()] == [(course, "accredited")]


def test_a_decision_for_a_school_that_was_merged_holds_for_its_survivor(tmp_path, curator, gone, kept):
    old, course = program(gone), program(kept)
    said = row(999999, school="O. F. I.")
    made = applied(taken_in(written(tmp_path, said), curator), curator)
    settle(row=made.rows.get(), by=curator, reason="Its old name", program=old)
    become_one(gone, kept)
    (item,) = compare(taken_in(written(tmp_path, said), curator)).by_kind[Kind.CONFIRMED]
    assert (item.school, item.program) == (kept.pk, course.pk)


def test_a_decision_about_a_program_that_stayed_behind_is_asked_again(tmp_path, curator, gone, kept):
    stayed = program(gone, state=ListingState.WITHDRAWN)
    said = row(999999, school="O. F. I.")
    made = applied(taken_in(written(tmp_path, said), curator), curator)
    settle(row=made.rows.get(), by=curator, reason="Its old name", program=stayed)
    become_one(gone, kept)
    (item,) = compare(taken_in(written(tmp_path, said), curator)).by_kind[Kind.UNMATCHED]
    assert item.school == kept.pk


def test_a_decision_of_an_accreditor_of_schools_follows_the_merge(tmp_path, curator, gone, kept):
    agency(programmatic=False, list_layout={})
    said = row(999999, school="O. F. I.")
    made = applied(taken_in(written(tmp_path, said), curator), curator)
    settle(row=made.rows.get(), by=curator, reason="Its old name", school=gone)
    become_one(gone, kept)
    (item,) = compare(taken_in(written(tmp_path, said), curator)).by_kind[Kind.CONFIRMED]
    assert item.school == kept.pk
