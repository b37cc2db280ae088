"""The directory of IPEDS: schools appear, change, close, move out of the file and come back."""

from __future__ import annotations

import datetime as dt

import pytest

from directory.curation.overrides import correct
from directory.importers.base import Vintage
from directory.models import FormerSlug, ImportReject, ImportRun, Override, Release, School
from directory.pipeline.load import Order, load
from directory.vocab import SchoolState, Source
from tests.directory.importers.files import Part, Sample, archive, write
from tests.directory.importers.samples_ipeds import ANNE, BROOK, HD, MAPLE, hd, school
from tests.factories.state import contents, fingerprint, undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(tmp_path):
    """Loads a directory and says what became of it."""

    def bring(sample: Sample, **order) -> ImportRun:
        return load(Order(sample.write(tmp_path), Source.IPEDS_HD, **order)).run

    return bring


def maple() -> School:
    return School.objects.get(unitid=100101)


def test_a_row_becomes_a_school_with_its_place_kind_and_addresses(bring):
    run = bring(HD)
    assert (run.state, run.added, run.rejected) == (ImportRun.State.APPLIED, 3, 0)
    anne = School.objects.get(unitid=100202)
    assert (anne.name, anne.city, anne.state, anne.zip_code) == (
        "Institut Sainte-Anne",
        "Río Hondo",
        "PR",
        "00601-0001",
    )
    assert (anne.latitude, anne.longitude, anne.control, anne.sector) == (18.2, -66.5, 2, 2)
    assert (anne.opeid, anne.slug, anne.status) == ("00100100", "institut-sainte-anne-100202", SchoolState.OPEN)
    assert anne.website == "www.mapleforkcollege.example/"
    assert anne.aliases == "Anne | Séminaire"
    assert (anne.release.vintage, anne.release.year, anne.release.rank) == ("2024-25", 2024, 202400)


def test_a_closed_school_says_when_and_who_follows(bring):
    bring(HD)
    brook = School.objects.get(unitid=100303)
    assert (brook.status, brook.closed_on, brook.closed_year) == (SchoolState.CLOSED, dt.date(2024, 6, 30), 2024)
    assert brook.successor_unitid == 100101
    assert brook.opeid == ""
    assert brook.is_closed


@pytest.mark.parametrize(
    ("act", "status", "closed"),
    [
        ("A", SchoolState.OPEN, False),
        ("N", SchoolState.OPEN, False),
        ("R", SchoolState.OPEN, False),
        ("A ", SchoolState.OPEN, False),
        ("G", SchoolState.CAMPUS, False),
        ("M", SchoolState.CLOSING, True),
        ("C", SchoolState.COMBINED, True),
        ("D", SchoolState.CLOSED, True),
    ],
)
def test_closed_means_combined_out_of_business_or_closed_this_year(bring, act, status, closed):
    bring(hd(school(100101, "Maple Fork College", ACT=act, CYACTIVE="3")))
    assert (maple().status, maple().is_closed) == (status, closed)


@pytest.mark.parametrize("written", ["ABCDE", "4300", "43001-", "43001-12"])
def test_a_zip_code_that_is_none_is_refused_with_its_row(bring, written):
    bring(hd(MAPLE, school(100102, "Oak College", ZIP=written)))
    assert not School.objects.filter(unitid=100102).exists()
    reject = ImportReject.objects.get()
    assert (reject.column, reject.value, reject.reason) == ("ZIP", written, "is no ZIP code")


@pytest.mark.parametrize("written", ["", "43001", "430011234", "43001-1234"])
def test_a_zip_code_is_kept_as_it_is_written(bring, written):
    bring(hd(school(100101, "Maple Fork College", ZIP=written)))
    assert maple().zip_code == written


def test_columns_that_name_or_reach_people_are_not_stored_anywhere(bring, capsys):
    run = bring(HD)
    stored = str(contents()) + str(vars(run)) + "".join(capsys.readouterr())
    assert "Maple Fork College" in stored
    for canary in ("Canary-Name", "Canary-Title", "5550100999"):
        assert canary not in stored


def test_older_dialects_are_read_by_column_name(bring, tmp_path):
    """HD2022: Windows-1252, padded, other Carnegie columns, DUNS instead of UEIS, columns in any order."""
    renamed = {"UEIS": "DUNS", "C00CARNEGIE": "C18BASIC", "CARNEGIEIC": "C21IPUG"}
    header = tuple(renamed.get(name, name).lower() for name in HD.part.header)
    padded = tuple(tuple(f"{cell} " for cell in row) for row in HD.part.rows)
    part = Part("hd2022.csv", header, padded).reordered([*range(20, len(header)), *range(20)])
    with undone():
        bring(hd(MAPLE, ANNE, BROOK, year=2022))
        expected = contents()
    load(Order(write(tmp_path / "hd2022.csv", part.csv(newline="\n").encode("cp1252")), Source.IPEDS_HD))
    assert contents() == expected


DRIFTING = {
    "IALIAS": "aliases",
    "NPRICURL": "net_price_url",
    "VETURL": "veterans_url",
    "DISAURL": "disability_url",
}


@pytest.mark.parametrize("column", DRIFTING)
def test_a_directory_of_a_year_without_a_column_leaves_it_as_it_was(bring, column):
    """Columns that came late: what the file does not have, it does not empty. New schools have none."""
    value = "https://maple.example/page"
    bring(hd(school(100101, "Maple Fork College", **{column: value}), year=2023))
    newer = hd(school(100101, "Maple Fork College", CITY="New Elm"), ANNE, year=2024)
    keep = [at for at, name in enumerate(newer.part.header) if name != column]
    run = bring(newer.but(newer.part.reordered(keep)))
    assert (run.state, run.added, run.changed) == (ImportRun.State.APPLIED, 1, 1)
    assert (maple().city, getattr(maple(), DRIFTING[column])) == ("New Elm", value)
    assert getattr(School.objects.get(unitid=100202), DRIFTING[column]) == ""


def test_the_revised_file_of_a_zip_counts(bring, tmp_path):
    revised = hd(school(100101, "Maple Fork University"))
    path = write(tmp_path / "HD2024.zip", archive({"hd2024.csv": HD.content(), "hd2024_rv.csv": revised.content()}))
    assert load(Order(path, Source.IPEDS_HD)).run.state == ImportRun.State.APPLIED
    assert [(each.name, each.release.vintage) for each in School.objects.all()] == [
        ("Maple Fork University", "2024-25")
    ]


def test_the_same_file_twice_changes_nothing(bring):
    bring(HD)
    before = fingerprint()
    run = bring(HD)
    assert (run.state, run.added, run.changed, run.removed) == (ImportRun.State.UNCHANGED, 0, 0, 0)
    assert fingerprint() == before


def test_a_revised_file_of_the_same_year_changes_only_what_differs(bring):
    bring(HD)
    run = bring(hd(school(100101, "Maple Fork College", CITY="New Elm"), ANNE, BROOK))
    assert (run.state, run.added, run.changed, run.removed) == (ImportRun.State.APPLIED, 0, 1, 0)
    assert maple().city == "New Elm"
    assert Release.objects.count() == 1


def test_a_school_that_a_newer_directory_lacks_is_gone_and_keeps_its_page(bring):
    bring(hd(MAPLE, ANNE, year=2023))
    run = bring(hd(MAPLE, year=2024))
    anne = School.objects.get(unitid=100202)
    assert run.removed == 1
    assert (anne.status, anne.release.vintage) == (SchoolState.GONE, "2023-24")
    assert maple().release.vintage == "2024-25"


def test_a_school_that_comes_back_is_open_again(bring):
    for rows, year in (((MAPLE, ANNE), 2022), ((MAPLE,), 2023), ((MAPLE, ANNE), 2024)):
        bring(hd(*rows, year=year), force="a small test")
    assert School.objects.get(unitid=100202).status == SchoolState.OPEN


def test_an_older_directory_adds_only_schools_that_are_gone_since(bring):
    bring(hd(MAPLE, year=2024))
    before = fingerprint()
    run = bring(hd(school(100101, "Old Name College"), ANNE, year=2022))
    anne = School.objects.get(unitid=100202)
    assert (run.added, run.changed, run.removed) == (1, 0, 0)
    assert (maple().name, maple().release.vintage) == ("Maple Fork College", "2024-25")
    assert (anne.status, anne.release.vintage) == (SchoolState.GONE, "2022-23")
    assert FormerSlug.objects.count() == 0
    assert before != fingerprint()


def test_an_older_directory_with_nothing_new_leaves_its_release_complete(bring):
    bring(hd(MAPLE, year=2024))
    assert bring(hd(MAPLE, year=2022)).state == ImportRun.State.UNCHANGED
    older = Release.objects.get(vintage="2022-23")
    assert (older.rows, older.file_name, older.year, len(older.sha256)) == (1, "hd2022.csv", 2022, 64)


def test_a_renamed_school_is_found_under_both_addresses(bring):
    bring(hd(MAPLE, year=2023))
    bring(hd(school(100101, "Maple University"), year=2024))
    assert maple().slug == "maple-university-100101"
    assert [(each.slug, each.school) for each in FormerSlug.objects.all()] == [("maple-fork-college-100101", maple())]


def test_a_school_that_takes_its_old_name_back_does_not_lead_to_itself(bring):
    for year, name in ((2022, "Maple Fork College"), (2023, "Maple University"), (2024, "Maple Fork College")):
        bring(hd(school(100101, name), year=year))
    assert maple().slug == "maple-fork-college-100101"
    assert [each.slug for each in FormerSlug.objects.all()] == ["maple-university-100101"]


def test_a_correction_survives_and_says_what_the_file_says_now(bring):
    bring(hd(MAPLE, year=2023))
    correct(target=maple(), column="website", value="https://maple.example/", reason="The old one is dead", by=None)
    bring(hd(MAPLE, year=2024))
    assert (maple().website, Override.objects.get().conflict_since) == ("https://maple.example/", None)

    bring(hd(school(100101, "Maple Fork College", WEBADDR="new.example"), year=2025))
    override = Override.objects.get()
    assert maple().website == "https://maple.example/"
    assert override.official_value == "new.example"
    assert override.conflict_since is not None


def test_a_file_that_comes_to_say_what_the_correction_says_is_no_conflict(bring):
    bring(hd(MAPLE, year=2023))
    correct(target=maple(), column="website", value="new.example", reason="Seen on the door", by=None)
    bring(hd(school(100101, "Maple Fork College", WEBADDR="new.example"), year=2024))
    assert (maple().website, Override.objects.get().conflict_since) == ("new.example", None)


def test_a_school_entered_by_staff_is_not_taken_for_gone(bring):
    bring(hd(MAPLE))
    staff = Release.objects.create(source=Source.PROGRAM_FACTS, vintage="by hand", rank=0, origin=Release.Origin.STAFF)
    School.objects.create(name="Own", slug="own", city="Elm", state="OH", control=1, release=staff)
    bring(hd(MAPLE, ANNE))
    assert School.objects.get(name="Own").status == SchoolState.OPEN


def test_a_row_that_cannot_be_read_does_not_close_its_school(bring):
    bring(hd(MAPLE, ANNE))
    run = bring(hd(MAPLE, school(100202, "Institut Sainte-Anne", CONTROL="x")), force="known to be damaged")
    assert (run.rejected, run.removed) == (1, 0)
    assert "nothing was taken off" in run.message
    assert School.objects.get(unitid=100202).status == SchoolState.OPEN


def test_names_too_odd_for_an_address_still_get_one(bring):
    bring(hd(school(100101, "中文"), school(100202, "A" * 190), school(100303, "Ünïvërsity & Co.")))
    slugs = dict(School.objects.values_list("unitid", "slug"))
    assert slugs[100101] == "school-100101"
    assert len(slugs[100202]) <= 160
    assert slugs[100303] == "university-co-100303"


def test_the_year_is_read_from_the_name_of_the_member_or_given_by_hand(bring, tmp_path):
    unnamed = write(tmp_path / "directory.csv", HD.content())
    refused = load(Order(unnamed, Source.IPEDS_HD)).run
    assert refused.state == ImportRun.State.REFUSED
    assert "--vintage" in refused.message
    load(Order(unnamed, Source.IPEDS_HD, vintage=Vintage("2024-25", 202400, 2024)))
    load(Order(write(tmp_path / "x.zip", archive({"HD2025.CSV": HD.content()})), Source.IPEDS_HD))
    assert sorted(Release.objects.values_list("vintage", flat=True)) == ["2024-25", "2025-26"]
