"""Employment Projections: years in column names, notes at the end, and None that is a value."""

from __future__ import annotations

import pytest

from careers.importers.employment_projections import years_in
from careers.models import Projection
from directory.models import ImportRun
from directory.pipeline.load import Order, load
from directory.vocab import Source
from tests.careers.importers.runs import release_of
from tests.careers.samples_bls import PROJECTION_HEADER, PROJECTIONS, projection_row, projections
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db

TOTAL = PROJECTIONS.part.rows[0]


def projection(soc="29-2072"):
    return Projection.objects.get(occupation=soc)


def test_thousands_become_jobs_and_notes_end_the_table(tmp_path):
    run = PROJECTIONS.load(tmp_path).run
    row = projection()
    assert (run.state, release_of(run).vintage, run.rejected) == (ImportRun.State.APPLIED, "2024-34", 0)
    assert (row.base_year, row.target_year) == (2024, 2034)
    assert (row.jobs, row.jobs_projected, row.change, row.openings) == (1200, 1400, 200, 300)
    assert (str(row.change_percent), str(row.self_employed_percent), row.median_wage) == ("7.1", "0.8", 40000)


def test_none_is_a_value_and_a_dash_is_missing(tmp_path):
    values = ("1.2", "1.4", "0", "0", "0.2", "7.1", "—", "0.3", "—", "Associate's degree", "None", "—", "—")
    projections(TOTAL, projection_row("Lamp keepers", "29-2072", "Line item", *values)).load(tmp_path)
    row = projection()
    assert (row.entry_education, row.experience, row.experience_note) == ("Associate's degree", "None", "")
    assert (row.training, row.training_note) == (None, "not-reported")
    assert (row.median_wage, row.median_wage_note, row.self_employed_percent) == (None, "not-reported", None)


def test_sums_stay_out_but_for_the_total(tmp_path):
    run = projections(*PROJECTIONS.part.rows, projection_row("  Harbor", "29-0000", "Summary")).load(tmp_path).run
    assert run.rejected == 0
    assert sorted(Projection.objects.values_list("occupation", flat=True)) == ["00-0000", "29-2072", "29-9021"]


def test_a_wage_over_the_limit_says_so(tmp_path):
    values = ("1.2", "1.4", "0", "0", "0.2", "-7.1", "0.8", "0.3", ">=$239,200", "None", "None", "None", "—")
    projections(TOTAL, projection_row("Lamp keepers", "29-2072", "Line item", *values)).load(tmp_path)
    row = projection()
    assert (row.median_wage, row.median_wage_note, str(row.change_percent)) == (239_200, "capped", "-7.1")


@pytest.mark.parametrize(
    ("dash", "wage", "vintage"),
    [
        ("-", "Median annual wage, 2021(1)", "2021-31"),
        ("–", "Median annual wage, dollars, 2025[2]", "2025-35"),
    ],
)
def test_tables_of_other_years_are_read_by_the_pattern_of_their_columns(tmp_path, dash, wage, vintage):
    base, target = vintage[:4], f"20{vintage[-2:]}"
    header = tuple(
        name.replace("2024–34", f"{base}{dash}{target[2:]}").replace("2024", base).replace("2034", target)
        for name in PROJECTION_HEADER
    )
    header = (*header[:11], wage, *header[12:])
    run = projections(*PROJECTIONS.part.rows, header=header).load(tmp_path).run
    assert (run.state, release_of(run).vintage) == (ImportRun.State.APPLIED, vintage)
    assert (projection().base_year, projection().jobs_projected) == (int(base), 1400)


def test_the_two_employment_columns_may_stand_in_any_order(tmp_path):
    order = [0, 1, 2, 4, 3, *range(5, len(PROJECTION_HEADER))]
    part = PROJECTIONS.part.reordered(order)
    PROJECTIONS.but(part).load(tmp_path)
    assert (projection().jobs, projection().jobs_projected) == (1200, 1400)


def test_years_cross_a_century():
    assert years_in(["Employment change, percent, 1998–08"]) == (1998, 2008)
    assert years_in(["Employment change, percent, 2024–2034"]) == (2024, 2034)
    assert years_in(["Employment change, percent"]) is None


def test_a_table_without_its_years_is_refused_by_the_missing_column(tmp_path):
    header = tuple("Growth" if "change, percent" in name else name for name in PROJECTION_HEADER)
    run = projections(*PROJECTIONS.part.rows, header=header).load(tmp_path).run
    assert run.state == ImportRun.State.REFUSED
    assert "Employment change, percent" in run.message


def test_decades_stand_side_by_side_and_the_newest_counts(tmp_path):
    PROJECTIONS.load(tmp_path)
    header = tuple(
        name.replace("2024–34", "2023–33").replace("2024", "2023").replace("2034", "2033") for name in PROJECTION_HEADER
    )
    older = projections(*PROJECTIONS.part.rows, header=header)
    assert load(Order(older.write(tmp_path), Source.PROJECTIONS)).run.state == ImportRun.State.APPLIED
    assert Projection.objects.count() == 6
    assert {row.base_year for row in Projection.objects.newest()} == {2024}


def test_a_code_that_a_corrected_table_leaves_out_goes(tmp_path):
    PROJECTIONS.load(tmp_path)
    fewer = projections(*PROJECTIONS.part.rows[:2])
    assert load(Order(fewer.write(tmp_path), Source.PROJECTIONS, force="it is right")).run.removed == 1


def test_the_same_file_twice_changes_nothing(tmp_path):
    PROJECTIONS.load(tmp_path)
    before = fingerprint()
    assert PROJECTIONS.load(tmp_path).run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_a_table_with_notes_only_is_refused(tmp_path):
    run = projections().load(tmp_path).run
    assert run.state == ImportRun.State.REFUSED
    assert "no row that could be loaded" in run.message
