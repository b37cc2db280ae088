"""What staff write as the name of a listing, or of its place, is a name: no markup, nothing that nobody sees."""

from __future__ import annotations

import pytest

from directory.curation.listing_checks import problems
from directory.models import Program, School
from tests.directory.admin.conftest import errors
from tests.directory.admin.listings.conftest import WHY, bulk_form
from tests.directory.admin.listings.test_files import as_csv, exported, refusals, upload
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db

BAD = {
    "Example <b>College</b>": "no < or >",
    "Example College>": "no < or >",
    "Example\x07College": "nobody sees",
    "Example\u200bCollege": "nobody sees",
    "Example\u202eCollege": "nobody sees",
    "Example\u00a0College": "nobody sees",
    "Example\nCollege": "nobody sees",
    "...": "letter or digit",
    "\u3164": "nobody sees",
    "\u2800": "nobody sees",
}


def said(listing, column, value):
    return " ".join(words for name, words in problems(listing, {column: value}, [column]) if name == column)


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize("column", ["name", "city", "county", "address", "accreditor"])
def test_a_school_has_no_such_words(value, column):
    assert BAD[value] in said(School(), column, value)


@pytest.mark.parametrize("value", BAD)
def test_a_program_has_no_such_title(value):
    assert BAD[value] in said(Program(), "title", value)


@pytest.mark.parametrize(
    "value",
    [
        "St. Mary's College (Oak & Elm), A/B-C #2",
        "Universidad de Río Piedras",
        "3M Academy – Nº 1; “The” College’s: A+B @ Home!",
        "Līhuʻe",
        "42",
    ],
)
def test_what_names_really_hold_is_taken(value):
    assert said(School(), "name", value) == said(Program(), "title", value) == ""


def test_empty_is_no_name_that_is_wrong():
    assert said(Program(), "title", "") == said(School(), "county", "") == ""


def test_an_odd_name_of_a_file_hinders_no_other_correction():
    assert list(problems(School(name="<x>"), {"name": "<x>", "county": "Elm"}, ["county"])) == []


def test_the_form_and_the_bulk_edit_and_the_spreadsheet_say_it(edit, desk):
    at = school()
    made = program(at)
    assert "no < or >" in errors(edit(at, name="<b>Oak</b> College", why=WHY))["name"][0]
    assert "no < or >" in errors(edit(made, title="<script>", why=WHY))["title"][0]
    sent = bulk_form([made], {"title": "<script>"})
    shown = desk.post("/admin/directory/program/bulk/", {**sent, "_preview": "Preview"}).context["preview"]
    assert "no < or >" in shown["refused"][0]["refusal"]
    rows = exported(desk)
    rows[0]["name"] = "<b>Oak</b>"
    page = upload(desk, as_csv(rows))
    assert refusals(page) == {}
    assert "no < or >" in page.context["preview"]["refused"][0]["refusal"]


def test_spaces_alone_are_no_name(edit):
    assert errors(edit(school(), name="   ", why=WHY))["name"] == ["This field is required."]
