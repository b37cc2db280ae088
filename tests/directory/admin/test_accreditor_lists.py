"""An accreditor's list at the desk: from the upload to the record, and back with one press."""

from __future__ import annotations

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directory.models import Accreditation, AccreditorList, AccreditorListRow, AccreditorRowDecision, Agency
from directory.vocab import AccreditationStatus
from tests.directory.accreditor_lists.lists import DAY, HEADER, URL, agency, record, row, taken_in, written
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.invented import program, school
from tests.factories.state import fingerprint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
ADD = reverse("admin:directory_accreditorlist_add")


@pytest.fixture
def today():
    with time_machine.travel("2026-11-02", tick=False):
        yield


@pytest.fixture
def course():
    return program(school())


def step(name, held):
    return reverse(f"admin:directory_accreditorlist_{name}", args=[held.pk])


def upload(browser, *rows, header=HEADER, **changes):
    lines = [",".join(each) for each in (header, *rows)]
    given = {
        "agency": agency().pk, "source_url": URL, "as_of": DAY.isoformat(), "whole": "on",
        "file": SimpleUploadedFile("list.csv", "\n".join(lines).encode() + b"\n"), **changes,
    }  # fmt: skip
    return browser.post(ADD, given)


def in_form(response):
    return {name: value for name, value in filled_in(response).items() if name != "csrfmiddlewaretoken"}


def test_from_the_upload_to_the_record_and_back(desk, course):
    answer = upload(desk, row(100001))
    held = AccreditorList.objects.get()
    assert answer["Location"] == step("columns", held)
    columns = in_form(desk.get(step("columns", held)))
    assert (columns["unitid"], columns["school"], columns["status"]) == ("0", "1", "6")
    assert desk.post(step("columns", held), columns)["Location"] == step("difference", held)
    page = desk.get(step("difference", held))
    assert [(each.kind, each.total) for each in page.context["sections"]] == [("new", 1)]
    assert "Health Information Technician, Associate degree, Maple Fork College" in page.content.decode()
    assert desk.post(step("difference", held), in_form(page))["Location"] == address(held)
    assert Accreditation.objects.get().checked_on == DAY
    assert "Undo this list" in desk.get(address(held)).content.decode()
    assert desk.post(step("undo", held))["Location"] == address(held)
    assert not Accreditation.objects.exists()


def test_columns_are_remembered_for_the_next_list_of_the_accreditor(desk, course):
    header = ("Key", "Who", "Where", "State", "What", "How", "Word")
    upload(desk, row(100001, status="Blessed"), header=header)
    held = AccreditorList.objects.get()
    said = {"unitid": "0", "school": "1", "city": "2", "state": "3", "program": "4", "level": "5", "status": "6"}
    page = desk.post(step("columns", held), {**said, "cips": "51.0707"})
    assert page.status_code == 200
    assert "say below what they mean" in page.content.decode()
    assert desk.post(step("columns", held), {**said, "cips": "51.0707", "word-0": "accredited"}).status_code == 302
    assert Agency.objects.get().list_layout["words"] == {"blessed": "accredited"}
    upload(desk, row(100001, status="Blessed"), header=header)
    again = in_form(desk.get(step("columns", AccreditorList.objects.latest("pk"))))
    assert {name: again[name] for name in (*said, "word-0")} == {**said, "word-0": "accredited"}


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"unitid": "", "city": ""}, "school", "A name alone is not enough"),
        ({"city": "1"}, "city", "already means"),
        ({"status": "", "otherwise": ""}, "status", "say below which status"),
        ({"level": "", "program": "", "cip": ""}, "level", "reviews programs"),
        ({"cips": "51.0707 nursing"}, "cips", "nursing: not a CIP code"),
        ({"school": ""}, "school", "required"),
        ({"school": "77"}, "school", "valid choice"),
    ],
)
def test_columns_that_identify_nothing_are_refused_beside_the_field(desk, course, changes, field, why):
    upload(desk, row(100001))
    held = AccreditorList.objects.get()
    said = {**in_form(desk.get(step("columns", held))), **changes}
    page = desk.post(step("columns", held), said)
    assert page.status_code == 200
    assert why in " ".join(page.context["form"].errors[field])
    assert Agency.objects.get().list_layout == {"cips": ["51.0707"]}


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"as_of": "2026-11-03"}, "as_of", "has not come"),
        ({"source_url": "https://nowhere"}, "source_url", "valid URL"),
        ({"file": SimpleUploadedFile("list.xlsx", b"PK\x03\x04")}, "file", "damaged"),
        ({"file": SimpleUploadedFile("list.csv", b"<html>")}, "file", "web page"),
    ],
)
def test_a_bad_upload_is_refused_beside_the_field(desk, changes, field, why):
    page = upload(desk, row(100001), **changes)
    assert page.status_code == 200
    assert why in " ".join(errors(page)[field])
    assert not AccreditorList.objects.exists()


def test_rows_to_place_stand_under_what_stands_in_the_way_and_how_to_mend_it(desk, course, tmp_path):
    agency(list_layout={"cips": []})
    rows = [
        row(100001, program="Something"),
        row(100001, program="Other"),
        row(999999),
        row(100001, city="", school="X"),
    ]
    held = taken_in(written(tmp_path, *rows), desk_user(desk))
    page = desk.get(step("difference", held))
    found = {each.name: (each.label, each.total) for each in page.context["sections"]}
    assert found == {
        "unmatched-title": ("To place: no program has this title or field", 2),
        "unmatched-school": ("To place: two identifiers of the school must agree", 1),
        "unmatched-unknown": ("To place: no school with this number", 1),
    }
    title, words = page.context["sections"][0], page.content.decode()
    assert "If you say under “Fields it reviews”" in title.explained
    assert f'<a href="{step("columns", held)}">Columns and fields it reviews</a>' in words
    alone = desk.get(step("difference", held), {"kind": "unmatched-title"})
    assert [(each.name, len(each.lines)) for each in alone.context["sections"]] == [("unmatched-title", 2)]
    assert "All kinds" in alone.content.decode()


def test_all_rows_to_place_are_one_kind_of_page(desk, course, tmp_path):
    held = taken_in(written(tmp_path, row(100001), row(100009)), desk_user(desk))
    page = desk.get(step("difference", held), {"kind": "unmatched"})
    assert {each.kind.value for each in page.context["sections"]} == {"unmatched"}
    assert "All kinds" in page.content.decode()


def test_outcomes_that_come_with_the_list_are_announced(desk, course, tmp_path):
    header = (*HEADER, "Graduation rate", "Outcomes year")
    held = taken_in(written(tmp_path, (*row(100001), "82", "2024"), header=header), desk_user(desk))
    page = desk.get(step("difference", held)).content.decode()
    assert "writes down the published outcomes that the list has for 1 program," in page


def test_a_kind_that_does_not_occur_any_more_shows_all_there_is(desk, course, tmp_path):
    held = taken_in(written(tmp_path, row(100001)), desk_user(desk))
    for kind in ("unmatched-title", "nonsense"):
        page = desk.get(step("difference", held), {"kind": kind})
        assert [each.name for each in page.context["sections"]] == ["new"]


def test_what_is_gone_is_cleared_only_when_it_is_ticked(desk, course, tmp_path):
    gone = record(program(school(100002, name="Oak College", city="Oak", slug="oak")))
    held = taken_in(written(tmp_path, row(100001)), desk_user(desk))
    page = desk.get(step("difference", held))
    assert "Clear what is gone: 1 record becomes" in page.content.decode()
    desk.post(step("difference", held), {**in_form(page), "clear_gone": "on"})
    gone.refresh_from_db()
    assert gone.status == AccreditationStatus.WITHDRAWN
    assert "Withdrawn" in desk.get(address(gone)).content.decode()


def test_the_box_is_not_offered_for_a_list_that_is_not_whole(desk, course, tmp_path):
    record(course)
    held = taken_in(written(tmp_path, row(999999)), desk_user(desk), whole=False)
    page = desk.get(step("difference", held)).content.decode()
    assert 'name="clear_gone"' not in page
    assert "the list was not uploaded as whole" in page


def test_who_applies_second_sees_what_has_changed_and_keeps_the_tick(desk, course, tmp_path):
    held = record(course)
    gone = record(program(school(100002, name="Oak College", city="Oak", slug="oak")))
    made = taken_in(written(tmp_path, row(100001)), desk_user(desk))
    seen = in_form(desk.get(step("difference", made)))
    Accreditation.objects.filter(pk=held.pk).update(status=AccreditationStatus.PROBATION)
    page = desk.post(step("difference", made), {**seen, "clear_gone": "on"})
    assert page.status_code == 409
    assert "no longer what you saw" in page.content.decode()
    assert in_form(page)["clear_gone"] == ["on"]
    gone.refresh_from_db()
    assert gone.status == AccreditationStatus.ACCREDITED
    assert desk.post(step("difference", made), {**in_form(page), "clear_gone": "on"}).status_code == 302


def test_a_row_nobody_could_place_is_decided_on_its_page(desk, course, tmp_path):
    made = taken_in(written(tmp_path, row(100001, level="Master")), desk_user(desk))
    waiting = AccreditorListRow.objects.get()
    page = desk.get(address(waiting))
    assert "It is" in page.content.decode()
    answer = desk.post(address(waiting), {**in_form(page), "meant": str(course.pk), "reason": ""})
    assert answer["Location"] == step("difference", made)
    assert AccreditorRowDecision.objects.get().program == course


@pytest.mark.parametrize(
    ("said", "field"), [({"meant": "dismiss"}, "reason"), ({"meant": "other", "reason": "x"}, "another"), ({}, "meant")]
)
def test_a_decision_says_what_and_why(desk, course, tmp_path, said, field):
    taken_in(written(tmp_path, row(999999)), desk_user(desk))
    page = desk.post(address(AccreditorListRow.objects.get()), said)
    assert field in errors(page)
    assert not AccreditorRowDecision.objects.exists()


def test_the_second_of_two_curators_sees_the_decision_and_keeps_the_words(desk, course, tmp_path):
    taken_in(written(tmp_path, row(999999)), desk_user(desk))
    waiting = AccreditorListRow.objects.get()
    mine = {**in_form(desk.get(address(waiting))), "meant": "dismiss", "reason": "My own words"}
    desk.post(address(waiting), {**mine, "reason": "Theirs"})
    page = desk.post(address(waiting), mine)
    assert "somebody else has decided meanwhile. chief: dismissed (Theirs)" in page.content.decode()
    again = {**in_form(page), "meant": "dismiss"}
    assert again["reason"] == "My own words"
    desk.post(address(waiting), again)
    assert AccreditorRowDecision.objects.get().reason == "My own words"


def test_looking_is_not_applying(staff, course, tmp_path, chief):
    held = taken_in(written(tmp_path, row(100001)), chief)
    browser = staff("view_accreditorlist", "view_accreditorlistrow")
    before = fingerprint()
    for name in ("columns", "difference"):
        assert browser.get(step(name, held)).status_code == 200
        assert browser.post(step(name, held), {}).status_code == 403
    for name in ("undo", "discard"):
        assert browser.post(step(name, held)).status_code == 403
    assert (
        browser.post(address(AccreditorListRow.objects.get()), {"meant": "dismiss", "reason": "x"}).status_code == 403
    )
    assert fingerprint() == before


def test_nothing_is_undone_or_thrown_away_by_looking(desk, course, tmp_path, chief):
    held = taken_in(written(tmp_path, row(100001)), chief)
    assert {desk.get(step(name, held)).status_code for name in ("undo", "discard")} == {405}
    assert desk.post(step("discard", held)).status_code == 302
    assert "is thrown away already" not in desk.get(address(held)).content.decode()
    held.refresh_from_db()
    assert held.state == AccreditorList.State.DISCARDED
    assert desk.post(step("difference", held), {"seen": "x"}, follow=True).status_code == 200


def test_nothing_is_applied_while_an_import_runs(desk, course, tmp_path, chief, importing):
    held = taken_in(written(tmp_path, row(100001)), chief)
    assert desk.post(step("difference", held), {"seen": "x"}).status_code == 409
    assert desk.post(step("undo", held)).status_code == 409


def desk_user(browser):
    return User.objects.get(pk=browser.session["_auth_user_id"])
