"""manage.py import_folder: everything of a folder that can be loaded is, and what cannot is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.models import Completions, ImportRun, Program, Release, School
from tests.directory.importers.files import write
from tests.directory.importers.samples import SAMPLES
from tests.directory.importers.samples_cip import CIP, cip_row
from tests.directory.importers.samples_ipeds import COMPLETIONS, HD, MAPLE, awards, completions, hd, school
from tests.directory.importers.samples_scorecard import SAMPLES as SCORECARD
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """CIP, a directory and a year of completions."""
    for sample in (CIP, HD, COMPLETIONS):
        sample.write(tmp_path)
    return tmp_path


def run(folder: Path, *arguments: str) -> None:
    call_command("import_folder", str(folder), *arguments)


def test_a_folder_is_loaded_in_the_right_order_with_a_report_of_each_file(folder, capsys):
    run(folder, "--all")
    said = capsys.readouterr().out
    assert "3 tables to load, 0 files left alone\n" in said
    assert [line.partition(":")[0] for line in said.splitlines() if ": applied" in line] == [
        "hd2024.csv", "CIPCode2020.csv", "c2024_a.csv",
    ]  # fmt: skip
    assert "4 rows read" in said
    assert said.rstrip().endswith("3 applied")
    assert Program.objects.count() == 3
    assert ImportRun.objects.filter(state="applied").count() == 3


def test_the_same_folder_again_changes_nothing(folder, capsys):
    run(folder, "--all")
    before = fingerprint()
    capsys.readouterr()
    run(folder, "--all")
    assert capsys.readouterr().out.rstrip().endswith("3 unchanged")
    assert fingerprint() == before


def test_a_folder_with_every_kind_of_file_is_loaded_whole(tmp_path, capsys):
    for sample in SAMPLES:
        sample.write(tmp_path / sample.source.value)
    run(tmp_path, "--all")
    assert capsys.readouterr().out.rstrip().endswith(f"{len(SAMPLES)} applied")


class TestScope:
    def test_without_a_word_the_health_information_family_is_loaded(self, tmp_path):
        CIP.write(tmp_path)
        HD.write(tmp_path)
        completions(awards(100101, "51.0707", 3, 40), awards(100101, "01.0101", 3, 7)).write(tmp_path)
        run(tmp_path)
        assert set(Program.objects.values_list("field__cip", flat=True)) == {"51.0707"}

    def test_codes_and_families_widen_one_another(self, tmp_path):
        CIP.write(tmp_path)
        HD.write(tmp_path)
        completions(
            awards(100101, "51.0707", 3, 40), awards(100101, "51.0713", 2, 4), awards(100101, "01.0101", 3, 7)
        ).write(tmp_path)
        run(tmp_path, "--cip", "51.0713", "--cip", "01")
        assert set(Program.objects.values_list("field__cip", flat=True)) == {"51.0713", "01.0101"}

    def test_all_and_some_exclude_one_another(self, folder):
        with pytest.raises(CommandError, match="either --all or --cip"):
            run(folder, "--all", "--cip", "51.07")
        assert not ImportRun.objects.exists()

    @pytest.mark.parametrize("cip", ["health", "51.7", "510707", "51.07071", ""])
    def test_what_is_no_code_is_named(self, folder, cip):
        with pytest.raises(CommandError, match="use a code such as"):
            run(folder, "--cip", cip)
        assert not ImportRun.objects.exists()


class TestDryRun:
    def test_it_tells_what_would_happen_to_an_empty_database_and_writes_nothing(self, folder, capsys):
        before = fingerprint(without=())
        run(folder, "--all", "--dry-run")
        said = capsys.readouterr().out
        assert fingerprint(without=()) == before
        assert "3 dry-run" in said
        assert "applied" not in said
        assert "3 added" in said  # the programs, though schools and fields come from files of the same folder
        assert "import run" not in said

    def test_it_tells_adds_changes_removals_and_rejects(self, folder, tmp_path, capsys):
        run(folder, "--all")
        before = fingerprint(without=())
        later = tmp_path / "later"
        completions(
            awards(100101, "51.0707", 3, 44), awards(100101, "51.0714", 2, 4), awards(100202, "51.0707", 5, 55),
            awards(999999, "51.0707", 3, 1),
        ).write(later)  # fmt: skip
        capsys.readouterr()
        run(later, "--all", "--dry-run")
        said = capsys.readouterr().out
        assert fingerprint(without=()) == before
        assert "1 rejected; 1 added, 1 changed, 2 removed" in said
        assert "awards 40 → 44" in said
        assert "line 5, UNITID '999999': no such school" in said
        assert "no longer reported: coding-specialist" in said

    def test_a_refused_file_is_refused_there_too(self, folder):
        write(folder / "hd2025.csv", hd(school("x", "No"), year=2025).part.csv())
        before = fingerprint(without=())
        with pytest.raises(CommandError, match="refused"):
            run(folder, "--all", "--dry-run")
        assert fingerprint(without=()) == before


class TestRefusedFiles:
    def test_a_refused_file_does_not_stop_the_others_and_ends_in_an_error(self, folder, capsys):
        write(folder / "hd2023.csv", hd(school("not a number", "Bad School"), year=2023).part.csv())
        with pytest.raises(CommandError) as refusal:
            run(folder, "--all")
        said = capsys.readouterr().out
        assert "Some files were refused" in str(refusal.value)
        assert refusal.value.returncode != 0
        assert "refused: None of the 1 rows can be loaded; line 2, UNITID 'not a number'" in said
        assert "3 applied, 1 refused" in said
        assert Program.objects.count() == 3
        assert not School.objects.filter(name="Bad School").exists()
        assert ImportRun.objects.get(state="refused").file_name == "hd2023.csv"

    def test_what_needs_a_refused_file_says_so(self, tmp_path, capsys):
        COMPLETIONS.write(tmp_path)
        CIP.write(tmp_path)
        with pytest.raises(CommandError, match="refused"):
            run(tmp_path, "--all")
        assert "load that first" in capsys.readouterr().out
        assert Release.objects.filter(source="cip").exists()
        assert not Completions.objects.exists()

    def test_files_that_are_left_alone_are_no_error(self, folder, capsys):
        write(folder / "notes" / "README.md", b"# Notes")
        write(folder / "notes" / "error.csv", b"<html>503</html>")
        run(folder, "--all")
        said = capsys.readouterr().out
        assert "2 files left alone" in said
        assert "  notes/README.md: not a csv, zip or xlsx file" in said
        assert "  notes/error.csv is a web page" in said

    def test_rejected_rows_are_listed_with_line_column_value_and_reason(self, folder, capsys):
        write(folder / "hd2025.csv", hd(MAPLE, school(100404, "Oak", CONTROL="9"), year=2025).part.csv())
        run(folder, "--all")
        assert "line 3, CONTROL '9'" in capsys.readouterr().out


class TestVintage:
    def test_a_release_that_no_file_tells_can_be_given_per_source(self, folder, capsys):
        (sample,) = (each for each in SCORECARD if each.source == "scorecard-field")
        sample.write(folder, name="fields.csv")
        run(folder, "--all", "--vintage", "scorecard-field=2025-04")
        assert Release.objects.get(source="scorecard-field").vintage == "April 2025"
        assert Release.objects.get(source="ipeds-hd").vintage == "2024-25"

    def test_without_one_it_is_loaded_as_not_stated(self, folder):
        (sample,) = (each for each in SCORECARD if each.source == "scorecard-field")
        sample.write(folder, name="fields.csv")
        run(folder, "--all")
        assert Release.objects.get(source="scorecard-field").vintage == "release not stated"

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ("scorecard=2025-04", "one of the sources"), ("2025-04", "one of the sources"),
            ("scorecard-field=", "one of the sources"), ("scorecard-field=last spring", "use 2024, 2023-24"),
        ],
    )  # fmt: skip
    def test_what_is_no_source_or_no_release_is_named(self, folder, given, says):
        with pytest.raises(CommandError, match=says):
            run(folder, "--vintage", given)
        assert not ImportRun.objects.exists()


class TestOddFolders:
    def test_a_folder_that_does_not_exist_is_named(self, tmp_path):
        with pytest.raises(CommandError, match="There is no folder"):
            run(tmp_path / "nowhere")

    def test_an_empty_folder_loads_nothing_and_says_so(self, tmp_path, capsys):
        run(tmp_path)
        assert capsys.readouterr().out.rstrip().endswith("nothing to load")

    def test_a_file_whose_name_is_no_text_is_named_all_the_same(self, folder, capsys):
        odd = os.fsdecode(b"caf\xe9.md")
        write(folder / odd, b"# x")
        write(folder / os.fsdecode(b"hd2025\xe9.csv"), hd(MAPLE, year=2025).part.csv())
        write(folder / os.fsdecode(b"hd2023\xe9.csv"), hd(school("x", "No"), year=2023).part.csv())
        write(folder / os.fsdecode(b"page\xe9.csv"), b"<html></html>")
        write(folder / os.fsdecode(b"hd2022\xe9.csv"), hd(year=2022).part.csv())
        with pytest.raises(CommandError, match="refused"):
            run(folder, "--all")
        said = capsys.readouterr().out
        assert all(name in said for name in ("caf?.md", "hd2025?.csv", "hd2023?.csv", "hd2022?.csv has a header"))
        assert School.objects.filter(release__vintage="2025-26").exists()

    def test_a_field_that_left_the_list_is_told(self, folder, tmp_path, capsys):
        run(folder, "--all")
        later = tmp_path / "later"
        rows = (cip_row("51", "Health Fields"), cip_row("51.07", "Records and Offices"))
        CIP.but(CIP.part.__class__(CIP.part.name, CIP.part.header, rows)).write(later)
        with pytest.raises(CommandError):
            run(later)
        assert "looks cut off" in capsys.readouterr().out
