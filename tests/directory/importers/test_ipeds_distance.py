"""The custom table of students by distance."""

from __future__ import annotations

import pytest

from directory.models import ImportRun, SchoolFigure
from directory.vocab import SchoolMeasure, Source
from tests.directory.importers.bringing import Bring, complaints, told
from tests.directory.importers.samples_distance import DISTANCE, DISTANCE_HEADER, distance
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db
M = SchoolMeasure


@pytest.fixture
def bring(tmp_path):
    return Bring(tmp_path)


def students(unitid: int, year: int) -> dict[str, tuple[int | None, str]]:
    rows = SchoolFigure.objects.filter(school__unitid=unitid, year=year)
    return {row.measure: (row.value, row.value_note) for row in rows}


def test_the_oddly_named_column_is_that_of_the_newest_year(bring):
    bring(DISTANCE)
    assert students(100101, 2024) == {
        M.ENROLLED: (1450, ""),
        M.DISTANCE_ALL: (320, ""),
        M.DISTANCE_SOME: (210, ""),
    }
    assert students(100101, 2023)[M.DISTANCE_SOME] == (200, "")


def test_a_column_that_names_the_newest_year_goes_before_the_odd_one(bring):
    header = (*DISTANCE_HEADER, "SDE_ENROLL_2024")
    bring(distance(("100101", "Maple Fork College", "1450", "320", "210", "1400", "300", "200", "55"), header=header))
    assert students(100101, 2024)[M.DISTANCE_SOME] == (55, "")


def test_0_is_a_number_and_an_empty_cell_is_not(bring):
    bring(DISTANCE)
    assert students(100202, 2024)[M.DISTANCE_ALL] == (0, "")
    assert students(100303, 2024)[M.DISTANCE_ALL] == (None, "not-collected")


def test_earlier_years_are_held_where_they_have_a_number(bring):
    bring(DISTANCE)
    assert students(100202, 2023) == {M.ENROLLED: (880, "")}


def test_more_students_by_distance_than_students_tells_that_cells_have_moved(bring):
    row = ("100202", "Institut Sainte-Anne", "900", "800", "101", "880", "", "")
    outcome = bring(distance(DISTANCE.part.rows[0], row))
    assert complaints(outcome) == [(3, "TOTAL_ENROLL_2024", "fewer than the 901 who study by distance")]


def test_the_release_names_the_years(tmp_path):
    source, vintage = told(DISTANCE, tmp_path)
    assert (source, vintage.label, vintage.year) == (Source.IPEDS_DISTANCE, "2023-24 to 2024-25", 2024)


def test_the_same_file_twice_changes_nothing(bring):
    bring(DISTANCE)
    before = fingerprint()
    assert bring(DISTANCE).run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_a_table_without_the_total_is_refused(bring):
    keep = [at for at, name in enumerate(DISTANCE_HEADER) if not name.startswith("TOTAL")]
    run = bring(DISTANCE.but(DISTANCE.part.reordered(keep))).run
    assert run.state == ImportRun.State.REFUSED
    assert "Students enrolled with a year" in run.message


def test_a_table_that_counts_who_is_enrolled_in_another_year_is_refused(bring):
    header = ("UnitID", "INSTITUTION", "TOTAL_ENROLL_2023", "DE_ENROLL_2024", "SDE_ENROLL_2024")
    run = bring(distance(("100101", "Maple Fork College", "1450", "320", "210"), header=header)).run
    assert run.state == ImportRun.State.REFUSED
    assert "Students enrolled: 2023-24; Students with all courses by distance: 2024-25" in run.message
    assert not SchoolFigure.objects.filter(measure=SchoolMeasure.ENROLLED).exists()
