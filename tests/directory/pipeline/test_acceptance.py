"""A file that would take off more than a new copy or a new year of it does is refused, whatever was loaded before."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.importers.base import Scope, Vintage
from directory.models import Accreditation, Completions, FieldOutcome, ImportRun, Program, Release, School, ZipPoint
from directory.pipeline.load import Order, load
from directory.vocab import DEFAULT_CIPS, ListingState, SchoolState, Source
from tests.directory.importers.files import Sample
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_dapip import dapip, location, record
from tests.directory.importers.samples_ipeds import awards, completions, hd, school
from tests.directory.importers.samples_places import zip_points
from tests.directory.importers.samples_scorecard import field_of_study, outcome
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db
SCHOOLS = 60
UNITIDS = [100_101 + number for number in range(SCHOOLS)]


class Bring:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, sample: Sample, **order) -> ImportRun:
        return load(Order(sample.write(self.folder), sample.source, **order)).run


@pytest.fixture
def bring(tmp_path) -> Bring:
    """A country of sixty schools and the CIP list; loads what it is called with."""
    CIP.load(tmp_path)
    bring = Bring(tmp_path)
    assert bring(directory(SCHOOLS)).state == ImportRun.State.APPLIED
    return bring


def directory(count: int, *, year: int = 2024) -> Sample:
    return hd(*(school(unitid, f"College {unitid}") for unitid in UNITIDS[:count]), year=year)


def year_of_awards(unitids: list[int], *, year: int = 2024, cip: str = "51.0707") -> Sample:
    return completions(*(awards(unitid, cip, 3, 10) for unitid in unitids), year=year)


def as_if_from_the_starter() -> None:
    """What is held came with the starter catalogue: no file was ever loaded."""
    Release.objects.update(origin=Release.Origin.STARTER)
    ImportRun.objects.all().delete()


def refused(run: ImportRun) -> str:
    assert run.state == ImportRun.State.REFUSED, run.state
    return run.message


def listed() -> int:
    return Program.objects.filter(state=ListingState.LISTED).count()


@pytest.mark.parametrize("dry_run", [False, True])
def test_half_a_file_does_not_empty_the_lists_of_the_starter_catalogue(bring, dry_run):
    bring(year_of_awards(UNITIDS), scope=Scope(DEFAULT_CIPS))
    as_if_from_the_starter()
    before = fingerprint()
    message = refused(bring(year_of_awards(UNITIDS[:30]), scope=Scope(DEFAULT_CIPS), dry_run=dry_run))
    assert message.startswith("c2024_a.csv would take off 30 of 60 ")
    assert "more than 10%" in message
    assert "import_release and --force" in message
    assert fingerprint() == before


def test_half_a_directory_does_not_close_the_schools_of_the_starter_catalogue(bring):
    as_if_from_the_starter()
    assert "30 of 60 schools" in refused(bring(directory(30)))
    assert not School.objects.filter(status=SchoolState.GONE).exists()


def test_a_cut_file_under_another_scope_is_compared_with_what_is_held_in_that_scope(bring):
    other = [awards(unitid, "01.0101", 3, 5) for unitid in UNITIDS]
    whole = completions(*(awards(unitid, "51.0707", 3, 10) for unitid in UNITIDS), *other)
    bring(whole)
    before = fingerprint()
    assert "30 of 60" in refused(bring(year_of_awards(UNITIDS[:30]), scope=Scope(("51.07",))))
    assert fingerprint() == before
    assert bring(year_of_awards(UNITIDS[:56]), scope=Scope(("51.07",))).state == ImportRun.State.APPLIED
    assert listed() == SCHOOLS + 56


def test_the_file_of_another_year_under_the_name_of_this_one_is_refused(bring):
    bring(year_of_awards(UNITIDS[:50]))
    assert "12 of 50" in refused(bring(year_of_awards(UNITIDS[12:])))  # it has 48 rows, no fewer than usual
    assert Completions.objects.count() == 50


def test_a_tenth_of_a_newer_release_does_not_replace_the_older_one(bring):
    bring(field_of_study(*(outcome(unitid) for unitid in UNITIDS)))
    message = refused(bring(field_of_study(*(outcome(unitid) for unitid in UNITIDS[:6]), stamp="06102026")))
    assert "54 of 60" in message
    assert FieldOutcome.objects.count() == SCHOOLS


def test_a_cut_list_of_accreditations_is_refused(bring):
    def said(count: int, month: str) -> Sample:
        places = [location(str(900_000 + at), f"College {at}", unitids=str(at), opeid="00100100") for at in UNITIDS]
        records = [record(str(900_000 + at)) for at in UNITIDS[:count]]
        return dapip(*records, locations=tuple(places), month=month)

    bring(said(SCHOOLS, "2025-11"))
    assert Accreditation.objects.count() == SCHOOLS
    assert "40 of 60" in refused(bring(said(20, "2026-05")))
    assert Accreditation.objects.count() == SCHOOLS


def test_the_next_year_may_lack_what_a_year_usually_loses(bring):
    bring(year_of_awards(UNITIDS, year=2023))
    assert bring(year_of_awards(UNITIDS[4:], year=2024)).state == ImportRun.State.APPLIED
    assert listed() == 56


@pytest.mark.parametrize(("year", "state"), [(2024, ImportRun.State.REFUSED), (2027, ImportRun.State.APPLIED)])
def test_after_several_years_more_may_be_gone(bring, year, state):
    bring(directory(SCHOOLS, year=2030))
    bring(year_of_awards(UNITIDS, year=2023))
    assert bring(year_of_awards(UNITIDS[:45], year=year)).state == state


def test_half_of_the_next_year_is_refused_though_no_row_of_it_was_held(bring):
    bring(year_of_awards(UNITIDS, year=2023))
    assert "30 of 60 programs on the lists" in refused(bring(year_of_awards(UNITIDS[:30], year=2024)))
    assert not Completions.objects.filter(year=2024).exists()


def test_an_older_year_takes_nothing_off_and_may_be_small(bring):
    bring(year_of_awards(UNITIDS, year=2024))
    assert bring(year_of_awards(UNITIDS[:5], year=2020)).state == ImportRun.State.APPLIED
    assert listed() == SCHOOLS


def test_a_new_edition_that_says_everything_in_other_words_is_no_cut_one(bring):
    def points(first: int, version: str) -> Sample:
        rows = [(f"{first + at}", "40.1", "-83.2", "Maple Fork", "OH") for at in range(40)]
        return zip_points(*rows, version=version)

    bring(points(43_000, "8.0.0"))
    run = bring(points(44_000, "9.0.0"))
    assert (run.state, run.added, run.removed) == (ImportRun.State.APPLIED, 40, 40)
    assert "40 of 40" in refused(bring(points(45_000, "9.0.0")))  # a copy of the same edition says the same
    assert ZipPoint.objects.filter(zip_code__startswith="44").count() == 40


def test_a_handful_may_always_go(bring):
    bring(year_of_awards(UNITIDS[:20]), vintage=Vintage("2023-24", 202400, 2024))
    run = bring(year_of_awards(UNITIDS[:18]))
    assert (run.state, listed()) == (ImportRun.State.APPLIED, 18)


def test_a_person_may_say_that_it_is_right(bring):
    bring(year_of_awards(UNITIDS))
    as_if_from_the_starter()
    run = bring(year_of_awards(UNITIDS[:30]), force="the survey was cut in half")
    assert (run.state, run.force_reason, listed()) == (ImportRun.State.APPLIED, "the survey was cut in half", 30)


# --- Unreadable -----------------------------------------------------------------------------------
def test_a_file_of_which_more_than_a_tenth_cannot_be_read_is_refused(bring):
    """CTOTALT and CTOTALW swapped: rows without men still look right, and would say too little."""
    rows = [awards(unitid, "51.0707", 3, 10, CTOTALM="4", CTOTALW="6") for unitid in UNITIDS[:20]]
    rows += [awards(unitid, "51.0707", 3, 10) for unitid in UNITIDS[20:]]
    part = completions(*rows).part
    names = {"CTOTALT": "CTOTALW", "CTOTALW": "CTOTALT"}
    swapped = completions().but(type(part)(part.name, tuple(names.get(name, name) for name in part.header), part.rows))
    run = bring(swapped)
    message = refused(run)
    assert message.startswith("20 of the 60 rows of c2024_a.csv cannot be read, more than 10%; line 2, CTOTALT '6':")
    assert "--force" in message
    assert (run.rejected, run.rejects.count()) == (20, 20)
    assert not Program.objects.exists()
    assert bring(swapped, force="a test").state == ImportRun.State.APPLIED


def test_a_tenth_that_cannot_be_read_is_no_reason(bring):
    rows = [awards(unitid, "51.0707", 3 if number >= 10 else "x", 10) for number, unitid in enumerate(UNITIDS)]
    run = bring(completions(*rows))
    assert (run.state, run.rejected) == (ImportRun.State.APPLIED, 10)


def test_rows_about_schools_that_are_not_held_are_not_unreadable(bring):
    rows = [awards(200_000 + number, "51.0707", 3, 10) for number in range(40)]
    run = bring(completions(*rows, awards(UNITIDS[0], "51.0707", 3, 10)))
    assert (run.state, run.rejected) == (ImportRun.State.APPLIED, 40)
    assert run.source == Source.IPEDS_COMPLETIONS
