"""An accreditor's list becomes records with evidence and history, once, and can be undone."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User

from directory.curation.revisions import BEFORE
from directory.models import (
    Accreditation,
    AccreditationAction,
    AccreditorList,
    AccreditorListRow,
    AccreditorRowDecision,
    Listing,
    ProgramFact,
)
from directory.pipeline.accreditor_lists.applying import NotPossible, mark, settle
from directory.pipeline.accreditor_lists.comparing import compare
from directory.pipeline.accreditor_lists.difference import Kind
from directory.pipeline.accreditor_lists.undoing import undo
from directory.pipeline.refresh import refresh
from directory.vocab import AccreditationStatus, AwardLevel, Standing
from tests.directory.accreditor_lists.lists import (
    DAY,
    EARLIER,
    HEADER,
    URL,
    agency,
    applied,
    kinds,
    record,
    row,
    taken_in,
    written,
)  # fmt: skip
from tests.directory.invented import program, school
from tests.factories.state import fingerprint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def today():
    with time_machine.travel("2026-11-02", tick=False):
        yield


@pytest.fixture
def curator(db):
    return User.objects.create_user("curator", is_staff=True)


@pytest.fixture
def course():
    return program(school())


@pytest.fixture
def other():
    return program(school(100002, name="Oak College", city="Oak", slug="oak"))


def test_a_program_on_the_list_gets_a_record_with_the_lists_evidence_and_day(tmp_path, curator, course):
    made = applied(taken_in(written(tmp_path, row(100001)), curator), curator)
    (held,) = Accreditation.objects.all()
    assert (held.program, held.school, held.status) == (course, course.school, AccreditationStatus.ACCREDITED)
    assert (held.evidence_url, held.checked_on, held.checked_by) == (URL, DAY, curator)
    assert held.history.get().history_change_reason == f"The accreditor’s list of {DAY}"
    assert (made.state, made.counts) == (AccreditorList.State.APPLIED, {"new": 1})
    assert Listing.objects.get().standing == Standing.ACCREDITED


def test_a_changed_status_is_written_with_its_past(tmp_path, curator, course):
    held = record(course)
    made = applied(taken_in(written(tmp_path, row(100001, status="Probation")), curator), curator)
    held.refresh_from_db()
    assert (held.status, held.checked_on, made.counts) == (AccreditationStatus.PROBATION, DAY, {"changed": 1})
    assert [each.status for each in held.history.all()] == ["probation", "accredited"]
    assert AccreditationAction.objects.get().description == "Accredited → Probation"
    assert Listing.objects.get().standing == Standing.ON_NOTICE


def test_what_a_file_wrote_since_is_not_credited_to_whoever_applied_the_list(tmp_path, curator, course):
    held = record(course)
    Accreditation.objects.update(status=AccreditationStatus.CANDIDATE)  # as a file does, without a line of history
    applied(taken_in(written(tmp_path, row(100001, status="Probation")), curator), curator)
    lines = held.history.order_by("pk").values_list("status", "history_user", "history_change_reason")
    assert list(lines)[1:] == [
        ("candidate", None, BEFORE),
        ("probation", curator.pk, f"The accreditor’s list of {DAY}"),
    ]


def test_an_unchanged_entry_confirms_the_record_anew(tmp_path, curator, course):
    held = record(course)
    assert applied(taken_in(written(tmp_path, row(100001)), curator), curator).counts == {"confirmed": 1}
    held.refresh_from_db()
    assert (held.checked_on, AccreditationAction.objects.count()) == (DAY, 0)


def test_what_is_gone_is_withdrawn_and_never_deleted(tmp_path, curator, course, other):
    kept, gone = record(course), record(other)
    made = applied(taken_in(written(tmp_path, row(100001)), curator), curator, clear_gone=True)
    gone.refresh_from_db()
    assert (gone.status, gone.ended_on, gone.evidence_url) == (AccreditationStatus.WITHDRAWN, DAY, URL)
    assert made.counts == {"confirmed": 1, "gone": 1}
    standings = dict(Listing.objects.values_list("program", "standing"))
    assert standings == {course.pk: Standing.ACCREDITED, other.pk: Standing.NOT_ACCREDITED}
    assert kept.history.count() == gone.history.count() == 2


def test_what_is_gone_stays_where_nobody_asked_to_clear_it(tmp_path, curator, course, other):
    gone = record(other)
    applied(taken_in(written(tmp_path, row(100001)), curator), curator)
    gone.refresh_from_db()
    assert (gone.status, gone.checked_on) == (AccreditationStatus.ACCREDITED, EARLIER)


@pytest.mark.parametrize(
    ("rows", "whole", "why"),
    [
        ([row(100001)], False, "Only a list that is whole"),
        ([row(100001), row(100003, status="Blessed")], True, "cannot be read"),
    ],
)
def test_a_list_that_is_not_whole_clears_nothing(tmp_path, curator, course, other, rows, whole, why):
    record(other)
    made = taken_in(written(tmp_path, *rows), curator, whole=whole)
    before = fingerprint()
    with pytest.raises(NotPossible, match=why):
        applied(made, curator, clear_gone=True)
    assert fingerprint() == before


def test_clearing_a_large_part_must_be_meant(tmp_path, curator, course):
    for number in range(11):
        record(program(school(100010 + number, name=f"Elm {number}", city="Elm", slug=f"elm-{number}")))
    made = taken_in(written(tmp_path, row(100001)), curator)
    with pytest.raises(NotPossible, match="11 of 11 records would be withdrawn"):
        applied(made, curator, clear_gone=True)
    assert applied(made, curator, clear_gone=True, though_many=True).counts["gone"] == 11


def test_a_record_that_an_unplaced_row_may_mean_is_not_cleared(tmp_path, curator, course):
    held = record(course)
    made = taken_in(written(tmp_path, row(100001, level="Master")), curator)
    assert kinds(made) == {"unmatched": 1, "held": 1}
    applied(made, curator, clear_gone=True)
    held.refresh_from_db()
    assert held.status == AccreditationStatus.ACCREDITED


def test_a_record_that_was_checked_later_than_the_list_is_left_alone(tmp_path, curator, course, other):
    record(course, checked_on=dt.date(2026, 11, 2)), record(other, checked_on=dt.date(2026, 11, 2))
    made = taken_in(written(tmp_path, row(100001, status="Withdrawn")), curator)
    assert kinds(made) == {"newer": 1}
    applied(made, curator, clear_gone=True)
    assert set(Accreditation.objects.values_list("status", flat=True)) == {AccreditationStatus.ACCREDITED}


def test_records_of_official_files_are_not_touched(tmp_path, curator, course):
    official = record(course, release=course.release, checked_on=None, external_key="dapip-1")
    applied(taken_in(written(tmp_path, row(100001, status="Probation")), curator), curator, clear_gone=True)
    official.refresh_from_db()
    assert (official.status, Accreditation.objects.count()) == (AccreditationStatus.ACCREDITED, 2)


# --- twice, and two at once --------------------------------------------------------------------------


def test_a_list_is_applied_once(tmp_path, curator, course):
    made = taken_in(written(tmp_path, row(100001)), curator)
    seen = compare(made).fingerprint
    applied(made, curator)
    with pytest.raises(NotPossible, match="somebody else was quicker"):
        applied(made, curator, seen=seen)


def test_what_changed_since_somebody_looked_is_looked_at_again(tmp_path, curator, course):
    held = record(course)
    made = taken_in(written(tmp_path, row(100001)), curator)
    seen = compare(made).fingerprint
    Accreditation.objects.filter(pk=held.pk).update(status=AccreditationStatus.PROBATION)
    with pytest.raises(NotPossible, match="no longer what you saw"):
        applied(made, curator, seen=seen)
    assert AccreditorList.objects.get().state == AccreditorList.State.UPLOADED


def test_of_two_lists_at_once_the_second_shows_what_the_first_did(tmp_path, curator, course):
    first = taken_in(written(tmp_path, row(100001)), curator)
    second = taken_in(written(tmp_path, row(100001, status="Probation")), curator)
    seen = compare(second).fingerprint
    applied(first, curator)
    with pytest.raises(NotPossible, match="no longer what you saw"):
        applied(second, curator, seen=seen)
    assert kinds(second) == {"changed": 1}


# --- undo --------------------------------------------------------------------------------------------


def test_undoing_brings_every_record_back_as_it_was(tmp_path, curator, course, other):
    record(other)
    third = program(school(100003, name="Elm College", city="Elm", slug="elm"))
    record(third, AccreditationStatus.CANDIDATE)
    refresh()
    columns = ("pk", "status", "ended_on", "checked_on", "evidence_url", "checked_by")
    before = list(Accreditation.objects.order_by("pk").values_list(*columns))
    listed = list(Listing.objects.order_by("pk").values_list("program", "standing"))
    rows = [row(100001), row(100003, school="Elm College", city="Elm")]
    made = applied(taken_in(written(tmp_path, *rows), curator), curator, clear_gone=True)
    assert made.counts == {"new": 1, "changed": 1, "gone": 1}
    assert undo(accreditor_list=made, by=curator) == (3, ())
    assert list(Accreditation.objects.order_by("pk").values_list(*columns)) == before
    assert list(Listing.objects.order_by("pk").values_list("program", "standing")) == listed
    assert not AccreditationAction.objects.exists()
    made.refresh_from_db()
    assert (made.state, made.undone_by) == (AccreditorList.State.UNDONE, curator)


def test_undoing_leaves_what_staff_changed_since(tmp_path, curator, course):
    made = applied(taken_in(written(tmp_path, row(100001)), curator), curator)
    held = Accreditation.objects.get()
    held.status = AccreditationStatus.PROBATION
    held.save()
    count, left = undo(accreditor_list=made, by=curator)
    assert (count, len(left)) == (0, 1)
    assert Accreditation.objects.get().status == AccreditationStatus.PROBATION


def test_only_the_last_list_can_be_undone_and_only_once(tmp_path, curator, course):
    first = applied(taken_in(written(tmp_path, row(100001)), curator), curator)
    second = applied(taken_in(written(tmp_path, row(100001, status="Probation")), curator), curator)
    with pytest.raises(NotPossible, match="undo that one first"):
        undo(accreditor_list=first, by=curator)
    undo(accreditor_list=second, by=curator)
    with pytest.raises(NotPossible, match="nothing to undo"):
        undo(accreditor_list=second, by=curator)
    undo(accreditor_list=first, by=curator)
    assert not Accreditation.objects.exists()


# --- rows that nobody could place --------------------------------------------------------------------


def test_a_row_that_a_curator_placed_is_written_at_once_and_remembered(tmp_path, curator, course):
    said = row(999999, school="Maple Fork Comm. Coll.")
    made = applied(taken_in(written(tmp_path, said), curator), curator)
    (waiting,) = AccreditorListRow.objects.filter(found="unmatched")
    settle(row=waiting, by=curator, reason="Its new name", program=course)
    waiting.refresh_from_db()
    assert (waiting.found, Accreditation.objects.get().program) == ("matched", course)
    assert undo(accreditor_list=made, by=curator).taken_back == 1
    assert not Accreditation.objects.exists()
    assert kinds(taken_in(written(tmp_path, said), curator)) == {"new": 1}


def test_a_row_that_a_curator_dismissed_is_dismissed_in_the_next_list(tmp_path, curator, course):
    said = row(999999, school="Nowhere College")
    applied(taken_in(written(tmp_path, said), curator), curator)
    settle(row=AccreditorListRow.objects.get(), by=curator, reason="Not in the United States")
    assert AccreditorListRow.objects.get().found == "dismissed"
    assert kinds(taken_in(written(tmp_path, said), curator)) == {"dismissed": 1}


def test_of_two_curators_the_second_sees_the_decision_of_the_first(tmp_path, curator, course):
    applied(taken_in(written(tmp_path, row(999999, school="Nowhere")), curator), curator)
    waiting = AccreditorListRow.objects.get()
    settle(row=waiting, by=curator, reason="Not ours")
    with pytest.raises(NotPossible, match=r"curator: dismissed .Not ours."):
        settle(row=waiting, by=User.objects.create_user("second"), reason="It is Maple Fork", program=course)
    assert AccreditorRowDecision.objects.get().reason == "Not ours"


def two_rows_of_one(tmp_path, curator, course, **second):
    """An applied list whose second row a curator placed on the program that its first row named."""
    said = row(999999, school="Maple Fork Comm. Coll.", **second)
    made = applied(taken_in(written(tmp_path, row(100001), said), curator), curator)
    settle(row=made.rows.get(found="unmatched"), by=curator, reason="Its new name", program=course)
    return made


def test_a_second_row_of_a_program_is_undone_with_the_first(tmp_path, curator, course):
    made = two_rows_of_one(tmp_path, curator, course, status="Probation")
    done = undo(accreditor_list=made, by=curator)
    assert (done.left, done.taken_back) == ((), 2)
    assert not Accreditation.objects.exists()


def test_a_record_of_before_that_two_rows_changed_is_as_it_was_again(tmp_path, curator, course):
    held = record(course, AccreditationStatus.CANDIDATE)
    made = two_rows_of_one(tmp_path, curator, course, status="Probation")
    assert AccreditationAction.objects.count() == 2
    done = undo(accreditor_list=made, by=curator)
    held.refresh_from_db()
    assert (done.left, held.status, held.checked_on) == ((), AccreditationStatus.CANDIDATE, EARLIER)
    assert not AccreditationAction.objects.exists()


def test_rows_that_are_decided_again_and_again_write_down_each_change(tmp_path, curator, course):
    made = two_rows_of_one(tmp_path, curator, course, status="Probation")
    for line in (2, 3, 2, 3):
        row_of_line = made.rows.get(line=line)
        seen = mark(AccreditorRowDecision.objects.filter(key=row_of_line.key).first())
        settle(row=row_of_line, by=curator, reason="As the list says", program=course, seen=seen)
    assert AccreditationAction.objects.count() == 5
    assert undo(accreditor_list=made, by=curator).left == ()
    assert not Accreditation.objects.exists()
    assert not AccreditationAction.objects.exists()


def test_an_outcome_that_two_rows_changed_goes_with_undoing(tmp_path, curator, course):
    cells = ("82", "", "", "", "2024-25", "https://maple.example/o")
    header = (*HEADER, *OUTCOMES)
    said = [(*row(100001), *cells), (*row(999999, school="Maple Fork Comm. Coll."), "83", *cells[1:])]
    made = applied(taken_in(written(tmp_path, *said, header=header), curator), curator)
    settle(row=made.rows.get(found="unmatched"), by=curator, reason="Its new name", program=course)
    assert ProgramFact.objects.get().value == "83"
    assert undo(accreditor_list=made, by=curator).left == ()
    assert not ProgramFact.objects.exists()


def test_a_row_of_an_applied_list_is_read_as_on_the_day_it_was_applied(tmp_path, curator, course):
    """The next upload explains the accreditor's words anew; the evidence of the earlier list stays what it was."""
    body = agency(list_layout={"cips": ["51.0707"], "words": {"blessed": "accredited"}})
    said = row(999999, school="Maple Fork Comm. Coll.", status="Blessed")
    made = applied(taken_in(written(tmp_path, said), curator), curator)
    body.list_layout = {"cips": ["51.0799"], "words": {"blessed": "probation"}}
    body.save()
    settle(row=made.rows.get(), by=curator, reason="Its new name", school=course.school)
    held = Accreditation.objects.get()
    assert (held.program, held.status) == (course, AccreditationStatus.ACCREDITED)
    assert kinds(taken_in(written(tmp_path, said), curator)) == {"unmatched": 1, "held": 1}


# --- outcomes ----------------------------------------------------------------------------------------

OUTCOMES = (
    "Graduation rate",
    "Employment rate",
    "Third measure",
    "Third measure value",
    "Outcomes year",
    "Outcomes URL",
)


def test_published_outcomes_come_with_the_list_and_go_with_its_undoing(tmp_path, curator, course):
    said = (*row(100001), "82%", "91", "Graduates who sat the RHIT", "40 of 52", "2024-25", "https://maple.example/o")
    made = applied(taken_in(written(tmp_path, said, header=(*HEADER, *OUTCOMES)), curator), curator)
    facts = {fact.kind: (fact.value, fact.unit, fact.year, fact.note) for fact in ProgramFact.objects.all()}
    assert facts == {
        "graduation-rate": ("82", "percent", "2024-25", ""),
        "job-placement-rate": ("91", "percent", "2024-25", ""),
        "further-outcome": ("40 of 52", "", "2024-25", "Graduates who sat the RHIT"),
    }
    assert {fact.evidence_url for fact in ProgramFact.objects.all()} == {"https://maple.example/o"}
    undo(accreditor_list=made, by=curator)
    assert not ProgramFact.objects.exists()


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("120", "", "", "", "2024", ""), "outside 0 to 100"), (("0.87", "", "", "", "2024", ""), "is it a share"),
        (("87", "", "", "", "", ""), "need their year"), (("", "", "", "40", "2024", ""), "needs its name"),
        (("87", "", "", "", "2024", "javascript:x"), "not a web address"), (("many", "", "", "", "2024", ""), "not a"),
    ],
)  # fmt: skip
def test_outcomes_that_cannot_be_meant_are_not_read(tmp_path, curator, course, cells, why):
    made = taken_in(written(tmp_path, (*row(100001), *cells), header=(*HEADER, *OUTCOMES)), curator)
    (item,) = compare(made).by_kind[Kind.UNREADABLE]
    assert why in item.why


# --- accreditors of schools --------------------------------------------------------------------------


def test_a_list_of_schools_is_about_schools(tmp_path, curator, course):
    whole = agency(programmatic=False, list_layout={"otherwise": "accredited"})
    header = ("OPEID", "Name of institution", "City", "State")
    rows = [("00123400", "Maple Fork College", "Maple Fork", "Ohio")]
    course.school.opeid = "00123400"
    course.school.save()
    made = taken_in(written(tmp_path, *rows, header=header), curator, agency=whole)
    made.columns = {"opeid": 0, "school": 1, "city": 2, "state": 3}
    made.save()
    applied(made, curator)
    held = Accreditation.objects.get()
    assert (held.school, held.program, held.status) == (course.school, None, AccreditationStatus.ACCREDITED)


def test_levels_tell_two_programs_of_a_school_apart(tmp_path, curator, course):
    bachelors = program(course.school, award_level=AwardLevel.BACHELORS)
    applied(taken_in(written(tmp_path, row(100001, level="Bachelor of Science")), curator), curator)
    assert Accreditation.objects.get().program == bachelors
