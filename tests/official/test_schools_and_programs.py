"""Known answers of the official directory, CIP list and completions, counted in the files themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from directory.importers.base import Scope
from directory.importers.registry import recognise
from directory.models import Completions, FieldOfStudy, FormerSlug, ImportRun, Listing, Program, School
from directory.pipeline.load import Order, load
from directory.vocab import CLOSED_STATES, DEFAULT_CIPS, ListingState, SchoolState, Source
from tests.factories.state import fingerprint, undone

pytestmark = [pytest.mark.official, pytest.mark.django_db]
ROOT: Path = settings.OFFICIAL_DATA_DIR
HD, CIP, AWARDS = ROOT / "ipeds_hd", ROOT / "cip_soc", ROOT / "ipeds_completions"
HIT = "51.0707"
THREE = ("51.0706", HIT, "51.0713")
FIVE = (*THREE, "51.0714", "51.0716")


def bring(source: Source, path: Path, scope: Scope | None = None) -> ImportRun:
    run = load(Order(path, source, scope=scope or Scope(DEFAULT_CIPS))).run
    assert run.state in (ImportRun.State.APPLIED, ImportRun.State.UNCHANGED), run.message
    return run


@pytest.fixture(scope="module")
def held(django_db_setup, django_db_blocker) -> Iterator[dict[str, ImportRun]]:
    """CIP 2020, the directory of 2024 and five years of completions, loaded once and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        runs = {
            "cip": bring(Source.CIP, CIP / "CIPCode2020.csv"),
            "changes": bring(Source.CIP_CHANGES, CIP / "Crosswalk2010to2020.csv"),
            "hd": bring(Source.IPEDS_HD, HD / "hd2024.csv"),
            "2024": bring(Source.IPEDS_COMPLETIONS, AWARDS / "c2024_a_cip51.csv"),
        }
        for year in range(2020, 2024):
            path = AWARDS / f"c{year}_a_cip5107_5127.csv"
            runs[str(year)] = bring(Source.IPEDS_COMPLETIONS, path)
        yield runs
        transaction.set_rollback(True)


def of_2024(*cips: str):
    """Programs that the file of 2024 names."""
    return Program.objects.filter(field__cip__in=cips, completions__year=2024)


# --- The directory ------------------------------------------------------------------------------------
def test_every_school_of_the_directory_is_there(held):
    run = held["hd"]
    assert (run.rows_read, run.added, run.rejected) == (6_072, 6_072, 0)
    assert School.objects.count() == 6_072
    assert School.objects.values("state").distinct().count() == 59


def test_schools_are_open_closed_or_campuses_as_the_file_says(held):
    assert Counter(School.objects.values_list("act", flat=True)) == {
        "A": 5_927, "N": 46, "R": 3, "M": 18, "C": 2, "D": 51, "G": 25,
    }  # fmt: skip
    closed = School.objects.filter(status__in=CLOSED_STATES)
    assert closed.count() == 18 + 2 + 51
    assert School.objects.exclude(closed_on=None).count() == 68
    assert closed.exclude(closed_on=None).count() == 68
    campuses = School.objects.filter(status=SchoolState.CAMPUS)
    assert campuses.count() == 25
    assert not campuses.exclude(closed_on=None).exists()
    assert School.objects.exclude(successor_unitid=None).count() == 27


def test_numbers_and_names_keep_their_form(held):
    assert School.objects.filter(opeid="").count() == 38  # 37 say -2, one is empty
    assert not School.objects.exclude(opeid="").exclude(opeid__regex=r"^\d{8}$").exists()
    assert not School.objects.filter(latitude=None).exclude(longitude=None).exists()
    wallace = School.objects.get(unitid=101295)
    assert (wallace.name, wallace.state) == ("George C Wallace State Community College-Hanceville", "AL")
    assert (wallace.control, wallace.opeid[:6]) == (1, "007871")


def test_an_older_directory_adds_what_has_gone_since_and_changes_nothing_else(held):
    before = dict(School.objects.values_list("unitid", "name"))
    with undone():
        run = bring(Source.IPEDS_HD, HD / "hd2022.csv")
        gone = School.objects.filter(status=SchoolState.GONE)
        assert (run.rows_read, run.rejected, run.changed, run.removed) == (6_256, 0, 0, 0)
        assert (run.added, gone.count()) == (317, 317)
        assert dict(School.objects.exclude(status=SchoolState.GONE).values_list("unitid", "name")) == before
        assert FormerSlug.objects.count() == 0


# --- Fields of study ------------------------------------------------------------------------------------
def test_the_cip_list_has_every_code_in_force(held):
    assert (held["cip"].rows_read, held["cip"].rejected) == (2_847, 0)
    assert FieldOfStudy.objects.six_digit().filter(release__source=Source.CIP).count() == 2_172
    found = FieldOfStudy.objects.get(cip=HIT)
    assert found.title == "Health Information/Medical Records Technology/Technician"
    assert (held["changes"].added, held["changes"].rejected) == (2_155, 0)


# --- Completions ----------------------------------------------------------------------------------------
def test_schools_and_programs_with_health_information(held):
    programs = of_2024(*THREE)
    schools = School.objects.filter(programs__in=programs).distinct()
    assert (schools.count(), programs.count()) == (800, 1_438)
    assert Counter(schools.values_list("control", flat=True)) == {1: 553, 2: 80, 3: 167}
    assert schools.values("state").distinct().count() == 51
    assert set(schools.values_list("act", flat=True)) == {"A"}


def test_schools_and_programs_with_medical_offices_too(held):
    programs = of_2024(*FIVE)
    assert School.objects.filter(programs__in=programs).distinct().count() == 1_082
    assert programs.count() == 2_155


def test_health_information_technology(held):
    programs = of_2024(HIT)
    assert (programs.count(), School.objects.filter(programs__in=programs).distinct().count()) == (650, 419)
    associate = Completions.objects.filter(year=2024, program__field__cip=HIT, program__award_level=3)
    assert associate.count() == 308
    assert associate.aggregate(total=Sum("awards"))["total"] == 3_354
    assert associate.filter(awards=0).count() == 51


def test_medical_coding_by_length(held):
    levels = Counter(of_2024("51.0713").values_list("award_level", flat=True))
    assert (levels[2], levels[21]) == (287, 148)


def test_one_school_by_level(held):
    awards = Completions.objects.filter(program__school__unitid=101295, program__field__cip=HIT, year=2024)
    assert dict(awards.values_list("program__award_level", "awards")) == {3: 17, 2: 38, 21: 32}
    devry = Completions.objects.filter(program__school__unitid=482477, program__field__cip=HIT, year=2024)
    assert devry.filter(program__award_level__in=(2, 4, 20, 21)).aggregate(total=Sum("awards"))["total"] == 4_058


def test_five_years_of_one_program_and_programs_that_stopped(held):
    wallace = Program.objects.get(school__unitid=101295, field__cip=HIT, award_level=3)
    assert sorted(wallace.completions.values_list("year", flat=True)) == [2020, 2021, 2022, 2023, 2024]
    stopped = Program.objects.filter(state=ListingState.NOT_REPORTED)
    assert stopped.count() > 500
    assert not stopped.filter(completions__year=2024).exists()
    assert not stopped.filter(listing__listed=True).exists()
    at_open_schools = of_2024(*DEFAULT_CIPS).exclude(school__status__in=CLOSED_STATES)
    assert Listing.objects.filter(listed=True).count() == at_open_schools.count() == 2_444


def test_rows_are_rejected_only_for_schools_that_have_gone_since(held):
    for year in ("2020", "2021", "2022", "2023", "2024"):
        rejects = held[year].rejects.all()
        assert {(each.column, each.reason.partition(";")[0]) for each in rejects} <= {("UNITID", "no such school")}
        assert held[year].message == ""
    assert held["2024"].rejected == 0


def test_the_same_files_again_change_nothing(held):
    before = fingerprint()
    assert bring(Source.IPEDS_HD, HD / "hd2024.csv").state == ImportRun.State.UNCHANGED
    assert bring(Source.IPEDS_COMPLETIONS, AWARDS / "c2024_a_cip51.csv").state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_files_are_recognised_by_their_headers_alone():
    known = {
        HD / "hd2024.csv": ("ipeds-hd", "2024-25"),
        HD / "hd2022.csv": ("ipeds-hd", "2022-23"),
        CIP / "CIPCode2020.csv": ("cip", "2020"),
        CIP / "Crosswalk2010to2020.csv": ("cip-changes", "2010 to 2020"),
        AWARDS / "c2024_a_cip51.csv": ("ipeds-completions", "2023-24"),
        AWARDS / "c2024_a_firstmajor_csv.zip": ("ipeds-completions", "2023-24"),
        AWARDS / "c2020_a_cip5107_5127.csv": ("ipeds-completions", "2019-20"),
    }
    for path, expected in known.items():
        (found,) = recognise(path)
        assert found.vintage is not None
        assert (str(found.importer.source), found.vintage.label) == expected
