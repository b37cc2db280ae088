"""The custom table of tuition: any year that its column names tell."""

from __future__ import annotations

import pytest

from directory.models import ImportRun, SchoolFigure
from directory.vocab import SchoolMeasure, Source
from tests.directory.importers.bringing import Bring, complaints, told, vintage_of
from tests.directory.importers.samples_distance import TUITION, tuition
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(tmp_path):
    return Bring(tmp_path)


def prices(unitid: int) -> list[tuple[str, int, int | None, str]]:
    rows = SchoolFigure.objects.filter(school__unitid=unitid, release__source=Source.IPEDS_TUITION)
    return sorted(rows.values_list("measure", "year", "value", "value_note"))


def test_both_prices_are_figures_of_the_year_in_the_column_names(bring):
    outcome = bring(TUITION)
    assert vintage_of(outcome.run.release) == "2023-24"
    assert prices(100101) == [
        (SchoolMeasure.TUITION_IN_STATE, 2023, 3195, ""),
        (SchoolMeasure.TUITION_OUT_OF_STATE, 2023, 10101, ""),
    ]


def test_an_empty_cell_is_a_price_that_the_school_did_not_report(bring):
    bring(TUITION)
    assert [(value, note) for _, _, value, note in prices(100303)] == [(None, "not-collected")] * 2


@pytest.mark.parametrize(
    "columns",
    [
        ("TUITION_FEES_2031_OUTSTATE", "TUITION_FEES_INSTATE2031"),
        ("tuition_fees_outstate2031", "Tuition_Fees_2031_InState"),
        ("TUITION_FEES_OUT_STATE_2031", "TUITION_FEES_IN_STATE_2031"),
        (
            "Published out-of-state tuition and fees 2031-32 (IC2031_AY)",
            "Published in-state tuition and fees 2031-32 (IC2031_AY)",
        ),
    ],
)
def test_any_year_and_either_way_of_naming_is_read(bring, columns):
    header = ("UnitID", "Institution Name", *columns)
    bring(tuition(("100101", "Maple Fork College", "9000", "3000"), header=header))
    assert [(year, value) for _, year, value, _ in prices(100101)] == [(2031, 3000), (2031, 9000)]


@pytest.mark.parametrize("more", [(), ("TUITION_FEES_2024_OUTSTATE",)])
def test_a_table_whose_newest_year_lacks_a_price_is_refused_with_the_years_of_each(bring, more):
    header = ("UnitID", "Institution Name", "TUITION_FEES_2023_OUTSTATE", "TUITION_FEES_INSTATE2022", *more)
    sample = tuition(("100101", "Maple Fork College", "9000", "3000", *["9100" for _ in more]), header=header)
    bring.before(sample)
    before = fingerprint(without=(ImportRun,))
    run = bring(sample).run
    assert run.state == ImportRun.State.REFUSED
    assert "The columns of tuition.csv are of different years" in run.message
    assert "Tuition and fees, state residents: 2022-23" in run.message
    assert f"Tuition and fees, other residents: 2023-24{', 2024-25' if more else ''}" in run.message
    assert f"every column of {'2024-25' if more else '2023-24'}" in run.message
    assert fingerprint(without=(ImportRun,)) == before


def test_several_years_in_one_table_each_become_figures_of_their_year(bring):
    header = (*TUITION.part.header, "TUITION_FEES_2022_OUTSTATE", "TUITION_FEES_INSTATE2022")
    bring(tuition(("100101", "Maple Fork College", "9000", "3000", "8000", "2000"), header=header))
    assert [(year, value) for _, year, value, _ in prices(100101)] == [
        (2022, 2000),
        (2023, 3000),
        (2022, 8000),
        (2023, 9000),
    ]


def test_one_price_without_the_other_tells_that_cells_have_moved(bring):
    outcome = bring(tuition(*TUITION.part.rows[:1], ("100202", "Institut Sainte-Anne", "12000", "")))
    assert [(line, reason) for line, _, reason in complaints(outcome)] == [
        (3, "one of the two prices of the year is missing")
    ]
    assert prices(100202) == []


def test_a_table_without_one_of_the_prices_is_refused(bring):
    run = bring(TUITION.but(TUITION.part.reordered((0, 1, 3)))).run
    assert run.state == ImportRun.State.REFUSED
    assert "other residents with a year" in run.message


def test_the_same_file_twice_changes_nothing(bring):
    bring(TUITION)
    before = fingerprint()
    assert bring(TUITION).run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_the_file_is_recognised_with_its_year(tmp_path):
    source, vintage = told(TUITION, tmp_path)
    assert (source, vintage.label) == (Source.IPEDS_TUITION, "2023-24")
