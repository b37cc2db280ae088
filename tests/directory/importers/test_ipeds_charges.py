"""Charges: yearly figures of schools with their history, and prices of a career school's programs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from directory.importers.base import Scope
from directory.models import ImportRun, ProgramCharge, Release, SchoolFigure
from directory.vocab import SchoolMeasure, Source
from tests.directory.importers.bringing import Bring, complaints, told
from tests.directory.importers.samples_charges import (
    AY_HEADER,
    COST1,
    IC_AY,
    IC_PY,
    NOTHING,
    charges,
    cost,
    cost1,
    ic_ay,
    ic_py,
    program,
    program_charges,
)
from tests.directory.importers.samples_cip import CHANGES, CIP
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db
M = SchoolMeasure


@pytest.fixture
def bring(tmp_path):
    return Bring(tmp_path)


def figures(unitid: int, measure: str, source: Source = Source.IPEDS_IC_AY) -> dict[int, tuple[int | None, str]]:
    rows = SchoolFigure.objects.filter(school__unitid=unitid, measure=measure, release__source=source)
    return {row.year: (row.value, row.value_note) for row in rows}


def prices(unitid: int) -> dict[int, tuple[str, int | None, int | None, int | None, int | None, int | None]]:
    rows = ProgramCharge.objects.filter(school__unitid=unitid)
    return {row.position: (row.cip, row.price, row.supplies, row.hours, row.hour_unit, row.months) for row in rows}


class TestAcademicYear:
    def test_published_prices_come_with_three_years_of_history(self, bring):
        bring(IC_AY)
        assert figures(100101, M.TUITION_IN_DISTRICT) == {
            2018: (3700, ""),
            2019: (3800, ""),
            2020: (3900, ""),
            2021: (4000, ""),
        }
        assert figures(100101, M.TUITION_IN_STATE)[2021] == (4600, "")
        assert figures(100202, M.TUITION_IN_STATE)[2021] == (9100, "")
        assert figures(100101, M.TUITION_OUT_OF_STATE)[2021] == (8800, "")
        assert figures(100101, M.BOOKS)[2021] == (1500, "")
        assert figures(100101, M.CREDIT_IN_STATE) == {2021: (140, "")}

    def test_a_school_without_charges_says_why_for_the_year_of_the_file_only(self, bring):
        bring(IC_AY)
        assert figures(100303, M.TUITION_IN_STATE) == {2021: (None, "not-applicable")}

    def test_without_a_published_price_average_tuition_and_fees_are_added(self, bring):
        bring(ic_ay(charges(100101, CHG2AY3=".", XCHG2AY3="A", TUITION2="4200", FEE2="0", XFEE2="Z")))
        assert figures(100101, M.TUITION_IN_STATE)[2021] == (4200, "")

    def test_tuition_without_its_fees_is_no_price(self, bring):
        bring(ic_ay(charges(100101, CHG2AY3=".", XCHG2AY3="A", FEE2=".", XFEE2="B")))
        assert figures(100101, M.TUITION_IN_STATE)[2021] == (None, "not-applicable")

    @pytest.mark.parametrize(
        ("flag", "value", "expected"),
        [
            ("R", "4600", (4600, "")),
            ("P", "4600", (4600, "imputed")),
            ("C", "4600", (4600, "corrected")),
            ("Z", "0", (0, "implied")),
            ("R", "0", (0, "")),
            ("B", ".", (None, "not-reported")),
            ("A", ".", (None, "not-applicable")),
            ("", "-1", (None, "not-reported")),
            ("", "-2", (None, "not-applicable")),
        ],
    )
    def test_the_flag_says_what_the_number_is_worth(self, bring, flag, value, expected):
        bring(ic_ay(charges(100101, **{**NOTHING, "CHG2AY3": value, "XCHG2AY3": flag})))
        assert figures(100101, M.TUITION_IN_STATE)[2021] == expected

    def test_a_flag_that_is_none_tells_that_cells_have_moved(self, bring):
        outcome = bring(ic_ay(charges(100101), charges(100202, XCHG3AY3="8800")))
        assert complaints(outcome) == [(3, "XCHG3AY3", "not a flag of IPEDS; the cells of the row may have moved")]

    def test_a_school_twice_keeps_its_first_row(self, bring):
        outcome = bring(ic_ay(charges(100101), charges(100101, CHG2AY3="1")))
        assert complaints(outcome) == [(3, "UNITID", "says again what line 2 says")]
        assert figures(100101, M.TUITION_IN_STATE)[2021] == (4600, "")

    @pytest.mark.parametrize("column", ["UNITID", "CHG1AY3", "CHG2AY3", "CHG3AY3", "CHG4AY3", "TUITION2", "FEE2"])
    def test_a_file_without_a_column_is_refused_and_names_it(self, bring, column):
        keep = [at for at, name in enumerate(AY_HEADER) if name != column]
        run = bring(IC_AY.but(IC_AY.part.reordered(keep))).run
        assert run.state == ImportRun.State.REFUSED
        assert column in run.message

    def test_the_same_file_twice_changes_nothing(self, bring):
        bring(IC_AY)
        before = fingerprint()
        assert bring(IC_AY).run.state == ImportRun.State.UNCHANGED
        assert fingerprint() == before

    def test_two_years_live_side_by_side_each_under_its_release(self, bring):
        bring(ic_ay(charges(100101, CHG2AY3="4600"), year=2021))
        bring(ic_ay(charges(100101, CHG2AY3="4300"), year=2020))
        rows = SchoolFigure.objects.filter(school__unitid=100101, measure=M.TUITION_IN_STATE, year=2020)
        assert sorted(rows.values_list("release__vintage", "value")) == [("2020-21", 4300), ("2021-22", 4500)]

    def test_a_figure_that_the_revised_file_no_longer_gives_is_deleted(self, bring):
        bring(ic_ay(charges(100101), charges(100202)))
        run = bring(ic_ay(charges(100101)), force="revised").run
        assert run.removed == 19
        assert figures(100202, M.TUITION_IN_STATE) == {}
        assert figures(100101, M.TUITION_IN_STATE)[2021] == (4600, "")

    def test_a_file_that_does_not_tell_its_year_is_refused(self, bring):
        run = bring(replace(IC_AY, name="charges.csv")).run
        assert run.state == ImportRun.State.REFUSED
        assert "--vintage" in run.message


class TestPrograms:
    def test_the_largest_program_has_its_price_in_a_place_of_its_own(self, bring):
        bring(IC_PY)
        assert prices(100303) == {
            1: ("51.0713", 12500, 500, 40, 2, 12),
            2: ("51.0707", 14000, 500, 900, 1, 12),
        }
        assert ProgramCharge.objects.get(position=2, school__unitid=100303).year == 2021

    def test_where_only_ciptuit1_is_filled_it_is_the_price(self, bring):
        largest = {**program(1, "51.0713", "."), "XCHG1PY3": "A", "CIPTUIT1": "8000", "XCIPTUI1": "R"}
        bring(ic_py(program_charges(100303, largest)))
        assert prices(100303)[1][:2] == ("51.0713", 8000)

    def test_a_surplus_comma_moves_nothing_and_a_blank_code_is_no_program(self, bring):
        outcome = bring(IC_PY)
        assert outcome.run.rejected == 0
        assert set(prices(100202)) == {1, 2}

    def test_only_the_wanted_fields_are_loaded(self, bring):
        outcome = bring(IC_PY, scope=Scope(("51.07",)))
        assert set(prices(100202)) == {1}
        assert prices(100101) == {}
        assert (outcome.run.rows_read, outcome.run.rows_skipped) == (3, 1)

    def test_another_scope_adds_and_removes_nothing(self, bring):
        bring(IC_PY, scope=Scope(("51.0713",)))
        run = bring(IC_PY, scope=Scope(("01.0101",))).run
        assert (run.added, run.removed) == (2, 0)
        assert ProgramCharge.objects.count() == 3

    def test_a_program_that_the_revised_file_no_longer_names_is_deleted(self, bring):
        rows = [program_charges(unitid, program(1, "51.0713", "9000")) for unitid in (100101, 100202)]
        bring(ic_py(*rows))
        assert bring(ic_py(rows[0]), force="revised").run.removed == 1
        assert prices(100202) == {}

    def test_missing_numbers_carry_their_reason(self, bring):
        bring(ic_py(program_charges(100303, program(2, "51.0713", ".") | {"XCIPTUI2": "A", "PRGMSR2": "-2"})))
        row = ProgramCharge.objects.get()
        assert (row.price, row.price_note, row.hour_unit) == (None, "not-applicable", None)

    @pytest.mark.parametrize("code", ["51.07", "5107", "51.070", "health"])
    def test_a_code_that_is_no_six_digit_cip_is_rejected(self, bring, code):
        good = program_charges(100101, program(1, "51.0713", "9000"))
        outcome = bring(ic_py(good, program_charges(100202, program(1, code, "1"))))
        assert [(line, column) for line, column, _ in complaints(outcome)] == [(3, "CIPCODE1")]

    def test_the_same_file_twice_changes_nothing(self, bring):
        bring(IC_PY)
        before = fingerprint()
        assert bring(IC_PY).run.state == ImportRun.State.UNCHANGED
        assert fingerprint() == before

    def test_a_code_from_before_2020_is_read_as_what_it_became(self, bring):
        bring(CIP)
        bring(CHANGES)
        bring(ic_py(program_charges(100303, program(1, "51.0712", "9000")), year=2018), scope=Scope(("51.0713",)))
        assert prices(100303)[1][:2] == ("51.0713", 9000)

    def test_a_code_of_today_is_not_translated(self, bring):
        bring(CIP)
        bring(CHANGES)
        bring(ic_py(program_charges(100303, program(1, "51.0712", "9000")), year=2021))
        assert prices(100303)[1][:2] == ("51.0712", 9000)


class TestCost:
    def test_one_file_gives_both_kinds(self, bring):
        bring(COST1)
        assert figures(100202, M.TUITION_IN_STATE, Source.IPEDS_COST)[2024] == (9900, "")
        assert prices(100303)[2][:2] == ("51.0707", 14200)
        assert Release.objects.get(source=Source.IPEDS_COST).vintage == "2024-25"

    def test_a_scope_narrows_the_programs_and_not_the_schools(self, bring):
        bring(COST1, scope=Scope(("51.0713",)))
        assert set(prices(100303)) == {1}
        assert figures(100101, M.TUITION_IN_STATE, Source.IPEDS_COST)[2024] == (4600, "")

    def test_columns_that_are_not_there_give_no_figures(self, bring):
        wanted = ("UNITID", "APPLFEEU", "TUITION2", "FEE2")
        sample = cost1(cost(100101))
        keep = [sample.part.header.index(name) for name in wanted]
        bring(sample.but(sample.part.reordered(keep)))
        assert figures(100101, M.TUITION_IN_STATE, Source.IPEDS_COST) == {2024: (4600, "")}
        assert SchoolFigure.objects.count() == 1

    def test_a_file_of_neither_kind_is_refused(self, bring):
        sample = cost1(cost(100101))
        keep = [sample.part.header.index(name) for name in ("UNITID", "APPLFEEU")]
        run = bring(sample.but(sample.part.reordered(keep))).run
        assert run.state == ImportRun.State.REFUSED
        assert "TUITION2 or CIPCODE1" in run.message


@pytest.mark.parametrize("sample", [IC_AY, IC_PY, COST1], ids=lambda sample: sample.name)
def test_each_file_is_recognised_as_what_it_is(sample, tmp_path):
    source, vintage = told(sample, tmp_path)
    assert (source, vintage.year) == (sample.source, 2024 if sample is COST1 else 2021)
