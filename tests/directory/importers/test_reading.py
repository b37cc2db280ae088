"""Files as agencies and browsers leave them become the same table of text."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

import pytest

from directory.importers.base import Job, Scope, Vintage, tidy_header
from directory.importers.errors import Refused
from directory.importers.reading import Row, Table, read_tables
from tests.directory.importers.files import Part, archive, workbook, write

TABLE = Part("t.csv", ("UNITID", "INSTNM", "CITY"), (("100101", "Maple Fork", "Elm"), ("100202", "Brook", "Río")))
PLAIN = [["100101", "Maple Fork", "Elm"], ["100202", "Brook", "Río"]]
HTML = b"<!DOCTYPE html><html><body>503 Service Unavailable</body></html>"


class OpenJob(Protocol):
    def __call__(self, path: Path, *, columns: tuple[str, ...] = ..., last_line_ends: bool = ...) -> Job: ...


@pytest.fixture
def job_of() -> Iterator[OpenJob]:
    """The first table of a file, ready to be read by column name; the file stays open as long as the test."""
    with ExitStack() as files:

        def opened(path: Path, *, columns: tuple[str, ...] = TABLE.header, last_line_ends: bool = True) -> Job:
            tables = cast(Generator[Table], read_tables(path))
            table = next(files.enter_context(closing(tables)))
            table.header = tidy_header(table.header)
            index = {name: table.header.index(name) for name in columns}
            return Job(table, index, Scope(), Vintage("2024-25", 202400, 2024), last_line_ends=last_line_ends)

        yield opened


def read(path: Path) -> list[list[str]]:
    """All rows, each with the three columns of the table by name."""
    found = []
    for table in read_tables(path):
        table.header = tidy_header(table.header)
        index = {name: table.header.index(name) for name in TABLE.header}
        found += [[Row(line, cells, index)[name] for name in TABLE.header] for line, cells in table.rows]
    return found


# --- Encodings ------------------------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_same_names_come_out_of_every_encoding(tmp_path, encoding):
    assert read(write(tmp_path / "t.csv", TABLE.csv().encode(encoding))) == PLAIN


def test_a_windows_1252_byte_after_the_first_block_is_found(tmp_path):
    rows = (
        *((str(number), "Plain", "Town") for number in range(100_000, 110_000)),
        ("110001", "Café", "Elm"),
    )
    assert read(write(tmp_path / "t.csv", replace(TABLE, rows=rows).csv().encode("cp1252")))[-1][1] == "Café"


def test_a_byte_that_windows_1252_does_not_know_spoils_its_row_only(tmp_path, job_of):
    content = TABLE.csv().encode("cp1252").replace(b"Maple", b"Map\x81le")
    job = job_of(write(tmp_path / "t.csv", content))
    assert [row["INSTNM"] for row in job.rows()] == ["Brook"]
    assert [(reject.line, reject.reason) for reject in job.rejects] == [(2, "holds characters that cannot be read")]


def test_a_damaged_byte_in_utf_8_does_not_change_every_other_name(tmp_path, job_of):
    content = TABLE.csv().encode().replace(b"Maple", b"Map\xe9le")
    job = job_of(write(tmp_path / "t.csv", content))
    assert [row["CITY"] for row in job.rows()] == ["Río"]
    assert job.rejects[0].line == 2


def test_a_file_that_says_utf_8_is_never_read_as_anything_else(tmp_path, job_of):
    content = (
        b"\xef\xbb\xbf" + replace(TABLE, rows=(("100101", "Maple", "Elm"), ("100202", "Caf~", "Elm"))).csv().encode()
    )
    job = job_of(write(tmp_path / "t.csv", content.replace(b"~", b"\xe9")))
    assert [row["INSTNM"] for row in job.rows()] == ["Maple"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_is_refused_by_name_or_as_no_text(tmp_path, encoding):
    with pytest.raises(Refused, match=r"UTF-16|no table of text"):
        read(write(tmp_path / "t.csv", TABLE.csv().encode(encoding)))


def test_a_nul_byte_spoils_its_row(tmp_path, job_of):
    job = job_of(write(tmp_path / "t.csv", TABLE.csv().replace("Maple", "Map\0le")))
    assert [row["UNITID"] for row in job.rows()] == ["100202"]
    assert not job.whole


# --- Delimiters, line ends, blanks, quotes --------------------------------------------------------
@pytest.mark.parametrize("delimiter", [",", "\t", "|", ";", "^"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_delimiters_and_line_ends_do_not_matter(tmp_path, delimiter, newline):
    assert read(write(tmp_path / "t.csv", TABLE.csv(delimiter=delimiter, newline=newline))) == PLAIN


def test_quoting_everything_changes_nothing(tmp_path):
    assert read(write(tmp_path / "t.csv", TABLE.csv(quoting=csv.QUOTE_ALL))) == PLAIN


def test_padded_names_and_cells_are_stripped(tmp_path):
    text = "UNITID , INSTNM,CITY \n 100101 , Maple Fork ,\u00a0Elm\u00a0\n"
    assert read(write(tmp_path / "t.csv", text)) == PLAIN[:1]


def test_codes_wrapped_against_spreadsheets_are_unwrapped(tmp_path):
    assert read(write(tmp_path / "t.csv", 'UNITID,INSTNM,CITY\n="100101",="Maple Fork",Elm\n')) == PLAIN[:1]


def test_a_surplus_comma_at_the_end_of_rows_moves_nothing(tmp_path, job_of):
    job = job_of(write(tmp_path / "t.csv", "UNITID,INSTNM,CITY\n100101,Maple Fork,Elm,\n100202,Brook,Río,\n"))
    assert [[row[name] for name in TABLE.header] for row in job.rows()] == PLAIN
    assert job.rejects == []


def test_a_surplus_cell_with_something_in_it_rejects_the_row(tmp_path, job_of):
    job = job_of(write(tmp_path / "t.csv", "UNITID,INSTNM,CITY\n100101,Maple,Fork,Elm\n100202,Brook,Río\n"))
    assert [row["UNITID"] for row in job.rows()] == ["100202"]
    assert (job.rejects[0].line, job.rejects[0].reason) == (2, "4 cells for 3 columns")


def test_line_numbers_count_lines_of_the_file_also_after_quoted_line_breaks(tmp_path, job_of):
    text = 'UNITID,INSTNM,CITY\n100101,"Maple\nFork",Elm\n\n100202,Brook\n100303,Oak,Elm\n'
    job = job_of(write(tmp_path / "t.csv", text))
    assert [(row.line, row["INSTNM"]) for row in job.rows()] == [(2, "Maple\nFork"), (6, "Oak")]
    assert job.rejects[0].line == 5


def test_bare_quotation_marks_inside_text_are_text(tmp_path):
    text = 'UNITID,INSTNM,CITY\n100101,The "Maple" Fork,Elm\n100202,"A ""quoted"" name",Elm\n'
    assert [row[1] for row in read(write(tmp_path / "t.csv", text))] == [
        'The "Maple" Fork',
        'A "quoted" name',
    ]


def test_half_a_pair_of_quotation_marks_rejects_the_row(tmp_path, job_of):
    job = job_of(write(tmp_path / "t.csv", 'UNITID,INSTNM,CITY\n100101,Maple",Elm\n100202,Brook,Elm\n'))
    assert [row["UNITID"] for row in job.rows()] == ["100202"]
    assert "quotation mark" in job.rejects[0].reason


def test_an_open_quotation_mark_that_swallows_rows_is_rejected_with_their_number(tmp_path, job_of):
    text = 'UNITID,INSTNM,CITY\n100101,Maple,"Elm\n100202,Brook,Elm\n100303,Oak,"Elm"\n100404,Ash,Elm\n'
    job = job_of(write(tmp_path / "t.csv", text))
    assert [row["UNITID"] for row in job.rows()] == ["100404"]
    assert job.rejects[0].line == 2
    assert "swallows the 2 lines" in job.rejects[0].reason


@pytest.mark.parametrize("cell", ['"Elm', '"', 'x,"'])
def test_a_quotation_mark_open_at_the_end_refuses_the_file(tmp_path, job_of, cell):
    text = f"UNITID,INSTNM,CITY\n100101,Maple,{cell}\n100202,Brook,Elm\n100303,Oak,Elm\n"
    with pytest.raises(Refused, match="line 2 is never closed"):
        list(job_of(write(tmp_path / "t.csv", text)).rows())


def test_an_open_quotation_mark_with_hundreds_of_lines_behind_it_refuses_the_file(tmp_path, job_of):
    rows = "100202,Brook,Elm\n" * 300 + '100303,"Oak",Elm\n'
    with pytest.raises(Refused, match="line 2 is never closed"):
        list(job_of(write(tmp_path / "t.csv", f'UNITID,INSTNM,CITY\n100101,"Maple,Elm\n{rows}')).rows())


def test_a_cell_of_a_million_letters_refuses_the_file(tmp_path, job_of):
    with pytest.raises(Refused, match="line 2"):
        list(job_of(write(tmp_path / "t.csv", "UNITID,INSTNM,CITY\n1," + "x" * 1_100_000 + ",2\n")).rows())


# --- The end of the file ----------------------------------------------------------------------------
def test_a_short_last_row_refuses_the_file_as_cut_off(tmp_path, job_of):
    with pytest.raises(Refused, match=r"middle of line 3 \(2 of 3 cells\).*cut off"):
        list(job_of(write(tmp_path / "t.csv", "UNITID,INSTNM,CITY\n100101,Maple,Elm\n100202,Br")).rows())


def test_a_short_row_before_the_end_is_rejected(tmp_path, job_of):
    job = job_of(write(tmp_path / "t.csv", "UNITID,INSTNM,CITY\n100101,Maple\n100202,Brook,Elm\n"))
    assert [row["UNITID"] for row in job.rows()] == ["100202"]
    assert job.rejects[0].reason == "2 cells for 3 columns"


def test_a_last_cell_that_may_be_cut_off_is_not_believed(tmp_path, job_of):
    job = job_of(write(tmp_path / "t.csv", "UNITID,INSTNM,CITY\n100101,Maple,Elm\n100202,Brook,El"))
    assert [row["UNITID"] for row in job.rows()] == ["100101"]
    assert (job.rejects[0].line, job.rejects[0].column, job.rejects[0].value) == (3, "CITY", "El")
    assert not job.whole


@pytest.mark.parametrize(
    ("columns", "last_line_ends"),
    [(("UNITID", "INSTNM"), True), (TABLE.header, False)],
    ids=["unread", "custom table"],
)
def test_a_missing_line_end_is_no_matter_where_it_can_spoil_nothing(tmp_path, job_of, columns, last_line_ends):
    path = write(tmp_path / "t.csv", TABLE.csv().rstrip())
    job = job_of(path, columns=columns, last_line_ends=last_line_ends)
    assert [row["UNITID"] for row in job.rows()] == ["100101", "100202"]


# --- Archives -----------------------------------------------------------------------------------------
def test_a_zip_gives_its_member_without_the_leftovers_of_a_mac(tmp_path):
    members: dict[str, str | bytes] = {
        "__MACOSX/._t.csv": b"\0\1",
        "._t.csv": b"\0\1",
        "folder/": b"",
        "folder/t.csv": TABLE.csv(),
    }
    assert read(write(tmp_path / "t.zip", archive(members))) == PLAIN


def test_the_revised_member_stands_in_for_the_first_one(tmp_path):
    old = TABLE.with_cell(0, "CITY", "Old")
    path = write(tmp_path / "HD2024.zip", archive({"hd2024.csv": old.csv(), "hd2024_rv.csv": TABLE.csv()}))
    assert read(path) == PLAIN


def test_a_zip_named_csv_and_a_csv_named_txt_are_read_for_what_they_are(tmp_path):
    assert read(write(tmp_path / "t.csv", archive({"t.csv": TABLE.csv()}))) == PLAIN
    assert read(write(tmp_path / "t.txt", TABLE.csv(delimiter="\t"))) == PLAIN


def test_a_workbook_in_a_zip_is_read(tmp_path):
    tables = read_tables(write(tmp_path / "oesm25nat.zip", archive({"oesm25nat/national.xlsx": workbook(TABLE)})))
    assert [cells for table in tables for _, cells in table.rows] == [list(TABLE.header), *PLAIN]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", b"", "is empty"),
        ("empty.zip", b"", "is empty"),
        ("blank.csv", b"\r\n\r\n", "no header"),
        ("page.csv", HTML, "web page"),
        ("page.csv", b"\xef\xbb\xbf\r\n " + HTML, "web page"),
        ("error.csv", b"<Error><Code>NoSuchKey</Code></Error>", "web page"),
        ("page.zip", HTML, "web page"),
        ("page.xlsx", HTML, "web page"),
        ("page-in.zip", archive({"t.csv": HTML}), "web page"),
        ("table.zip", TABLE.csv().encode(), "no zip file"),
        ("table.xlsx", TABLE.csv().encode(), "no xlsx file"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old Excel file"),
        ("t.csv.gz", gzip.compress(TABLE.csv().encode(), mtime=0), "no table|no header|never closed"),
        ("t.parquet", b"PAR1\x15\x04\x15\x00\x15", "no table of text"),
        ("nothing.zip", archive({}), "holds nothing|holds no csv"),
        ("pictures.zip", archive({"a.png": b"\x89PNG"}), "holds no csv file.*a.png"),
        (
            "nested.zip",
            archive({"inner.zip": archive({"t.csv": TABLE.csv()})}),
            "holds no csv file.*inner.zip",
        ),
        ("cut.zip", archive({"t.csv": TABLE.csv() * 50})[:-40], "damaged or cut-off zip"),
        ("cut.xlsx", workbook(TABLE)[:-40], "damaged or cut-off workbook"),
    ],
)
def test_what_is_no_table_is_refused_with_its_name(tmp_path, name, content, message):
    with pytest.raises(Refused, match=message) as refusal:
        read(write(tmp_path / name, content))
    assert name in str(refusal.value) or "t.csv" in str(refusal.value)


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    for path in (tmp_path, tmp_path / "absent.csv"):
        with pytest.raises(Refused, match="There is no file"):
            list(read_tables(path))


def test_a_zip_with_a_password_is_refused(tmp_path):
    content = bytearray(archive({"t.csv": TABLE.csv()}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(magic) + offset] |= 1
    with pytest.raises(Refused, match="password"):
        read(write(tmp_path / "t.zip", bytes(content)))


def test_no_byte_of_an_archive_can_be_wrong_unnoticed(tmp_path):
    """Bytes of a zip and of a workbook are inverted in turn: the rows stay as they were, or the file is refused."""
    for name, content in (("t.zip", archive({"t.csv": TABLE.csv()})), ("t.xlsx", workbook(TABLE))):
        step = 1 if name == "t.zip" else 37
        for at in range(0, len(content), step):
            damaged = bytearray(content)
            damaged[at] ^= 0xFF
            path = write(tmp_path / name, bytes(damaged))
            try:
                found = [cells for table in read_tables(path) for _, cells in table.rows]
            except Refused:
                continue
            assert found in (PLAIN, [list(TABLE.header), *PLAIN], []), at
