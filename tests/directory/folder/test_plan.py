"""A folder of official files: each is known by its header, the better copy is taken, the rest is left with a reason."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from directory.importers.vintages import stated
from directory.pipeline.folder import Plan, plan
from directory.vocab import Source
from tests.directory.importers.files import Sample, archive, write
from tests.directory.importers.samples import SAMPLES
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_ipeds import COMPLETIONS, HD, MAPLE, awards, completions, hd
from tests.directory.importers.samples_scorecard import SAMPLES as SCORECARD


def chosen(work: Plan) -> list[tuple[str, str]]:
    """(source, file) in loading order."""
    return [(str(found.importer.source), found.path.name) for found in work.chosen]


def left(work: Plan) -> dict[str, str]:
    return {path.name: reason for path, reason in work.left}


def members(sample: Sample) -> dict[str, str]:
    return {part.name: part.csv() for part in sample.parts}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample.source))
def test_each_official_file_is_known_by_its_header_whatever_its_name(tmp_path, sample):
    sample.write(tmp_path, name=f"some download{Path(sample.name).suffix}")
    work = plan(tmp_path, {})
    assert [source for source, _ in chosen(work)] == [str(sample.source)]
    assert left(work) == {}


def test_a_folder_with_every_file_is_taken_whole_and_in_an_order_that_works(tmp_path):
    for sample in SAMPLES:
        sample.write(tmp_path / sample.source.value)  # folders are searched too
    work = plan(tmp_path, {})
    order = [source for source, _ in chosen(work)]
    assert sorted(order) == sorted(str(sample.source) for sample in SAMPLES)
    for found in work.chosen:
        for needed in found.importer.needs:
            assert order.index(str(needed)) < order.index(str(found.importer.source)), found.importer.source


def test_years_are_loaded_oldest_first(tmp_path):
    for year in (2024, 2022, 2023):
        hd(MAPLE, year=year).write(tmp_path)
        completions(awards(100101, "51.0707", 3, 4), year=year).write(tmp_path)
    assert [name for _, name in chosen(plan(tmp_path, {}))] == [
        "hd2022.csv", "hd2023.csv", "hd2024.csv", "c2022_a.csv", "c2023_a.csv", "c2024_a.csv",
    ]  # fmt: skip


class TestCopies:
    def test_the_revised_copy_is_taken_even_when_it_is_smaller(self, tmp_path):
        COMPLETIONS.write(tmp_path)
        completions(awards(100101, "51.0707", 3, 41)).write(tmp_path, name="c2024_a_rv.csv")
        work = plan(tmp_path, {})
        assert chosen(work) == [("ipeds-completions", "c2024_a_rv.csv")]
        assert "c2024_a_rv.csv has the same release (2023-24)" in left(work)["c2024_a.csv"]

    def test_of_two_plain_copies_the_larger_is_taken(self, tmp_path):
        completions(awards(100101, "51.0707", 3, 41)).write(tmp_path, name="c2024_a_some.csv")
        COMPLETIONS.write(tmp_path, name="c2024_a_whole.csv")
        work = plan(tmp_path, {})
        assert chosen(work) == [("ipeds-completions", "c2024_a_whole.csv")]
        assert "and more of it" in left(work)["c2024_a_some.csv"]

    def test_a_packed_copy_counts_by_what_it_unpacks_to(self, tmp_path):
        completions(awards(100101, "51.0707", 3, 41)).write(tmp_path, name="c2024_a.csv")
        packed = tmp_path / "C2024_A.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("c2024_a.csv", COMPLETIONS.part.csv())
        assert packed.stat().st_size < (tmp_path / "c2024_a.csv").stat().st_size * 3
        assert chosen(plan(tmp_path, {})) == [("ipeds-completions", "C2024_A.zip")]

    def test_a_zip_with_both_the_first_and_the_revised_release_is_the_revised_one(self, tmp_path):
        text = COMPLETIONS.part.csv()
        write(tmp_path / "C2024_A.zip", archive({"c2024_a.csv": text, "c2024_a_rv.csv": text}))
        write(tmp_path / "c2024_a.csv", text + text)
        (found,) = plan(tmp_path, {}).chosen
        assert (found.path.name, found.revised) == ("C2024_A.zip", True)

    def test_other_years_are_no_copies(self, tmp_path):
        HD.write(tmp_path)
        hd(MAPLE, year=2023).write(tmp_path)
        assert len(plan(tmp_path, {}).chosen) == 2


class TestLeftAlone:
    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("README.md", b"# Files", "not a csv, zip or xlsx file"),
            ("data.parquet", b"PAR1", "not a csv, zip or xlsx file"),
            ("notes.txt", b"Loaded in May\nby somebody\n", "no table that an importer knows"),
            ("other.csv", b"A,B\n1,2\n", "no table that an importer knows"),
            ("error.csv", b"<!doctype html><title>404</title>", "web page"),
            ("empty.csv", b"", "empty"),
            ("broken.zip", b"PK\x03\x04cut", "damaged or cut-off"),
            ("page.xlsx", b"<html></html>", "web page"),
            ("old.xlsx", b"\xd0\xcf\x11\xe0 old", ".xls"),
            ("wide.csv", "UNITID,INSTNM\n".encode("utf-16"), "UTF-16"),
        ],
    )
    def test_what_is_no_official_table_is_left_with_its_reason(self, tmp_path, name, content, reason):
        HD.write(tmp_path)
        write(tmp_path / name, content)
        work = plan(tmp_path, {})
        assert chosen(work) == [("ipeds-hd", HD.name)]
        assert reason in left(work)[name]

    def test_hidden_files_and_open_workbooks_are_not_even_named(self, tmp_path):
        write(tmp_path / ".DS_Store", b"x")
        write(tmp_path / "~$hd2024.xlsx", b"x")
        assert plan(tmp_path, {}) == Plan()

    def test_an_archive_of_pictures_is_left(self, tmp_path):
        write(tmp_path / "logos.zip", archive({"logo.png": b"\x89PNG"}))
        assert "no csv file" in left(plan(tmp_path, {}))["logos.zip"]


class TestVintage:
    def test_a_file_that_tells_its_release_keeps_it(self, tmp_path):
        HD.write(tmp_path)
        work = plan(tmp_path, {"ipeds-hd": stated("1999")})
        assert work.vintage(work.chosen[0], {"ipeds-hd": stated("1999")}).label == "2024-25"

    def test_one_that_does_not_takes_the_given_one(self, tmp_path):
        (sample,) = (each for each in SCORECARD if each.source == Source.SCORECARD_FIELD)
        sample.write(tmp_path, name="fields.csv")
        given = {"scorecard-field": stated("2025-04")}
        work = plan(tmp_path, given)
        assert work.vintage(work.chosen[0], given).label == "April 2025"
        assert work.vintage(work.chosen[0], {}).rank == 0

    def test_two_undated_copies_are_copies_of_one_release(self, tmp_path):
        CIP.write(tmp_path, name="one.csv")
        CIP.write(tmp_path, name="two.csv")
        work = plan(tmp_path, {})
        assert len(work.chosen) == len(work.left) == 1

    def test_an_undated_copy_is_left_alone_when_a_dated_release_is_held(self, tmp_path):
        (sample,) = (each for each in SCORECARD if each.source == Source.SCORECARD_FIELD)
        sample.write(tmp_path, name="fields.csv")
        work = plan(tmp_path, {}, dated={"scorecard-field"})
        assert work.chosen == []
        assert "--vintage scorecard-field=" in work.left[0][1]
        assert len(plan(tmp_path, {"scorecard-field": stated("2025-04")}, dated={"scorecard-field"}).chosen) == 1
