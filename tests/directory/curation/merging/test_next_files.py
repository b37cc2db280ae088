"""Official files after a merge: what was merged away is not brought back by the file that names it."""

from __future__ import annotations

import pytest

from directory.curation.merging.merge import merge, schools_of, unmerge
from directory.importers.evidence import single_program
from directory.models import Completions, FormerSlug, ImportRun, Listing, Merge, Program, School
from directory.pipeline.load import Order, load
from directory.pipeline.refresh import refresh
from directory.vocab import ListingState, Source
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_ipeds import ANNE, BROOK, HD, MAPLE, awards, completions, hd, school

pytestmark = pytest.mark.django_db
HIT, CODER = "51.0707", "51.0713"


@pytest.fixture
def bring(tmp_path):
    """Loads a sample, and says what became of it."""

    def bring(sample, source: Source) -> ImportRun:
        return load(Order(sample.write(tmp_path), source)).run

    for needed, source in ((CIP, Source.CIP), (HD, Source.IPEDS_HD)):
        bring(needed, source)
    return bring


def reported(year: int):
    return completions(awards(100101, HIT, 3, 40), awards(100101, CODER, 3, 8), year=year)


def program(cip: str) -> Program:
    return Program.objects.get(school__unitid=100101, field__cip=cip)


def merged(gone, survivor) -> Merge:
    done = merge(gone=gone, survivor=survivor, reason="One program", by=None)
    refresh(schools_of(done))
    return done


@pytest.mark.parametrize("year", [2024, 2025], ids=["the same file again", "the next year's file"])
def test_a_program_that_files_name_on_stays_merged_away(bring, client, year):
    bring(reported(2024), Source.IPEDS_COMPLETIONS)
    old = program(CODER).get_absolute_url()
    merged(program(CODER), program(HIT))
    run = bring(reported(year), Source.IPEDS_COMPLETIONS)
    assert run.state in (ImportRun.State.APPLIED, ImportRun.State.UNCHANGED)
    gone, kept = program(CODER), program(HIT)
    assert (gone.merged_into, gone.state) == (kept, ListingState.WITHDRAWN)
    assert Program.objects.count() == 2
    assert list(Listing.objects.listed().values_list("program", flat=True)) == [kept.pk]
    # Each figure stays with the code under which the file reports it.
    assert Completions.objects.get(program=kept, year=year).awards == 40
    assert Completions.objects.get(program=gone, year=year).awards == 8
    assert client.get(old).headers["Location"] == kept.get_absolute_url()


def test_undone_after_a_further_file_the_program_stands_with_its_new_figures(bring):
    bring(reported(2024), Source.IPEDS_COMPLETIONS)
    done = merged(program(CODER), program(HIT))
    bring(reported(2025), Source.IPEDS_COMPLETIONS)
    assert unmerge(merge=done, reason="Two after all", by=None) == []
    refresh(schools_of(done))
    back = program(CODER)
    assert (back.state, back.last_year, back.listing.listed) == (ListingState.LISTED, 2025, True)


def test_a_school_that_the_directory_names_on_stays_merged_away_also_under_a_new_name(bring, client):
    gone, kept = School.objects.get(unitid=100303), School.objects.get(unitid=100101)
    old = gone.get_absolute_url()
    done = merged(gone, kept)
    renamed = school(100303, "Brook Institute of Business", CITY="Brook", STABBR="TX", CONTROL="3", SECTOR="9")
    bring(hd(MAPLE, ANNE, renamed, year=2025), Source.IPEDS_HD)
    gone.refresh_from_db()
    assert (gone.merged_into, gone.name) == (kept, "Brook Institute of Business"), "the file's own facts are kept"
    assert list(FormerSlug.objects.values_list("slug", "school")) == [("brook-business-institute-100303", kept.pk)]
    for address in (old, "/schools/100303/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (301, kept.get_absolute_url())
    unmerge(merge=done, reason="Two", by=None)
    bring(hd(MAPLE, ANNE, BROOK, year=2026), Source.IPEDS_HD)
    assert client.get(old).status_code == 200


def test_a_program_first_reported_at_a_school_that_is_another_one_is_on_no_list(bring):
    gone, kept = School.objects.get(unitid=100202), School.objects.get(unitid=100101)
    merged(gone, kept)
    bring(completions(awards(100101, HIT, 3, 40), awards(100202, HIT, 3, 5)), Source.IPEDS_COMPLETIONS)
    assert [listing.school for listing in Listing.objects.listed()] == [kept]
    assert Program.objects.listed().count() == 1


def test_evidence_about_the_one_that_is_gone_is_evidence_about_the_one_that_stands(bring):
    bring(reported(2024), Source.IPEDS_COMPLETIONS)
    merged(program(CODER), program(HIT))
    at = program(HIT).school_id
    assert single_program(at, [CODER], [3]) == program(HIT).pk
    assert single_program(at, [CODER, HIT], [3]) == program(HIT).pk
