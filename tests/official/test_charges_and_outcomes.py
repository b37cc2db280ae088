"""Known answers of the official files about charges, distance study, outcomes, accreditors, places and pledges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from directory.importers.base import Scope
from directory.importers.program_charges import ChargeRow
from directory.importers.reading import Row
from directory.importers.registry import find_table, importer_for, recognise
from directory.importers.vintages import stated
from directory.models import (
    Accreditation,
    FieldOutcome,
    ImportRun,
    ProgramCharge,
    School,
    SchoolFigure,
    ZipPoint,
)
from directory.pipeline.load import Order, load
from directory.vocab import DEFAULT_CIPS, Source
from directory.vocab import SchoolMeasure as M

pytestmark = [pytest.mark.official, pytest.mark.django_db]
ROOT: Path = settings.OFFICIAL_DATA_DIR
CHARGES, SCORECARD = ROOT / "ipeds_ic_cost_distance", ROOT / "scorecard_institution"
FIELD = ROOT / "scorecard_field_of_study" / "Most-Recent-Cohorts-Field-of-Study_51.csv"
DAPIP = ROOT / "accreditation_dapip" / "dapip_2020-11_no_personal_columns.zip"
FILES = (
    (Source.IPEDS_HD, ROOT / "ipeds_hd" / "hd2022.csv", ""),
    (Source.IPEDS_HD, ROOT / "ipeds_hd" / "hd2024.csv", ""),
    (Source.IPEDS_IC, CHARGES / "ic2021.csv", ""),
    (Source.IPEDS_IC_AY, CHARGES / "ic2021_ay.csv", ""),
    (Source.IPEDS_IC_PY, CHARGES / "ic2021_py.csv", ""),
    (Source.IPEDS_TUITION, CHARGES / "edua_cost.csv", ""),
    (Source.IPEDS_DISTANCE, CHARGES / "edua_distance_enrollment_2020_2024.csv", ""),
    (Source.SCORECARD_FIELD, FIELD, "2025-04"),
    (Source.SCORECARD_INSTITUTION, SCORECARD / "scorecard_earnings_2025-05.csv", ""),
    (Source.SCORECARD_INSTITUTION, SCORECARD / "Most-Recent-Cohorts-Institution_26cols_2022.csv", ""),
    (Source.DAPIP, DAPIP, ""),
    (Source.ZIP_POINTS, ROOT / "geo" / "npm_zipcodes_8.0.0_us.csv", ""),
    (Source.EIGHT_KEYS, ROOT / "va_gi_bill" / "eight_key.csv", "2021"),
)


def bring(source: Source, path: Path, vintage: str) -> ImportRun:
    order = Order(path, source, scope=Scope(DEFAULT_CIPS), vintage=stated(vintage) if vintage else None)
    return load(order).run


@pytest.fixture(scope="module")
def runs(django_db_setup, django_db_blocker) -> Iterator[list[ImportRun]]:
    """All files loaded once for the whole module, and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield [bring(*each) for each in FILES]
        transaction.set_rollback(True)


def figure(unitid: int, measure: M, year: int, source: Source) -> int | None:
    row = SchoolFigure.objects.get(school__unitid=unitid, measure=measure, year=year, release__source=source)
    return row.value


def test_every_file_is_applied_and_little_is_rejected(runs):
    assert {run.state for run in runs} == {ImportRun.State.APPLIED}
    # schools that left before 2022; in DAPIP identifiers that contradict each other; a last row without its end
    assert [run.rejected for run in runs] == [0, 0, 52, 8, 5, 0, 0, 0, 0, 128, 67, 0, 0]


def test_loading_a_file_again_changes_nothing(runs):
    again = [bring(*each) for each in FILES if each[0] not in (Source.IPEDS_HD, Source.DAPIP)]
    assert {run.state for run in again} == {ImportRun.State.UNCHANGED}


def test_wallace_state_publishes_its_prices(runs):
    assert figure(101295, M.TUITION_IN_DISTRICT, 2021, Source.IPEDS_IC_AY) == 4860
    assert figure(101295, M.TUITION_OUT_OF_STATE, 2021, Source.IPEDS_IC_AY) == 8550
    assert figure(101295, M.BOOKS, 2021, Source.IPEDS_IC_AY) == 1600
    assert figure(101295, M.TUITION_IN_DISTRICT, 2018, Source.IPEDS_IC_AY) == 4740
    assert figure(101295, M.TUITION_IN_STATE, 2023, Source.IPEDS_TUITION) == 4980


def test_a_career_school_publishes_the_price_of_a_program(runs):
    row = ProgramCharge.objects.get(school__unitid=242750, cip="51.0707")
    assert (row.price, row.hours, row.hour_unit, row.months, row.position) == (11060, 36, 2, 14, 2)


def test_programs_are_named_as_often_as_the_file_names_them(runs):
    importer = importer_for(Source.IPEDS_IC_PY)
    named: Counter[str] = Counter()
    for table, index in find_table(CHARGES / "ic2021_py.csv", importer):
        for line, cells in table.rows:
            named.update(each.cip for each in importer.parse(Row(line, cells, index)) if isinstance(each, ChargeRow))
    assert [named[cip] for cip in ("51.0713", "51.0710", "51.0714", "51.0716", "51.0707")] == [99, 71, 67, 25, 15]


def test_devry_teaches_nearly_everybody_by_distance(runs):
    measures = (M.ENROLLED, M.DISTANCE_ALL, M.DISTANCE_SOME)
    assert [figure(482477, each, 2024, Source.IPEDS_DISTANCE) for each in measures] == [45987, 44023, 1759]


def test_pay_after_an_associate_degree_in_the_family(runs):
    row = FieldOutcome.objects.get(school__unitid=101295, family="51.07", credential=2)
    assert (row.earnings_highest_1yr, row.earnings_highest_2yr) == (34337, 36041)
    assert (row.earnings_4yr, row.earnings_5yr) == (39438, 44619)
    assert (row.earnings_1yr_note, row.debt_all_note) == ("not-collected", "not-collected")


def test_empty_cells_of_the_derived_table_are_not_called_withheld(runs):
    notes = set(FieldOutcome.objects.filter(earnings_4yr=None).values_list("earnings_4yr_note", flat=True))
    assert notes == {"not-collected"}


def test_earnings_of_the_whole_school(runs):
    assert figure(101295, M.EARNINGS_10, 2025, Source.SCORECARD_INSTITUTION) == 39842
    assert figure(101295, M.EARNINGS_6, 2025, Source.SCORECARD_INSTITUTION) == 36129


def test_schools_by_distance_only_and_with_an_accreditor(runs):
    assert School.objects.filter(distance_only=True).count() == 61  # 62 in the file, one is gone
    wallace = School.objects.get(unitid=101295)
    assert wallace.accreditor == "Southern Association of Colleges and Schools Commission on Colleges"


def test_dapip_knows_no_cahiim_and_ends_what_has_ended(runs):
    assert not Accreditation.objects.filter(agency__name__icontains="health inform").exists()
    current = Accreditation.objects.filter(school__unitid=100654, program_name="", ended_on=None)
    assert current.values_list("agency__name", flat=True)[0].startswith("Southern Association")
    assert Accreditation.objects.exclude(ended_on=None).filter(status="accredited").count() == 3161


def test_zip_codes_have_points_and_military_mail_without_place_has_none(runs):
    assert ZipPoint.objects.count() == 42555
    assert ZipPoint.objects.filter(latitude=None).count() == 306
    assert ZipPoint.objects.get(pk="10200").longitude == -73.95


def test_eight_keys_are_pledged_by_schools_that_we_know(runs):
    assert School.objects.filter(eight_keys=True).count() == 1186


def test_every_file_of_the_folder_is_recognised_as_what_it_is():
    ours = {source for source, _, _ in FILES} | {Source.IPEDS_COST, Source.IPEDS_DISTANCE_PROGRAMS}
    found = {
        path.name: [str(each.importer.source) for each in recognise(path)]
        for path in sorted(ROOT.rglob("*"))
        if path.suffix in (".csv", ".zip", ".xlsx", ".json", ".txt")
    }
    assert {name: sources for name, sources in found.items() if ours & set(sources)} == {
        **{path.name: [str(source)] for source, path, _ in FILES},
        "FieldOfStudyData_excel_damaged_subset.csv": [str(Source.SCORECARD_FIELD)],
    }


def test_the_copy_that_a_spreadsheet_damaged_is_refused_as_cut_off(runs):
    path = FIELD.with_name("FieldOfStudyData_excel_damaged_subset.csv")
    run = bring(Source.SCORECARD_FIELD, path, "2026-06")
    assert run.state == ImportRun.State.REFUSED
    assert "cut off" in run.message
