"""OEWS: pay of the nation and of states, its marks, its caps and its combined codes."""

from __future__ import annotations

from typing import Any

import pytest

from careers.models import Area, Occupation, Pay
from directory.importers.vintages import stated
from directory.models import ImportRun
from directory.pipeline.load import Order, load
from directory.vocab import Source
from tests.careers.importers.runs import release_of
from tests.careers.samples_bls import NATION, OEWS, OHIO, SOC, oews, pay_row
from tests.directory.importers.files import archive
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db

TOTAL = OEWS.part.rows[0]


def pay(soc="29-2072", area="99", year=2025):
    return Pay.objects.get(occupation=soc, area=area, year=year)


def test_pay_is_kept_in_dollars_a_year_and_cents_an_hour(tmp_path):
    run = OEWS.load(tmp_path).run
    row = pay()
    assert (run.state, release_of(run).vintage, release_of(run).year) == (ImportRun.State.APPLIED, "May 2025", 2025)
    assert (row.employment, row.annual_median, row.annual_p90) == (1200, 41700, 62610)
    assert (row.hourly_median_cents, row.hourly_mean_cents, row.hourly_p90_cents) == (2005, 2150, 3010)
    assert (row.annual_median_note, row.annual_only, row.hourly_only) == ("", False, False)


def test_the_total_comes_along_and_broader_groups_do_not(tmp_path):
    broader = [pay_row("29-2000", "Harbor", O_GROUP=group) for group in ("major", "minor", "broad")]
    run = oews(*OEWS.part.rows, *broader).load(tmp_path).run
    assert run.rows_skipped == 3
    total = Occupation.objects.get(soc="00-0000")
    assert (total.group, total.title, Pay.objects.count()) == ("total", "All occupations", 3)
    assert not Occupation.objects.listed().filter(soc="00-0000").exists()


def test_a_code_that_stands_there_as_broad_and_as_detailed_is_the_detailed_one(tmp_path):
    run = (
        oews(TOTAL, pay_row("13-1020", "Rope Buyers", O_GROUP="broad", A_MEDIAN="1"), pay_row("13-1020", "Rope Buyers"))
        .load(tmp_path)
        .run
    )
    assert (run.rejected, pay("13-1020").annual_median) == (0, 41700)


def test_combined_codes_come_with_the_file_and_unknown_ones_are_rejected(tmp_path):
    run = oews(TOTAL, pay_row("21-1018", "Counselors together"), pay_row("29-2071", "Retired")).load(tmp_path).run
    together = Occupation.objects.get(soc="21-1018")
    assert (together.group, together.release.source, pay("21-1018").annual_median) == ("combined", "oews", 41700)
    assert [(each.column, each.value) for each in run.rejects.all()] == [("OCC_CODE", "29-2071")]
    assert not Occupation.objects.filter(soc="29-2071").exists()


def test_marks_are_no_numbers(tmp_path):
    oews(TOTAL, pay_row("29-2072", "Lamp Keepers", A_MEDIAN="*", TOT_EMP="**", A_PCT10="~")).load(tmp_path)
    row = pay()
    assert (row.annual_median, row.employment, row.annual_p10) == (None, None, None)
    assert {row.annual_median_note, row.employment_note, row.annual_p10_note} == {"not-reported"}


@pytest.mark.parametrize(("year", "annual", "cents"), [(2025, 239_200, 11_500), (2021, 208_000, 10_000)])
def test_pay_over_the_limit_is_the_limit_of_its_year_and_says_so(tmp_path, year, annual, cents):
    row = pay_row("29-2072", "Lamp Keepers", A_PCT90="#", H_PCT90="#")
    oews(TOTAL, row, year=year).load(tmp_path)
    found = pay(year=year)
    assert (found.annual_p90, found.annual_p90_note) == (annual, "capped")
    assert (found.hourly_p90_cents, found.hourly_p90_cents_note) == (cents, "capped")


@pytest.mark.parametrize("code", ["٣٩", "３９", "12345678", "3-9"])
def test_an_area_code_has_plain_digits(tmp_path, code):
    run = oews(TOTAL, pay_row("29-2072", "Lamp Keepers", AREA=code)).load(tmp_path).run
    assert [(each.column, each.value) for each in run.rejects.all()] == [("AREA", code)]


def test_pay_over_the_limit_that_is_printed_is_taken_as_printed(tmp_path):
    oews(TOTAL, pay_row("29-2072", "Lamp Keepers", A_MEDIAN="496,010")).load(tmp_path)
    assert (pay().annual_median, pay().annual_median_note) == (496_010, "")


def test_rows_say_when_only_one_kind_of_pay_is_published(tmp_path):
    stars: dict[str, Any] = dict.fromkeys(("H_MEAN", "H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90"), "*")
    oews(TOTAL, pay_row("29-2072", "Lamp Keepers", ANNUAL="TRUE", **stars)).load(tmp_path)
    assert (pay().annual_only, pay().hourly_median_cents, pay().annual_median) == (True, None, 41700)


def test_rows_of_one_industry_or_owner_are_parts_and_stay_out(tmp_path):
    run = (
        oews(
            *OEWS.part.rows,
            pay_row("29-9021", "Fog Callers", I_GROUP="sector", A_MEDIAN="1"),
            pay_row("29-9021", "Fog Callers", OWN_CODE="5", A_MEDIAN="2"),
        )
        .load(tmp_path)
        .run
    )
    assert (run.rows_skipped, pay("29-9021").annual_median) == (2, 60000)


def test_the_file_of_the_states_stands_beside_that_of_the_nation(tmp_path):
    OEWS.load(tmp_path)
    states = oews(pay_row("29-2072", "Lamp Keepers", area=OHIO, A_MEDIAN="39000"), kind="state")
    run = load(Order(states.write(tmp_path), Source.OEWS)).run
    assert (run.state, release_of(run).vintage, run.removed) == (ImportRun.State.APPLIED, "May 2025, states", 0)
    ohio = Area.objects.get(code="39")
    assert (ohio.kind, ohio.usps, ohio.title) == ("state", "OH", "Ohio")
    assert (pay(area="39").annual_median, pay().annual_median) == (39000, 41700)
    assert load(Order(OEWS.write(tmp_path), Source.OEWS)).run.state == ImportRun.State.UNCHANGED


def test_both_files_under_one_name_do_not_take_off_each_others_rows(tmp_path):
    """As when a person gives both the vintage May 2025."""
    SOC.load(tmp_path)
    states = oews(pay_row("29-2072", "Lamp Keepers", area=OHIO), kind="state")
    for sample in (OEWS, states):
        path = sample.write(tmp_path)
        assert load(Order(path, Source.OEWS, vintage=stated("2025-05"), force="it is right")).run.removed == 0
    assert Pay.objects.count() == 4


def test_an_occupation_that_a_corrected_file_leaves_out_loses_its_pay(tmp_path):
    OEWS.load(tmp_path)
    run = load(Order(oews(*OEWS.part.rows[:2]).write(tmp_path), Source.OEWS, force="it is right")).run
    assert (run.removed, Pay.objects.count()) == (1, 2)


def test_years_stand_side_by_side_and_the_newest_counts(tmp_path):
    OEWS.load(tmp_path)
    older = oews(TOTAL, pay_row("29-2072", "Lamp Keepers", A_MEDIAN="40000"), year=2024)
    assert load(Order(older.write(tmp_path), Source.OEWS)).run.state == ImportRun.State.APPLIED
    assert (pay(year=2024).annual_median, pay().annual_median) == (40000, 41700)
    assert {row.year for row in Pay.objects.national().newest()} == {2025}


def test_the_same_file_twice_changes_nothing(tmp_path):
    OEWS.load(tmp_path)
    before = fingerprint()
    assert OEWS.load(tmp_path).run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_the_archive_is_read_as_bls_packs_it(tmp_path):
    SOC.load(tmp_path)
    path = tmp_path / "oesm25nat.zip"
    path.write_bytes(archive({"oesm25nat/national_M2025_dl.xlsx": OEWS.content(), "oesm25nat/note.csv": "a,b\r\n"}))
    run = load(Order(path, Source.OEWS)).run
    assert (run.state, release_of(run).vintage) == (ImportRun.State.APPLIED, "May 2025")


@pytest.mark.parametrize(
    ("area", "column"),
    [
        ({**OHIO, "PRIM_STATE": "ZZ"}, "PRIM_STATE"),
        ({**OHIO, "AREA_TYPE": "9"}, "AREA_TYPE"),
        ({**NATION, "AREA": "U.S."}, "AREA"),
    ],
)
def test_a_row_of_an_area_that_cannot_be_is_rejected(tmp_path, area, column):
    run = oews(TOTAL, pay_row("29-2072", "Lamp Keepers", area=area)).load(tmp_path).run
    assert [each.column for each in run.rejects.all()] == [column]


def test_a_vintage_without_a_year_is_refused(tmp_path):
    SOC.load(tmp_path)
    run = load(Order(OEWS.write(tmp_path), Source.OEWS, vintage=stated("29.3"))).run
    assert run.state == ImportRun.State.REFUSED
    assert Pay.objects.count() == 0
