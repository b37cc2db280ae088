"""manage.py import_release: what a person types, and what the command answers."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from directory.importers.reading import Table
from directory.importers.registry import importer_for
from directory.models import Completions, ImportRun, Program, Release, School
from directory.vocab import DEFAULT_CIPS
from tests.directory.importers.files import write
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_ipeds import COMPLETIONS, HD, MAPLE, awards, completions, hd, school
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db


def run(*arguments: object, **options: object) -> str:
    """The command's output."""
    out = io.StringIO()
    call_command("import_release", *map(str, arguments), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def last_run() -> ImportRun:
    return ImportRun.objects.order_by("pk").reverse()[0]


@pytest.fixture
def before(tmp_path):
    """The directory and the CIP list."""
    CIP.load(tmp_path)
    HD.load(tmp_path)


def test_the_report_counts_and_shows_what_happened(tmp_path):
    text = run("ipeds-hd", hd(MAPLE, school(100202, "Brook", STABBR="XX")).write(tmp_path))
    assert "hd2024.csv: applied in" in text
    assert "IPEDS institution directory (HD), 2024-25" in text
    assert "2 rows read" in text
    assert "1 rejected; 1 added, 0 changed, 0 removed" in text
    assert "added: school 100101" in text
    assert "line 3, STABBR 'XX': not a state or territory" in text
    assert "nothing was taken off" in text


def test_a_dry_run_says_so_and_writes_nothing(tmp_path):
    before = fingerprint(without=())
    assert "tried, nothing written" in run("ipeds-hd", HD.write(tmp_path), "--dry-run")
    assert fingerprint(without=()) == before


def test_a_refused_file_ends_the_command_with_the_reason(tmp_path):
    with pytest.raises(CommandError, match="lacks the column UNITID"):
        run("ipeds-hd", HD.but(HD.part.reordered(range(1, len(HD.part.header)))).write(tmp_path))
    assert ImportRun.objects.get().state == ImportRun.State.REFUSED


@pytest.mark.parametrize("arguments", [("nonsense", "x.csv"), ("ipeds-hd", "absent.csv")])
def test_a_wrong_source_or_path_is_named(arguments):
    with pytest.raises(CommandError, match=r"There is no (source|file)"):
        run(*arguments)


def test_without_a_scope_the_health_information_family_is_loaded(tmp_path, before):
    rows = (awards(100101, "51.0707", 3, 40), awards(100101, "01.0101", 3, 9))
    path = completions(*rows).write(tmp_path)
    run("ipeds-completions", path)
    assert [each.field.cip for each in Program.objects.all()] == ["51.0707"]
    assert last_run().scope == ", ".join(DEFAULT_CIPS)
    run("ipeds-completions", path, "--all")
    assert Program.objects.count() == 2


def test_cip_codes_and_families_can_be_repeated(tmp_path, before):
    path = COMPLETIONS.write(tmp_path)
    run("ipeds-completions", path, "--cip", "51.0713", "--cip", "01")
    assert [each.field.cip for each in Program.objects.all()] == ["51.0713"]
    assert last_run().scope == "01, 51.0713"


@pytest.mark.parametrize("cip", ["5107", "51.7", "health", "51.07%", ""])
def test_what_is_no_cip_code_is_refused_before_anything_is_read(tmp_path, cip):
    with pytest.raises(CommandError, match="use a code such as"):
        run("ipeds-completions", tmp_path / "absent.csv", "--cip", cip)
    assert ImportRun.objects.count() == 0


def test_all_and_single_codes_exclude_each_other(tmp_path):
    with pytest.raises(CommandError, match="not both"):
        run("ipeds-completions", tmp_path / "absent.csv", "--all", "--cip", "51.07")


@pytest.mark.parametrize("typed", ["2024", "2024-25"])
def test_a_directory_that_does_not_tell_its_year_can_be_told(tmp_path, typed):
    run("ipeds-hd", HD.write(tmp_path, name="schools.csv"), "--vintage", typed)
    run("ipeds-hd", HD.write(tmp_path))
    release = Release.objects.get()
    assert (release.vintage, release.rank, release.year) == ("2024-25", 202400, 2024)


@pytest.mark.parametrize("typed", ["2024", "2023-24"])
def test_the_file_of_2024_holds_the_awards_of_2023_24_however_it_is_said(tmp_path, before, typed):
    run("ipeds-completions", COMPLETIONS.write(tmp_path, name="awards.csv"), "--vintage", typed)
    run("ipeds-completions", COMPLETIONS.write(tmp_path))
    release = Release.objects.get(source="ipeds-completions")
    assert (release.vintage, release.rank, release.year) == ("2023-24", 202400, 2024)
    assert set(Completions.objects.values_list("year", flat=True)) == {2024}


@pytest.mark.parametrize(
    ("typed", "label", "year"), [("2000-01", "2000-01", 2000), ("2011-12", "2011-12", 2011), ("2011", "2011-12", 2011)]
)
def test_an_academic_year_that_looks_like_a_month_is_an_academic_year(tmp_path, typed, label, year):
    run("ipeds-hd", HD.write(tmp_path, name="schools.csv"), "--vintage", typed)
    release = Release.objects.get()
    assert (release.vintage, release.rank, release.year) == (label, year * 100, year)


def test_the_awards_of_2011_12_stand_in_the_file_of_2012(tmp_path, before):
    run("ipeds-completions", COMPLETIONS.write(tmp_path, name="awards.csv"), "--vintage", "2011-12")
    release = Release.objects.get(source="ipeds-completions")
    assert (release.vintage, release.rank, release.year) == ("2011-12", 201200, 2012)


def test_a_month_is_no_vintage_of_a_yearly_file(tmp_path):
    with pytest.raises(CommandError, match=r"is of a year.*--vintage 2024 or 2023-24"):
        run("ipeds-hd", HD.write(tmp_path, name="schools.csv"), "--vintage", "2024-05")
    assert not Release.objects.exists()


def test_a_vintage_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(CommandError, match="--vintage soon"):
        run("ipeds-hd", HD.write(tmp_path), "--vintage", "soon")


def test_a_small_file_is_loaded_with_force_and_its_reason(tmp_path):
    run("ipeds-hd", hd(*(school(100101 + at, f"College {at}") for at in range(20))).write(tmp_path))
    small = hd(MAPLE).write(tmp_path)
    with pytest.raises(CommandError, match="20 rows are held"):
        run("ipeds-hd", small)
    assert School.objects.filter(status="open").count() == 20
    run("ipeds-hd", small, "--force", "NCES withdrew the rest")
    assert last_run().force_reason == "NCES withdrew the rest"
    assert School.objects.filter(status="open").count() == 1


def test_the_person_who_forces_a_file_is_kept(tmp_path):
    person = User.objects.create_user("pat", is_staff=True)
    path = HD.write(tmp_path)
    run("ipeds-hd", path)
    assert "nobody is named" not in run("ipeds-hd", path, "--force", "NCES said so", "--by", "pat")
    assert (last_run().forced_by, last_run().force_reason) == (person, "NCES said so")
    assert "nobody is named for it (--by USERNAME)" in run("ipeds-hd", path, "--force", "NCES said so")
    assert last_run().forced_by is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--force", "why", "--by", "nobody"), "--by nobody: there is no staff account"),
        (("--force", "why", "--by", "reader"), "--by reader: there is no staff account"),
        (("--by", "pat"), "goes with --force and the reason"),
    ],
)
def test_who_may_not_force_is_told_and_nothing_is_read(tmp_path, arguments, message):
    User.objects.create_user("pat", is_staff=True)
    User.objects.create_user("reader")
    with pytest.raises(CommandError, match=message):
        run("ipeds-hd", HD.write(tmp_path), *arguments)
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("content", ["", "UNITID,INSTNM\n1,2\n", "<html>", "PK", 'UNITID,INSTNM\n"1,2\n'])
def test_a_refusal_names_the_file_once(tmp_path, content):
    path = write(tmp_path / "hd2024.csv", content)
    with pytest.raises(CommandError) as refusal:
        run("ipeds-hd", path)
    assert str(refusal.value).count("hd2024.csv") == 1, refusal.value


def test_a_vintage_that_the_file_told_itself_is_taken_as_it_is(tmp_path):
    for importer, name in (
        (importer_for("ipeds-hd"), "hd2024.csv"),
        (importer_for("ipeds-completions"), "c2024_a.csv"),
    ):
        table = Table(tmp_path / name, name, [], iter(()), lambda: 1.0)
        vintage = importer.vintage(table)
        assert vintage is not None
        assert importer.told(vintage) == vintage
