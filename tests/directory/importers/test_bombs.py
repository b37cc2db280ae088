"""Archives that are small on disk and large when unpacked: refused with a reason, before they fill the memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.importers import csv_text
from directory.importers import workbook as sheets
from directory.importers.errors import Refused
from directory.importers.reading import read_tables
from tests.directory.importers.files import Part, archive, workbook, write

TABLE = Part("t.csv", ("UNITID", "INSTNM", "CITY"), (("100101", "Maple Fork", "Elm"), ("100202", "Brook", "Oak")))
HEADER = "UNITID,INSTNM,CITY\r\n"
MEGABYTE = 1024**2
ALLOWED = 40 * MEGABYTE


@pytest.fixture(autouse=True)
def little_memory() -> Iterator[None]:
    """Fails a test that took more than ALLOWED at any moment while it read."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < ALLOWED
    finally:
        tracemalloc.stop()


def rows(path: Path) -> list[list[str]]:
    return [cells for table in read_tables(path) for _, cells in table.rows]


def packed(path: Path, name: str, start: str, repeated: str, size: int) -> Path:
    """A zip with one member of `size` bytes that was never in memory as a whole."""
    block = (repeated * (MEGABYTE // len(repeated))).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out, out.open(name, "w", force_zip64=True) as member:
        member.write(start.encode())
        for _ in range(size // len(block)):
            member.write(block)
    tracemalloc.reset_peak()
    return path


@pytest.mark.parametrize(
    ("start", "repeated"),
    [("", "x"), (HEADER + "100101,", "x"), (HEADER, ","), (HEADER + '100101,"', "x\n"), (HEADER + '"', 'x\n","')],
    ids=["no line end", "a row without end", "commas", "a cell of lines", "cells of lines"],
)
def test_a_row_without_end_is_refused_before_it_is_read(tmp_path, start, repeated):
    path = packed(tmp_path / "t.zip", "t.csv", start, repeated, 100 * MEGABYTE)
    assert path.stat().st_size < MEGABYTE
    with pytest.raises(Refused, match=r"t\.csv.*(official file|never closed|broken quoting)"):
        rows(path)


def test_a_long_row_within_the_limit_is_read(tmp_path):
    wide = ",".join(["x" * 100] * 3_500)
    path = write(tmp_path / "t.csv", f"{wide}\n{wide}\n")
    assert [len(cells) for cells in rows(path)] == [3_500]


def test_each_row_has_the_whole_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_text, "LONGEST_ROW", 50)
    assert len(rows(write(tmp_path / "t.csv", HEADER + "100101,Maple,Elm\n" * 20))) == 20
    with pytest.raises(Refused, match=r"t\.csv, line 3: more than 50 characters"):
        rows(write(tmp_path / "t.csv", HEADER + "100101,Maple,Elm\n" + "x" * 60 + ",1,2\n"))


def test_a_member_that_would_fill_the_disk_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("directory.importers.reading.MAX_UNPACKED", 50)
    with pytest.raises(Refused, match="would unpack to"):
        rows(write(tmp_path / "t.zip", archive({"t.csv": TABLE.csv()})))


# --- Workbooks ------------------------------------------------------------------------------------
def book_with(path: Path, part: str, start: str, repeated: str, size: int, *, end: str = "") -> Path:
    """A workbook one part of which is made of `size` bytes."""
    block = (repeated * (MEGABYTE // len(repeated))).encode()
    inside = zipfile.ZipFile(io.BytesIO(workbook(TABLE)))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in inside.namelist():
            if name != part:
                out.writestr(name, inside.read(name))
        with out.open(part, "w", force_zip64=True) as member:
            member.write(start.encode())
            for _ in range(size // len(block)):
                member.write(block)
            member.write(end.encode())
    tracemalloc.reset_peak()
    return path


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOMBS = {
    "shared texts": (STRINGS, f"<sst {SPREADSHEET}>", "<si><t>x</t></si>", "would unpack to"),
    "one text": (STRINGS, f"<sst {SPREADSHEET}><si><t>", "x", "would unpack to"),
    "styles": ("xl/styles.xml", f"<styleSheet {SPREADSHEET}>", "<x/>", "would unpack to"),
    "one cell": (SHEET, f'<worksheet {SPREADSHEET}><sheetData><row><c t="inlineStr"><is><t>', "x", "a row of more"),
    "one row": (SHEET, f"<worksheet {SPREADSHEET}><sheetData><row>", "<c><v>1</v></c>", "a row of more"),
    "empty rows": (SHEET, f"<worksheet {SPREADSHEET}><sheetData>", "<row></row>", "too many rows"),
    "rows of nothing": (SHEET, f"<worksheet {SPREADSHEET}><sheetData>", "<row/>", "a row of more"),
}


@pytest.mark.parametrize("kind", BOMBS)
@pytest.mark.parametrize("name", ["t.xlsx", "t.zip"])
def test_a_workbook_that_does_not_fit_into_memory_is_refused(tmp_path, kind, name):
    part, start, repeated, reason = BOMBS[kind]
    path = book_with(tmp_path / "book.xlsx", part, start, repeated, 60 * MEGABYTE)
    if name == "t.zip":  # as the agencies pack theirs
        packed_book = tmp_path / name
        with zipfile.ZipFile(packed_book, "w", zipfile.ZIP_DEFLATED) as out:
            out.write(path, "t.xlsx")
        path = packed_book
    with pytest.raises(Refused, match=f"{reason}.*no official file"):
        rows(path)


def test_a_workbook_as_a_whole_has_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 1_000)
    with pytest.raises(Refused, match="would unpack to more than 1,000 bytes"):
        rows(write(tmp_path / "t.xlsx", workbook(TABLE)))


def test_a_large_sheet_of_ordinary_rows_is_read(tmp_path, monkeypatch):
    """Also where the end of a row lies across two blocks."""
    monkeypatch.setattr(sheets, "LONGEST_ROW", 2_000)
    monkeypatch.setattr(sheets, "CHUNK", 7)
    many = Part("t", TABLE.header, TABLE.rows * 50)
    assert len(rows(write(tmp_path / "t.xlsx", workbook(many)))) == 101
    monkeypatch.setattr(sheets, "MOST_ROWS", 100)
    with pytest.raises(Refused, match="too many rows"):
        rows(write(tmp_path / "t.xlsx", workbook(many)))


# --- Words ----------------------------------------------------------------------------------------
def test_a_workbook_under_the_name_of_a_zip_is_read(tmp_path):
    assert rows(write(tmp_path / "t.zip", workbook(TABLE)))[0] == list(TABLE.header)


@pytest.mark.parametrize("name", ["t.xlsx", "t.zip"])
def test_a_damaged_workbook_is_refused_in_our_own_words(tmp_path, name):
    inside = zipfile.ZipFile(io.BytesIO(workbook(TABLE)))
    content = archive({part: inside.read(part) for part in inside.namelist() if part != "xl/workbook.xml"})
    with pytest.raises(Refused) as refusal:
        rows(write(tmp_path / name, content))
    assert str(refusal.value) == f"{name} is a damaged or cut-off workbook; download it again."
