"""Files that look right and are not: the wrong source, mixed years, a zip of a zip, zeros, formulas without results."""

from __future__ import annotations

import zipfile

import pytest
import time_machine
from openpyxl import Workbook

from directory.importers.base import Vintage
from directory.models import ImportRun, Release, School
from directory.pipeline.load import Order, load
from directory.vocab import Source
from tests.directory.importers.files import archive, write
from tests.directory.importers.samples import BY_SOURCE
from tests.directory.importers.samples_ipeds import HD, MAPLE, hd
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


def refused(path, source=Source.IPEDS_HD, **order):
    """Why it is not loaded; nothing but the run is written."""
    before = fingerprint()
    run = load(Order(path, source, **order)).run
    assert run.state == ImportRun.State.REFUSED
    assert fingerprint() == before
    return run.message


def test_an_archive_of_two_years_is_refused_and_the_years_are_named(tmp_path):
    both = archive({f"hd{year}.csv": hd(MAPLE, year=year).part.csv() for year in (2023, 2024)})
    message = refused(write(tmp_path / "both.zip", both))
    assert "several years: 2023-24, 2024-25 (hd2023.csv, hd2024.csv)" in message


def test_an_archive_of_a_file_and_its_revision_is_one_year(tmp_path):
    both = archive({name: hd(MAPLE).part.csv() for name in ("hd2024.csv", "hd2024_rv.csv")})
    load(Order(write(tmp_path / "both.zip", both), Source.IPEDS_HD))
    assert School.objects.count() == 1


def test_a_year_that_is_at_odds_with_the_files_own_takes_a_reason(tmp_path):
    path, vintage = hd(MAPLE, year=2023).write(tmp_path), Vintage("2024", 202400, 2024)
    assert "says that it is of 2023-24, and 2024-25 was named for it" in refused(path, vintage=vintage)
    load(Order(path, Source.IPEDS_HD, vintage=vintage, force="It was named wrongly"))
    assert Release.objects.get().vintage == "2024-25"


def test_a_file_of_another_source_with_the_same_columns_is_refused_by_name(tmp_path):
    HD.load(tmp_path)
    cost = BY_SOURCE[Source.IPEDS_COST]
    message = refused(cost.write(tmp_path, name="ic2024_ay.csv"), Source.IPEDS_IC_AY)
    assert f"is not {Source.IPEDS_IC_AY.label}" in message


def test_a_zip_of_a_zip_is_refused_in_words(tmp_path):
    inner = archive({"hd2024.csv": HD.part.csv()})
    assert "Unpack the zip file in it and try again" in refused(
        write(tmp_path / "hd.zip", archive({"hd2024.zip": inner}))
    )
    assert "no table of text" in refused(write(tmp_path / "hd.zip", archive({"hd2024.csv": inner})))


@pytest.mark.parametrize("size", [2 * 1024 * MB, 2 * 1024 * MB + 1])
def test_two_gigabytes_of_zeros_are_refused_before_they_are_read(tmp_path, size):
    zeros = tmp_path / "hd2024.csv"
    with zeros.open("wb") as file:
        file.truncate(size)  # a file with a hole, which takes no room
    assert "no table of text" in refused(zeros)


def test_a_member_of_zeros_is_refused_before_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "hd2024.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("hd2024.csv", bytes(16 * MB))
    assert "no table of text" in refused(tmp_path / "hd2024.zip")


def test_formulas_are_no_names(tmp_path):
    path = write(tmp_path / "hd2024.csv", hd(MAPLE).part.with_cell(0, "INSTNM", '=HYPERLINK("x.example")').csv())
    run = load(Order(path, Source.IPEDS_HD)).run
    assert run.state == ImportRun.State.REFUSED
    assert "is a formula" in run.message


@pytest.mark.parametrize("formula", ["=100100+1", "=SUM(A1:A9)"])
def test_a_workbook_with_formulas_that_nobody_has_worked_out_is_refused(tmp_path, formula):
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(HD.part.header))
    sheet.append([formula, *MAPLE[1:]])
    book.save(tmp_path / "hd2024.xlsx")
    assert "formulas without their results" in refused(tmp_path / "hd2024.xlsx")


def test_a_workbook_with_the_results_beside_its_formulas_is_read(tmp_path):
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(HD.part.header))
    sheet.append(["=100100+1", *MAPLE[1:]])
    book.save(tmp_path / "made.xlsx")
    with zipfile.ZipFile(tmp_path / "made.xlsx") as made:
        parts = {name: made.read(name) for name in made.namelist()}
    cells = parts["xl/worksheets/sheet1.xml"]
    with_result = cells.replace(b"</f><v></v>", b"</f><v>100101</v>").replace(b"</f><v />", b"</f><v>100101</v>")
    assert with_result != cells
    parts["xl/worksheets/sheet1.xml"] = with_result
    load(Order(write(tmp_path / "hd2024.xlsx", archive(parts)), Source.IPEDS_HD))
    assert School.objects.get().unitid == 100101


@time_machine.travel("2026-11-22")
def test_no_reason_loads_a_file_of_a_year_that_has_not_begun(tmp_path):
    path, vintage = hd(MAPLE, year=2024).write(tmp_path), Vintage("2099-00", 209900, 2099)
    message = refused(path, vintage=vintage, force="x")
    assert "2099-00 has not begun" in message
    assert not Release.objects.exists()
