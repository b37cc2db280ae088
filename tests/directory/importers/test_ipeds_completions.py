"""Completions of IPEDS: which programs there are, how many awards, and what happens to them over the years."""

from __future__ import annotations

import pytest

from directory.curation.overrides import correct
from directory.importers.base import Scope
from directory.models import Completions, FieldOfStudy, ImportRun, Listing, Program, Release
from directory.pipeline.load import Order, load
from directory.vocab import ListingState, Missing, Source
from tests.directory.importers.files import Sample
from tests.directory.importers.samples_cip import CHANGES, CIP
from tests.directory.importers.samples_ipeds import COMPLETIONS, HD, awards, completions
from tests.factories.state import contents, fingerprint, undone

pytestmark = pytest.mark.django_db

HIT, CODER, BILLER, FARM = "51.0707", "51.0713", "51.0714", "01.0101"
FAMILY = Scope(("51.07",))


@pytest.fixture
def bring(tmp_path):
    """Loads completions after the directory and the CIP list, and says what became of them."""
    for needed in (CIP, HD):
        needed.load(tmp_path)

    def bring(sample: Sample, **order) -> ImportRun:
        return load(Order(sample.write(tmp_path), Source.IPEDS_COMPLETIONS, **order)).run

    return bring


def program(unitid: int = 100101, cip: str = HIT, level: int = 3) -> Program:
    return Program.objects.get(school__unitid=unitid, field__cip=cip, award_level=level)


def release(year: int) -> Release:
    return Release.objects.get(source=Source.IPEDS_COMPLETIONS, year=year)


def years(of: Program) -> dict[int, int | None]:
    return dict(of.completions.values_list("year", "awards"))


def test_a_row_is_a_program_with_its_awards_of_the_year(bring):
    run = bring(COMPLETIONS)
    assert (run.state, run.rows_read, run.rows_skipped, run.rejected) == (ImportRun.State.APPLIED, 4, 1, 0)
    found = program()
    assert found.slug == "records-information-technician-51-0707-associate-100101"
    assert (years(found), found.first_year, found.last_year) == ({2024: 40}, 2024, 2024)
    assert found.release.vintage == "2023-24"
    assert Program.objects.count() == 3


def test_no_awards_means_offered_not_absent(bring):
    bring(COMPLETIONS)
    coder = program(cip=CODER, level=21)
    assert (coder.state, years(coder)) == (ListingState.LISTED, {2024: 0})
    assert Listing.objects.get(program=coder).awards == 0


def test_totals_of_the_school_are_no_program(bring):
    run = bring(completions(awards(100101, "99", 3, 40), awards(100101, "99.0000", 3, 40), awards(100101, HIT, 3, 40)))
    assert (run.rows_skipped, run.rejected, Program.objects.count()) == (2, 0, 1)


def test_subtotals_of_a_series_or_a_family_are_no_program(bring):
    run = bring(completions(awards(100101, "51", 3, 40), awards(100101, "51.07", 3, 40), awards(100101, HIT, 3, 40)))
    assert (run.rows_skipped, Program.objects.count()) == (2, 1)


def test_second_majors_add_up_with_first_ones(bring):
    rows = (awards(100101, HIT, 3, 40), awards(100101, HIT, 3, 2, major=2), awards(100202, HIT, 5, 7, major=2))
    bring(completions(*rows))
    assert years(program()) == {2024: 42}
    assert years(program(100202, level=5)) == {2024: 7}


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ("-1", Missing.NOT_REPORTED),
        ("-2", Missing.NOT_APPLICABLE),
        (".", Missing.NOT_REPORTED),
        ("-9", Missing.NOT_APPLICABLE),
    ],
)
def test_a_missing_count_is_unknown_with_its_reason(bring, mark, reason):
    bring(completions(awards(100101, HIT, 3, mark, XCTOTALT="")))
    found = Completions.objects.get()
    assert (found.awards, found.awards_note) == (None, reason)
    assert (program().state, Listing.objects.get().awards) == (ListingState.LISTED, None)


def test_a_sum_with_an_unknown_part_is_unknown(bring):
    bring(completions(awards(100101, HIT, 3, 40), awards(100101, HIT, 3, "-1", major=2, XCTOTALT="")))
    assert years(program()) == {2024: None}


@pytest.mark.parametrize(("level", "slug"), [(1, "certificate-under-1-year"), (20, "certificate-under-12-weeks")])
def test_award_levels_of_every_year_are_known(bring, level, slug):
    bring(completions(awards(100101, HIT, level, 5), year=2019))
    assert program(level=level).slug.endswith(f"{slug}-100101")


def test_levels_and_majors_that_ipeds_does_not_have_are_rejected(bring):
    rows = (awards(100101, HIT, 9, 1), awards(100101, HIT, 3, 1, major=3), awards(100101, HIT, 3, 40))
    run = bring(completions(*rows))
    assert list(run.rejects.values_list("line", "column", "value")) == [(2, "AWLEVEL", "9"), (3, "MAJORNUM", "3")]
    assert years(program()) == {2024: 40}


def test_a_file_of_seven_columns_is_read_as_well(bring):
    seven = ("UNITID", "CIPCODE", "MAJORNUM", "AWLEVEL", "CTOTALT", "CTOTALM", "CTOTALW")
    part = COMPLETIONS.part
    bring(COMPLETIONS.but(part.reordered([part.header.index(name) for name in seven])))
    assert years(program()) == {2024: 40}


def test_parts_that_exceed_the_total_show_that_cells_have_moved(bring):
    run = bring(completions(awards(100101, HIT, 3, 4, CTOTALM="3", CTOTALW="2"), awards(100202, HIT, 5, 1)))
    assert run.rejects.get().column == "CTOTALT"


def test_rows_about_schools_that_are_not_held_are_rejected_with_their_number(bring):
    run = bring(completions(awards(999999, HIT, 3, 4), awards(100101, HIT, 3, 1)))
    reject = run.rejects.get()
    assert (reject.line, reject.column, reject.value) == (2, "UNITID", "999999")
    assert "HD" in reject.reason
    assert run.message == ""  # the row could be read: nothing is in doubt


def test_a_repeated_key_is_rejected_and_the_first_row_counts(bring):
    run = bring(completions(awards(100101, HIT, 3, 40), awards(100101, HIT, 3, 41)))
    assert years(program()) == {2024: 40}
    assert "line 2" in run.rejects.get().reason


def test_the_directory_and_the_cip_list_come_first(tmp_path):
    run = load(Order(COMPLETIONS.write(tmp_path), Source.IPEDS_COMPLETIONS)).run
    assert run.state == ImportRun.State.REFUSED
    assert "load that first" in run.message


# --- Scope ------------------------------------------------------------------------------------------
def test_only_the_wanted_codes_become_programs(bring):
    rows = (awards(100101, HIT, 3, 40), awards(100101, CODER, 2, 4), awards(100101, FARM, 3, 9))
    run = bring(completions(*rows), scope=Scope((HIT,)))
    assert (Program.objects.count(), run.rows_skipped, run.scope) == (1, 2, HIT)
    bring(completions(*rows), scope=FAMILY)
    assert Program.objects.count() == 2
    run = bring(completions(*rows))
    assert (Program.objects.count(), run.scope) == (3, "all")


def test_a_narrower_scope_takes_nothing_away_and_is_not_taken_for_a_cut_off_file(bring):
    rows = (awards(100101, HIT, 3, 40), *(awards(100101, CODER, level, 1) for level in (2, 4, 20, 21)))
    bring(completions(*rows))
    before = contents()
    run = bring(completions(*rows), scope=Scope((HIT,)))
    assert run.state == ImportRun.State.UNCHANGED
    assert contents() == before


def test_the_same_file_twice_changes_nothing(bring):
    bring(COMPLETIONS)
    before = fingerprint()
    assert bring(COMPLETIONS).state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


# --- Years ------------------------------------------------------------------------------------------
def test_a_program_that_stopped_is_no_longer_reported_and_comes_back(bring):
    both = (awards(100101, HIT, 3, 40), awards(100101, CODER, 21, 5))
    bring(completions(*both, year=2022))
    run = bring(completions(*both[:1], year=2023), force="a small test")
    coder = program(cip=CODER, level=21)
    assert (coder.state, coder.last_year, run.removed) == (ListingState.NOT_REPORTED, 2022, 1)
    assert not Listing.objects.get(program=coder).listed

    bring(completions(*both, year=2024))
    coder.refresh_from_db()
    assert (coder.state, coder.first_year, coder.last_year) == (ListingState.LISTED, 2022, 2024)


def test_what_leaves_the_lists_is_named(bring, tmp_path):
    bring(completions(awards(100101, HIT, 3, 40), awards(100101, CODER, 21, 5), year=2023))
    path = completions(awards(100101, HIT, 3, 40), year=2024).write(tmp_path)
    outcome = load(Order(path, Source.IPEDS_COMPLETIONS, dry_run=True))
    assert "no longer reported: coding-specialist-51-0713-certificate-12-weeks-1-year-100101" in outcome.samples


def test_the_order_in_which_years_arrive_does_not_matter(bring):
    files = (
        completions(awards(100101, HIT, 3, 30), awards(100101, CODER, 21, 3), year=2022),
        completions(awards(100101, HIT, 3, 40), year=2023),
        completions(awards(100101, HIT, 3, 50), awards(100202, HIT, 5, 7), year=2024),
    )
    states = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0), (0, 2, 1)):
        with undone():
            for at in order:
                bring(files[at])
            states.append(contents())
    assert all(state == states[0] for state in states[1:])
    assert "not-reported" in str(states[0]["directory.Program"])


def test_an_older_file_adds_history_and_delists_nothing(bring):
    bring(completions(awards(100101, HIT, 3, 40), awards(100101, CODER, 21, 5), year=2024))
    run = bring(completions(awards(100101, HIT, 3, 30), year=2021))
    assert (run.removed, years(program())) == (0, {2021: 30, 2024: 40})
    assert (program().first_year, program(cip=CODER, level=21).state) == (2021, ListingState.LISTED)


def test_a_revised_file_of_the_year_corrects_and_drops(bring):
    bring(completions(awards(100101, HIT, 3, 40), awards(100101, CODER, 21, 5)))
    run = bring(completions(awards(100101, HIT, 3, 44)), force="the revision is right")
    assert years(program()) == {2024: 44}
    assert run.force_reason == "the revision is right"
    assert run.removed == 2  # the count of the year, and the program from the lists
    coder = program(cip=CODER, level=21)
    assert (years(coder), coder.state) == ({}, ListingState.NOT_REPORTED)


def test_a_file_answers_only_for_the_families_that_it_names(bring):
    bring(completions(awards(100101, HIT, 3, 40), awards(100101, FARM, 3, 9), year=2023))
    bring(completions(awards(100101, HIT, 3, 40), year=2024))
    assert program(cip=FARM).state == ListingState.LISTED
    assert (release(2024).families, release(2023).families) == (
        ["51.07"], ["01.01", "51.07"],
    )  # fmt: skip


def test_a_file_answers_only_for_the_codes_that_were_asked_of_it(bring):
    both = (awards(100101, HIT, 3, 40), awards(100101, CODER, 21, 5))
    bring(completions(*both, year=2023))
    bring(completions(awards(100101, HIT, 3, 44), year=2024), scope=Scope((HIT,)))
    assert program(cip=CODER, level=21).state == ListingState.LISTED
    assert release(2024).families == [HIT]
    bring(completions(*both, year=2022))  # a third year must not take 2024's silence for an answer
    assert program(cip=CODER, level=21).state == ListingState.LISTED


def test_a_second_file_of_a_year_adds_to_what_the_year_answers_for(bring):
    bring(completions(awards(100101, HIT, 3, 40), awards(100101, FARM, 3, 9), year=2023))
    bring(completions(awards(100101, HIT, 3, 40), awards(100202, FARM, 5, 9), year=2024))
    bring(completions(awards(100101, HIT, 3, 40), awards(100202, FARM, 5, 9), year=2024), scope=Scope((HIT,)))
    bring(completions(awards(100101, FARM, 3, 9), year=2022))
    assert program(cip=FARM).state == ListingState.NOT_REPORTED  # 2024 still says so


def test_a_row_that_cannot_be_read_delists_nothing(bring):
    bring(completions(awards(100101, HIT, 3, 40), awards(100101, CODER, 21, 5), year=2023))
    run = bring(completions(awards(100101, HIT, 3, 40), awards(100101, CODER, 21, "five"), year=2024))
    assert (run.removed, program(cip=CODER, level=21).state) == (0, ListingState.LISTED)
    assert release(2024).families == []


def test_codes_of_2010_count_for_what_became_of_them(bring, tmp_path):
    CHANGES.load(tmp_path)
    rows = (awards(100101, "51.0712", 2, 4), awards(100101, CODER, 2, 3), awards(100101, "51.0799", 2, 9))
    run = bring(completions(*rows, year=2019))
    assert years(program(cip=CODER, level=2)) == {2019: 7}
    assert FieldOfStudy.objects.filter(cip="51.0712").count() == 0
    assert run.rejected == 0


def test_from_2020_on_codes_mean_what_they_say(bring, tmp_path):
    CHANGES.load(tmp_path)
    bring(completions(awards(100101, "51.0712", 2, 4), year=2024))
    assert years(program(cip="51.0712", level=2)) == {2024: 4}


# --- Corrections ------------------------------------------------------------------------------------
def test_a_program_that_staff_took_off_stays_off(bring):
    bring(completions(awards(100101, HIT, 3, 40), year=2023))
    correct(target=program(), column="state", value=ListingState.WITHDRAWN, reason="Not offered, they say", by=None)
    bring(completions(awards(100101, HIT, 3, 44), year=2024))
    assert (program().state, years(program())) == (ListingState.WITHDRAWN, {2023: 40, 2024: 44})
    assert not Listing.objects.get().listed


def test_a_title_of_staff_survives(bring):
    bring(completions(awards(100101, HIT, 3, 40), year=2023))
    correct(target=program(), column="title", value="Health Data AAS", reason="Their own name", by=None)
    bring(completions(awards(100101, HIT, 3, 44), year=2024))
    assert (program().title, Listing.objects.get().title) == ("Health Data AAS", "Health Data AAS")
