"""The list as a spreadsheet and back: unedited it changes nothing, edited it is looked at before it is applied."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from directory.curation import overrides
from directory.curation.batches import diff as diffs
from directory.curation.batches import reading
from directory.models import ListingBatch, Override, Program, School, ZipPoint
from directory.vocab import BatchWay, Control, ListingState, SchoolState
from tests.directory.admin.listings.conftest import WHY, example_schools, said
from tests.directory.admin.listings.test_undo import table, undo
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db


def exported(desk, kind="school", query=""):
    page = desk.get(reverse(f"admin:directory_{kind}_export") + query)
    assert page.status_code == 200
    return list(csv.DictReader(io.StringIO(page.getvalue().decode("utf-8-sig"), newline="")))


def as_csv(rows):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows):
    book = Workbook()
    sheet: Any = book.active
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([int(cell) if cell.isdecimal() else cell or None for cell in row.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(desk, data, kind="school", name="edited.csv"):
    return desk.post(reverse(f"admin:directory_{kind}_upload"), {"file": SimpleUploadedFile(name, data)})


def applied(desk, page, kind="school", **more):
    sent = {
        "asked": page.context["asked"].initial.get("asked") or page.context["asked"].data["asked"],
        "signature": page.context["preview"]["signature"],
        "why": WHY,
        **more,
    }
    return desk.post(reverse(f"admin:directory_{kind}_upload"), sent)


def refusals(page):
    return {
        (row.line, row.column): row.reason for row in [*page.context["diff"].problems, *page.context["diff"].conflicts]
    }


@pytest.fixture
def odd():
    """Schools whose values a spreadsheet is known to spoil, and official ones that nobody may type."""
    made = example_schools(2)
    school(100060, name="=SUM(A1) College", zip_code="01234", website="not an address", longitude=-82.123456789012345,
           latitude=40.1, control=Control.UNKNOWN, rotc=False, county="(clear)", closed_on="2024-05-31",
           status=SchoolState.CLOSED, accreditor="A, \"B\"\nand C", successor_unitid=999999)  # fmt: skip
    school(100061, name="'-Quoted", county="  blank  ", zip_code="4", veterans_support=True)
    return made


@pytest.mark.parametrize("form", [as_csv, as_xlsx])
def test_a_file_that_nobody_edited_changes_nothing(desk, odd, form):
    for at in School.objects.all():
        Program.objects.filter(school=at).update(title="+Evening", state=ListingState.WITHDRAWN)
    for kind in ("school", "program"):
        page = upload(desk, form(exported(desk, kind)), kind)
        assert refusals(page) == {}
        assert page.context["preview"]["changes"] == 0
        assert page.context["diff"].wanted == {}


def test_edited_cells_become_corrections_in_one_batch_that_can_be_undone(desk, odd, chief):
    before = table()
    rows = exported(desk)
    rows[2]["county"], rows[2]["rotc"], rows[3]["website"] = "Elm", "yes", "www.example.org"
    rows[1]["zip_code"] = ""  # leaves it
    page = upload(desk, as_csv(rows))
    assert [(row["line"], row["column"], row["old"], row["new"]) for row in page.context["preview"]["good"]] == [
        (4, "County", "nothing", "Elm"),
        (4, "ROTC", "not known", "yes"),
        (5, "Website", "www.example.edu", "www.example.org"),
    ]
    assert table() == before
    assert applied(desk, page).status_code == 302
    batch = ListingBatch.objects.get()
    assert (batch.way, batch.file_name, batch.changes, batch.made_by) == (BatchWay.FILE, "edited.csv", 3, chief)
    assert Override.objects.filter(active=True, reason=WHY).count() == 3
    undo(desk)
    assert table() == before


def test_a_workbook_does_the_same(desk):
    example_schools(2)
    rows = exported(desk)
    rows[1]["county"] = "Elm"
    applied(desk, upload(desk, as_xlsx(rows), name="edited.xlsx"))
    assert [row.county for row in School.objects.order_by("pk")] == ["", "Elm"]


def test_a_token_clears_and_an_empty_cell_leaves(desk):
    (only,) = example_schools(1)
    School.objects.update(county="Oak", admissions_url="www.example.edu/in")
    rows = exported(desk)
    rows[0] |= {"county": "(clear)", "admissions_url": ""}
    applied(desk, upload(desk, as_csv(rows)))
    only.refresh_from_db()
    assert (only.county, only.admissions_url) == ("", "www.example.edu/in")


def test_a_listing_that_somebody_changed_since_the_export_is_a_conflict(desk):
    first, second = example_schools(2)
    rows = exported(desk)
    overrides.correct(target=first, column="city", value="Oak", reason="A call", by=None)
    rows[0]["county"], rows[1]["county"] = "Elm", "Elm"
    page = upload(desk, as_csv(rows))
    found = refusals(page)
    assert found[2, "county"] == "Somebody has changed this listing since the export. It says nothing now."
    assert found[2, "city"].endswith("It says Oak now.")
    applied(desk, page)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.city, first.county, second.county) == ("Oak", "", "Elm")


def test_a_listing_that_somebody_changes_between_looking_and_applying_is_shown_anew(desk):
    (only,) = example_schools(1)
    rows = exported(desk)
    rows[0]["county"] = "Elm"
    page = upload(desk, as_csv(rows))
    overrides.correct(target=only, column="county", value="Oak", reason="A call", by=None)
    again = applied(desk, page, review_by="2099-01-01")
    assert "somebody has changed" in said(again)
    assert again.context["preview"]["good"][0]["old"] == "Oak"
    assert again.context["asked"].data["why"] == WHY
    assert not ListingBatch.objects.exists()
    assert applied(desk, again).status_code == 302


def test_what_cannot_be_taken_is_named_by_line_and_column_and_the_row_stays(desk):
    example_schools(4)
    rows = exported(desk)
    rows[0] |= {"website": "mailto:x", "county": "Elm"}
    rows[1] |= {"rotc": "maybe", "county": "Elm"}
    rows[2] |= {"county": "=1+1"}
    rows[3] |= {"unitid": "100001", "county": "Elm"}
    rows += [{**rows[0]}, {**rows[0], "id": "4000000"}, {**rows[0], "id": ""}]
    page = upload(desk, as_csv([{**row, "colour": "red"} for row in rows]))
    found = refusals(page)
    assert found[3, "rotc"] == "Write yes or no."
    assert found[3, "county"] == "“rotc” is refused: Write yes or no."
    assert "formula" in found[4, "county"]
    assert "mixed up" in found[5, "unitid"]
    assert found[6, "id"] == "This listing stands in line 2 already."
    assert found[7, "id"] == "There is no listing with this id."
    assert found[8, "id"].startswith("No id.")
    assert page.context["diff"].unknown == ("colour",)
    assert [(row["line"], row["refusal"]) for row in page.context["preview"]["refused"]] == [
        (2, "“Website” is refused: This is no web address that a reader can be sent to."),
        (2, "This is no web address that a reader can be sent to."),
    ]
    assert page.context["preview"]["changes"] == 0


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("7", "A ZIP code has five digits, or nine as in 43215-1234."),
        ("00007", "There is no ZIP code 00007 in the table of the post office’s codes."),
        ("1234", "The ZIP code 01234 lies in Massachusetts, and the school in Ohio."),
    ],
)
def test_a_zip_code_that_is_none_or_lies_elsewhere_is_refused_as_in_the_form(desk, cell, why):
    (only,) = example_schools(1)
    for code, state in (("43215", "OH"), ("01234", "MA")):
        ZipPoint.objects.create(zip_code=code, city="Elm", state=state, release=only.release)
    shown = upload(desk, as_csv([{**row, "zip_code": cell} for row in exported(desk)])).context["preview"]
    assert [row["refusal"] for row in shown["refused"]] == [why]


def test_a_formula_of_a_workbook_is_refused(desk):
    example_schools(1)
    rows = exported(desk)
    rows[0]["county"] = "=A1"
    assert "formula" in refusals(upload(desk, as_xlsx(rows), name="x.xlsx"))[2, "county"]


def test_the_export_has_no_cell_that_a_spreadsheet_would_run(desk, odd):
    signs = ("=", "+", "@", "\t", "\r")
    assert not [cell for row in exported(desk) for cell in row.values() if cell.startswith(signs)]


def test_the_export_holds_what_the_filter_shows(desk):
    example_schools(2)
    school(100050, name="Other College", state="IN")
    assert [row["name"] for row in exported(desk, query="?in=IN")] == ["Other College"]
    assert len(exported(desk, query="?q=example")) == 2


def test_a_row_says_which_program_it_is(desk):
    program(school(100070))
    (row,) = exported(desk, "program")
    assert (row["unitid"], row["cip"], row["award_level"]) == ("100070", "51.0707", "associate")


@pytest.mark.parametrize("kind", ["school", "program"])
@pytest.mark.parametrize(
    "query", ["?id__exact=x", "?p=99", "?school__id__exact=x", "?q=%00", "?id__exact=" + "9" * 5000]
)
def test_the_list_says_that_it_has_no_such_filter_instead_of_a_file(desk, kind, query):
    example_schools(1)
    page = desk.get(reverse(f"admin:directory_{kind}_export") + query)
    if page.status_code == 302:
        assert "no such page or filter" in desk.get(page["Location"]).content.decode()
        chosen = {"action": "change_several", "select_across": "1", "_selected_action": ["1"]}
        assert desk.post(reverse(f"admin:directory_{kind}_changelist") + query, chosen).status_code == 302
    else:
        assert page.status_code in (200, 400)


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\0\0\0", "no table"),
        (b"<html>", "no table"),
        (b"%PDF-1.4", "no table"),
        (b"\xff\xfei\0d\0", "UTF-16"),
        (b"\xd0\xcf\x11\xe0 old", ".xls"),
        (b"name,city\nx,y\n", "names no column “id” and “version”"),
        (b"id,version,id\n", "names id twice"),
        (b'id,version\n1,"x\n', "cannot be read"),
        (zipped(a="x"), "no workbook"),
        (zipped(xl__workbook="x"), "damaged"),
        (zipped(xl__workbook="0" * 300 * 1024**2), "unpacks"),
        (zipped(xl__workbook="x", xl__sharedStrings="0" * 21 * 1024**2), "The texts or pictures"),
        (b"PK\x03\x04 cut", "damaged"),
        (b"id,version," + b"x" * 20_000, "too long"),
    ],
)
def test_a_file_that_is_none_is_refused_beside_the_field(desk, data, words):
    page = upload(desk, data)
    assert page.status_code == 200
    assert words in str(page.context["form"].errors["file"])


def test_limits_are_said(desk, monkeypatch):
    example_schools(3)
    rows = exported(desk)
    for row in rows:
        row["county"] = "Elm"
    monkeypatch.setattr(diffs, "MOST", 2)
    assert "changes 3 listings" in str(upload(desk, as_csv(rows)).context["form"].errors["file"])
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    assert "more than 2 rows" in str(upload(desk, as_csv(rows)).context["form"].errors["file"])
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert "MB" in str(upload(desk, as_csv(rows)).context["form"].errors["file"])


def test_what_was_read_cannot_be_forged_nor_applied_to_the_other_table(desk):
    example_schools(1)
    rows = exported(desk)
    rows[0]["county"] = "Elm"
    page = upload(desk, as_csv(rows))
    for kind, asked in (("school", "forged"), ("program", page.context["asked"].initial["asked"])):
        answer = desk.post(reverse(f"admin:directory_{kind}_upload"), {"asked": asked, "why": WHY})
        assert "Upload the file again" in said(answer)
    assert not ListingBatch.objects.exists()


def test_a_reason_is_needed_and_what_was_read_is_not_lost(desk):
    example_schools(1)
    rows = exported(desk)
    rows[0]["county"] = "Elm"
    page = applied(desk, upload(desk, as_csv(rows)), why="")
    assert "Say why" in str(page.context["asked"].errors["why"])
    assert applied(desk, page).status_code == 302


def test_who_may_look_exports_and_who_may_change_uploads(staff):
    example_schools(1)
    looks = staff("view_school")
    assert looks.get(reverse("admin:directory_school_export")).status_code == 200
    assert looks.post(reverse("admin:directory_school_export")).status_code == 405
    assert looks.get(reverse("admin:directory_program_export")).status_code == 403
    assert looks.get(reverse("admin:directory_school_upload")).status_code == 403
    assert upload(looks, b"id,version\n").status_code == 403
    listed = looks.get(reverse("admin:directory_school_changelist")).content.decode()
    assert "Export as CSV" in listed
    assert "Upload a spreadsheet" not in listed


def test_comparing_asks_as_much_for_one_row_as_for_fifty(desk):
    example_schools(50)
    rows = exported(desk)
    for row in rows:
        row["county"] = "Elm"

    def asked(some):
        with CaptureQueriesContext(connection) as queries:
            upload(desk, as_csv(some))
        return len(queries)

    assert asked(rows[:1]) == asked(rows) <= 20
