"""An entry is one of our schools when two identifiers say so, and one of its programs when level and field do."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.pipeline.accreditor_lists.comparing import compare
from directory.pipeline.accreditor_lists.unplaced import Unplaced
from directory.vocab import AwardLevel
from tests.directory.accreditor_lists.lists import HEADER, agency, kinds, record, row, taken_in, written
from tests.directory.invented import field_of_study, program, school

pytestmark = pytest.mark.django_db
NUMBERS = ("UNITID", "OPEID", "Institution", "City", "State", "Degree", "Status")


@pytest.fixture
def curator(db):
    return User.objects.create_user("curator", is_staff=True)


@pytest.fixture
def course():
    return program(school(opeid="00123400"))


def found(tmp_path, curator, unitid="", opeid="", name="Maple Fork College", city="Maple Fork", state="OH"):
    said = (unitid, opeid, name, city, state, "Associate", "Accredited")
    (item,) = compare(taken_in(written(tmp_path, said, header=NUMBERS), curator)).items[:1]
    return item


@pytest.mark.parametrize(
    "signs",
    [
        {"unitid": "100001"},
        {"unitid": "100001", "name": "Another name"},
        {"unitid": "100001", "city": "Elsewhere"},
        {"unitid": "100001", "opeid": "00123400", "name": "Another name", "city": "Elsewhere"},
        {"opeid": "00123400"},
        {"opeid": "1234"},
        {"opeid": "00123400", "name": "Another name"},
        {"name": "The Maple Fork College"},
    ],
)
def test_two_identifiers_name_a_school(tmp_path, curator, course, signs):
    item = found(tmp_path, curator, **signs)
    assert (item.kind, item.program) == ("new", course.pk)


@pytest.mark.parametrize(
    ("signs", "why"),
    [
        ({"city": "", "state": ""}, "No number, and no school of this name in this place"),
        ({"city": ""}, "No number"),
        ({"city": "Elsewhere"}, "No number"),
        ({"unitid": "100001", "name": "Another name", "city": "Elsewhere"}, "neither the name nor the place agrees"),
        ({"unitid": "100009"}, "no school with the UNITID 100009"),
        ({"unitid": "100001", "opeid": "99999900"}, "but its OPEID is 00123400"),
        ({"opeid": "00123400", "name": "Another name", "city": "Elsewhere"}, "has this name or lies in this place"),
    ],
)
def test_one_identifier_or_two_that_disagree_name_none(tmp_path, curator, course, signs, why):
    item = found(tmp_path, curator, **signs)
    assert (item.kind, item.program) == ("unmatched", None)
    assert why in item.why


@pytest.mark.parametrize(
    ("signs", "obstacle"),
    [
        ({"city": ""}, Unplaced.SCHOOL),
        ({"unitid": "100009"}, Unplaced.UNKNOWN),
        ({"opeid": "99999900"}, Unplaced.UNKNOWN),
        ({"opeid": "00123400", "name": "Another name", "city": "Elsewhere"}, Unplaced.SCHOOL),
    ],
)
def test_what_stands_in_the_way_of_a_school_is_named(tmp_path, curator, course, signs, obstacle):
    assert found(tmp_path, curator, **signs).unplaced == obstacle


@pytest.mark.parametrize(
    ("cips", "said", "obstacle"),
    [
        ([], {"program": "Something"}, Unplaced.TITLE),
        ([], {"level": "", "program": "Something"}, Unplaced.NO_LEVEL),
        (["51.0799"], {}, Unplaced.FIELD),
        (["51.07"], {"level": "Master"}, Unplaced.LEVEL),
        (["51.07"], {}, None),
    ],
)
def test_what_stands_in_the_way_of_a_program_is_named(tmp_path, curator, course, cips, said, obstacle):
    agency(list_layout={"cips": cips})
    (item,) = compare(taken_in(written(tmp_path, row(100001, **said)), curator)).items
    assert item.unplaced == obstacle


def test_a_school_without_programs_is_not_said_to_lack_fields_that_nobody_named(tmp_path, curator):
    school()
    agency(list_layout={})
    (item,) = compare(taken_in(written(tmp_path, row(100001)), curator)).items
    assert (item.unplaced, item.why) == (Unplaced.NO_PROGRAM, "We hold no program of this school.")


def test_branches_that_share_a_number_are_told_apart_by_place(tmp_path, curator, course):
    branch = program(school(100002, name="Maple Fork College", city="Oak", slug="oak", opeid="00123401"))
    assert found(tmp_path, curator, opeid="001234", city="Oak").kind == "unmatched"
    assert found(tmp_path, curator, opeid="00123401", city="Oak").program == branch.pk


def test_the_award_level_and_field_name_the_program(tmp_path, curator, course):
    program(course.school, award_level=AwardLevel.BACHELORS)
    program(course.school, field=field_of_study("51.3801", "Nursing"), slug="nursing")
    assert found(tmp_path, curator, unitid="100001").program == course.pk


def test_two_programs_that_fit_are_a_persons_choice(tmp_path, curator, course):
    second = program(course.school, field=field_of_study("51.0706", "Health Administration"), slug="second")
    agency(list_layout={"cips": ["51.07"]})
    item = found(tmp_path, curator, unitid="100001")
    assert (item.kind, item.why, set(item.programs)) == ("unmatched", "Several programs fit.", {course.pk, second.pk})


def test_without_known_fields_a_level_alone_names_no_program(tmp_path, curator, course):
    agency(list_layout={})
    assert "No program here has this title or field" in found(tmp_path, curator, unitid="100001").why


def test_a_title_names_a_program_where_the_fields_are_not_known(tmp_path, curator, course):
    agency(list_layout={})
    rows = [row(100001, program="Health information technician")]
    assert kinds(taken_in(written(tmp_path, *rows), curator)) == {"new": 1}


def test_a_certificate_is_any_of_the_certificates_of_ipeds(tmp_path, curator):
    certificate = program(school(), award_level=AwardLevel.CERTIFICATE_1_2_YEARS)
    (item,) = compare(taken_in(written(tmp_path, row(100001, level="Certificate")), curator)).items
    assert item.program == certificate.pk


def test_an_entry_that_stands_there_twice_counts_once(tmp_path, curator, course):
    assert kinds(taken_in(written(tmp_path, row(100001), row(100001)), curator)) == {"new": 1, "repeated": 1}


def test_two_entries_that_contradict_each_other_are_both_left_to_a_person(tmp_path, curator, course):
    held = record(course)
    rows = [row(100001), row(100001, status="Withdrawn")]
    found = compare(taken_in(written(tmp_path, *rows), curator))
    assert found.counts == {"unmatched": 2}
    assert "different statuses" in found.items[0].why
    assert held.status == "accredited"


def test_a_long_list_is_compared_with_as_many_questions_as_a_short_one(tmp_path, curator):
    rows = []
    for number in range(40):
        at = school(100100 + number, name=f"Elm {number}", city="Elm", slug=f"elm-{number}")
        record(program(at))
        rows.append(row(100100 + number, school=f"Elm {number}", city="Elm"))
    short, long = (taken_in(written(tmp_path, *some), curator) for some in (rows[:1], rows))
    asked = []
    for each in (short, long):
        each.refresh_from_db()
        with CaptureQueriesContext(connection) as queries:
            compare(each)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 8
    assert len(HEADER) == len(rows[0])
