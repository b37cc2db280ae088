"""Files as curators get them: encodings, titles above the table, workbooks, formulas, and what is no list."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import User
from openpyxl import Workbook

from directory.importers.accreditor_list.file import LARGEST_SHARED, LARGEST_UNPACKED, read_list
from directory.importers.accreditor_list.layout import guess
from directory.importers.errors import Refused
from directory.pipeline.accreditor_lists.comparing import compare
from tests.directory.accreditor_lists.lists import HEADER, kinds, row, taken_in, written
from tests.directory.invented import program, school


def saved(tmp_path, content: bytes, name="list.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def workbook(tmp_path, *rows, title="Programs"):
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for each in rows:
        sheet.append(each)
    path = tmp_path / "list.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_list_is_read_in_the_encodings_that_spreadsheets_write(tmp_path, encoding):
    found = read_list(written(tmp_path, row(100001, school="Collège of Maple"), encoding=encoding))
    assert (found.header[0], found.rows[0][1][1]) == ("UNITID", "Collège of Maple")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_separator_will_do(tmp_path, separator):
    text = separator.join(["Institution", "City", "State"]) + "\n" + separator.join(["Maple", "Fork", "OH"])
    assert read_list(saved(tmp_path, text.encode())).rows == [(2, ["Maple", "Fork", "OH"])]


def test_titles_above_the_table_are_passed_over_and_lines_stay_those_of_the_file(tmp_path):
    path = workbook(tmp_path, ["Accredited programs"], [], list(HEADER), list(row(100001)))
    found = read_list(path)
    assert (found.header[:2], found.rows[0][0]) == (["UNITID", "Institution"], 4)


def test_numbers_and_days_of_a_workbook_are_what_they_show(tmp_path):
    path = workbook(tmp_path, ["UNITID", "Institution", "City"], [100001.0, "Maple Fork College", "Maple Fork"])
    assert read_list(path).rows[0][1][0] == "100001"


@pytest.mark.django_db
@pytest.mark.parametrize("formula", ["=HYPERLINK(A1)", "=1+1", '=cmd|"/c calc"!A1'])
def test_a_formula_is_no_school(tmp_path, formula):
    path = written(tmp_path, row(100001, school=formula))
    (item,) = compare(taken_in(path, User.objects.create(username="c"))).items
    assert (item.kind, "is a formula" in item.why) == ("unreadable", True)


def bomb(tmp_path):
    """A workbook whose sheet says that it is larger than any list, in a few kilobytes."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(LARGEST_UNPACKED // (1 << 20) + 1):
                sheet.write(b"\0" * (1 << 20))
    return path


def shared(tmp_path):
    """A workbook whose cells share more text than a list has: openpyxl would hold all of it."""
    path = tmp_path / "shared.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("xl/workbook.xml", "<workbook/>")
        made.writestr("xl/sharedStrings.xml", b" " * (LARGEST_SHARED + 1))
    return path


def archive(tmp_path, inner="list.csv"):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr(inner, "Institution,City\nMaple,Fork\n")
    return saved(tmp_path, content.getvalue(), "list.zip")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (bomb, "would unpack to more than"),
        (shared, "The texts or pictures"),
        (archive, "Unpack it"),
        (lambda folder: saved(folder, b""), "is empty"),
        (lambda folder: saved(folder, b"<html><body>Not found"), "a web page"),
        (lambda folder: saved(folder, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "list.xls"), "old Excel"),
        (lambda folder: saved(folder, b"PK\x03\x04cut off", "list.xlsx"), "damaged"),
        (lambda folder: saved(folder, b"no workbook", "list.xlsx"), "is no xlsx file"),
        (lambda folder: saved(folder, b"Institution,City\n"), "no table with a header and a row"),
        (lambda folder: saved(folder, "Institution,City\nA,B".encode("utf-16")), "UTF-16"),
        (lambda folder: saved(folder, b"Institution,City\n" + b"A,B\n" * 20_100), "more than 20,000 rows"),
    ],
)
def test_what_is_no_list_is_refused_with_words(tmp_path, make, why):
    with pytest.raises(Refused, match=why):
        read_list(make(tmp_path))


def test_columns_are_guessed_by_their_headings():
    header = ["Institution Name", "City", "ST", "Degree Level", "Program Name", "Status", "IPEDS ID", "Notes"]
    said = {"school": 0, "city": 1, "state": 2, "level": 3, "program": 4, "status": 5, "unitid": 6}
    assert guess(header, {}) == said


def test_what_was_said_last_time_goes_before_the_guess():
    header = ["Institution", "Campus", "City"]
    assert guess(header, {"school": "Campus", "city": ""}) == {"school": 1}


@pytest.mark.django_db
def test_a_row_with_an_impossible_value_says_which(tmp_path):
    program(school())
    rows = [row("12"), row(100001, state="Atlantis"), row(100001, level="Wizardry"), row(100001, status="Blessed")]
    found = compare(taken_in(written(tmp_path, *rows), User.objects.create(username="c")))
    assert [item.why.split("”")[0] for item in found.items] == [
        "UNITID “12", "State “Atlantis", "Award level “Wizardry", "Status “Blessed",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_word_that_a_curator_explained_is_read(tmp_path):
    program(school())
    made = taken_in(written(tmp_path, row(100001, status="Blessed")), User.objects.create(username="c"))
    made.agency.list_layout = {"words": {"blessed": "accredited"}, "cips": ["51.0707"]}
    made.agency.save()
    assert kinds(made) == {"new": 1}
