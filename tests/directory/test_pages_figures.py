"""Rows become figures: the number, what it describes, its year, its source and the caveat that goes along."""

from __future__ import annotations

import pytest

from directory.models import Completions, FieldOutcome, Listing, ProgramCharge, SchoolFigure
from directory.profiles.figures import (
    LISTING_RELEASES,
    awards_by_year,
    charge_figures,
    outcome_figures,
    program_awards,
    program_earnings,
    program_price,
)
from directory.profiles.school_figures import distance_shares, school_figures
from directory.vocab import Level, Missing, Quality, SchoolMeasure, Source, Unit
from tests.directory.invented import release, school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def listing(slug: str) -> Listing:
    found: Listing = Listing.objects.select_related(*LISTING_RELEASES).get(program__slug=slug)
    return found


class TestAProgram:
    def test_an_estimated_price_says_that_it_is_the_schools(self):
        price = program_price(listing("maple-hit-associate"))
        assert (price.value, price.unit, price.level, price.year) == (
            8_000,
            Unit.USD,
            Level.INSTITUTION,
            "2023-24",
        )
        assert price.note.startswith("Estimate")
        assert price.source == Source.IPEDS_TUITION.label

    def test_a_published_price_is_the_programs_own(self):
        price = program_price(listing("cedar-coding-certificate"))
        assert (price.value, price.level, price.source) == (
            14_500,
            Level.PROGRAM,
            Source.IPEDS_IC_PY.label,
        )

    def test_a_price_that_nobody_reports_has_its_reason_and_no_zero(self):
        price = program_price(listing("elm-hit-associate"))
        assert (price.value, price.missing) == (None, Missing.NOT_REPORTED)

    def test_earnings_are_of_the_field_and_say_of_whom(self):
        earnings = program_earnings(listing("maple-hit-associate"))
        assert (earnings.value, earnings.level, earnings.year) == (41_000, Level.FIELD, "April 2025")
        assert "4 years after finishing" in earnings.note
        assert "CIP 51.07" in earnings.note

    def test_withheld_earnings_say_so_without_a_caveat_about_a_number(self):
        earnings = program_earnings(listing("birch-hit-associate"))
        assert (earnings.value, earnings.missing, earnings.note) == (None, Missing.SUPPRESSED, "")

    def test_awards_of_the_ipeds_year_2024_were_given_in_2023_24(self):
        awards = program_awards(listing("maple-hit-associate"))
        assert (awards.value, awards.year, awards.level) == (40, "2023-24", Level.PROGRAM)

    def test_no_awards_is_a_zero_and_not_a_gap(self):
        awards = program_awards(listing("maple-coding-short"))
        assert (awards.value, awards.missing) == (0, None)


class TestAwardsByYear:
    def rows(self, slug: str) -> list[Completions]:
        return list(Completions.objects.filter(program__slug=slug).select_related("release"))

    def test_the_oldest_comes_first(self):
        years = awards_by_year(self.rows("maple-hit-associate"), loaded=[2022, 2023, 2024])
        assert [(each.year, each.value) for each in years] == [
            ("2021-22", 30),
            ("2022-23", 35),
            ("2023-24", 40),
        ]

    def test_a_school_missing_from_a_loaded_file_did_not_report(self):
        years = awards_by_year(self.rows("birch-him-bachelors"), loaded=[2021, 2022, 2023, 2024])
        assert [each.missing for each in years] == [None, None, Missing.NOT_REPORTED, Missing.NOT_REPORTED]

    def test_a_year_without_a_file_is_not_collected(self):
        years = awards_by_year(self.rows("maple-coding-certificate"), loaded=[2021, 2023, 2024])
        assert [(each.year, each.missing) for each in years] == [
            ("2020-21", Missing.NOT_REPORTED),
            ("2021-22", Missing.NOT_COLLECTED),
            ("2022-23", None),
            ("2023-24", None),
        ]

    def test_only_the_last_years_are_shown(self):
        years = awards_by_year(self.rows("maple-hit-associate"), loaded=range(2015, 2025), years=2)
        assert [each.year for each in years] == ["2022-23", "2023-24"]

    def test_a_program_without_rows_has_no_years(self):
        assert awards_by_year([], loaded=[2024]) == []


class TestOutcomes:
    def test_each_earnings_column_names_its_own_cohort_and_dollars(self):
        outcome = FieldOutcome.objects.select_related("release").get(school__slug="maple-fork-college", credential=2)
        found = {line.label: line.figure for line in outcome_figures(outcome)}
        four, one = (
            found["Median earnings, 4 years after finishing"],
            found["Median earnings, 1 year after finishing"],
        )
        assert "2014-15 and 2015-16, in 2021 dollars" in four.note
        assert "2018-19 and 2019-20, in 2022 dollars" in one.note

    def test_a_release_whose_cohorts_we_do_not_know_names_none(self):
        outcome = FieldOutcome.objects.get(school__slug="maple-fork-college", credential=2)
        outcome.release = release(Source.SCORECARD_FIELD, "June 2026", rank=202606)
        notes = [line.figure.note for line in outcome_figures(outcome)]
        assert notes
        assert not [note for note in notes if "dollars" in note]

    def test_what_the_file_does_not_carry_is_left_out_and_what_it_withholds_is_shown(self):
        outcome = FieldOutcome.objects.get(school__slug="birch-valley-college", credential=2)
        (line,) = outcome_figures(outcome)
        assert line.figure.missing is Missing.SUPPRESSED

    def test_debt_is_no_yearly_sum(self):
        outcome = FieldOutcome.objects.get(school__slug="maple-fork-college", credential=2)
        debt = [line.figure for line in outcome_figures(outcome) if "debt" in line.label]
        assert [(each.value, each.unit) for each in debt] == [(9_500, Unit.USD)]


def test_a_career_schools_charge_comes_with_books_months_and_hours():
    price, books, length = charge_figures(ProgramCharge.objects.select_related("release").get())
    assert (price.figure.value, books.figure.value) == (14_500, 1_200)
    assert (length.figure.value, length.figure.unit, length.figure.note) == (
        9,
        Unit.MONTHS,
        "720 clock hours",
    )


class TestASchool:
    def row(self, measure: SchoolMeasure, year: int, value: int | None, **columns: object) -> SchoolFigure:
        source = columns.pop("source", Source.IPEDS_TUITION)
        assert isinstance(source, Source)
        vintage = str(columns.pop("vintage", f"{year}-{(year + 1) % 100}"))
        reason = "" if value is not None else Missing.NOT_REPORTED
        return SchoolFigure(
            measure=measure, year=year, value=value, value_note=str(columns.pop("note", reason)),
            release=release(source, vintage, rank=year * 100),
        )  # fmt: skip

    def test_the_newest_year_leads_and_the_older_ones_follow(self):
        rows = [self.row(SchoolMeasure.TUITION_IN_STATE, year, 1_000 + year) for year in (2021, 2023, 2022)]
        (found,) = school_figures(rows)
        assert [each.year for each in found.all] == ["2023-24", "2022-23", "2021-22"]

    def test_a_newer_year_without_a_value_does_not_hide_an_older_one_with_it(self):
        rows = [
            self.row(SchoolMeasure.NET_PRICE, 2022, 9_100),
            self.row(SchoolMeasure.NET_PRICE, 2023, None),
        ]
        (found,) = school_figures(rows)
        assert (found.newest.value, found.others[0].missing) == (9_100, Missing.NOT_REPORTED)

    def test_two_sources_of_one_year_both_stay(self):
        rows = [
            self.row(SchoolMeasure.TUITION_IN_STATE, 2023, 4_000),
            self.row(SchoolMeasure.TUITION_IN_STATE, 2023, 4_100, source=Source.IPEDS_COST),
        ]
        (found,) = school_figures(rows)
        assert {each.source for each in found.all} == {Source.IPEDS_TUITION.label, Source.IPEDS_COST.label}

    def test_measures_keep_the_order_of_the_vocabulary(self):
        wanted = [SchoolMeasure.EARNINGS_10, SchoolMeasure.TUITION_IN_DISTRICT, SchoolMeasure.BOOKS]
        found = school_figures(self.row(measure, 2023, 1) for measure in wanted)
        assert [each.measure for each in found] == [wanted[1], wanted[2], wanted[0]]

    def test_an_imputed_value_keeps_that_word(self):
        (found,) = school_figures([self.row(SchoolMeasure.BOOKS, 2023, 900, note=Quality.IMPUTED)])
        assert found.newest.quality is Quality.IMPUTED

    def test_scorecard_figures_are_dated_by_their_release(self):
        row = self.row(SchoolMeasure.EARNINGS_10, 2025, 40_000, source=Source.SCORECARD_INSTITUTION, vintage="May 2025")
        (found,) = school_figures([row])
        assert found.newest.year == "May 2025"
        assert "in all fields" in found.newest.note

    def test_every_measure_has_a_unit(self):
        for measure in SchoolMeasure:
            (found,) = school_figures([self.row(measure, 2023, 1)])
            assert found.newest.unit in Unit

    def test_the_online_share_is_of_all_students(self):
        rows = [
            self.row(SchoolMeasure.ENROLLED, 2024, 3_000),
            self.row(SchoolMeasure.DISTANCE_ALL, 2024, 1_000),
        ]
        (share,) = distance_shares(rows)
        assert (share.label, share.figure.value, share.figure.unit) == ("2024", 33.3, Unit.PERCENT)
        assert share.figure.note == "1,000 of 3,000 students"

    def test_a_share_of_an_unknown_number_is_unknown(self):
        rows = [
            self.row(SchoolMeasure.ENROLLED, 2024, 3_000),
            self.row(SchoolMeasure.DISTANCE_ALL, 2024, None),
            self.row(SchoolMeasure.DISTANCE_ALL, 2023, 10),
        ]
        newest, older = distance_shares(rows)
        assert (newest.figure.value, newest.figure.missing) == (None, Missing.NOT_REPORTED)
        assert (older.figure.value, older.figure.missing) == (None, Missing.NOT_APPLICABLE)

    def test_a_school_without_students_has_no_share(self):
        rows = [self.row(SchoolMeasure.ENROLLED, 2024, 0), self.row(SchoolMeasure.DISTANCE_ALL, 2024, 0)]
        assert distance_shares(rows)[0].figure.value is None


def test_a_school_without_figures_has_none():
    assert school_figures(SchoolFigure.objects.filter(school=school(199999))) == []
