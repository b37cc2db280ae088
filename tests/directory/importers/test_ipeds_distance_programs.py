"""Programs by distance (C_DEP): how each program that we hold is taught."""

from __future__ import annotations

import pytest

from directory.importers.base import Scope
from directory.importers.registry import recognise
from directory.models import ImportRun, ProgramDelivery
from directory.vocab import Delivery, Source
from tests.directory.importers.bringing import Bring, complaints
from tests.directory.importers.samples_cip import CHANGES
from tests.directory.importers.samples_distance import DEP_HEADER, DISTANCE_PROGRAMS, distance_programs, offers
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(tmp_path):
    return Bring(tmp_path)


def taught(year: int = 2024) -> dict[tuple[int | None, str, int], str]:
    rows = ProgramDelivery.objects.filter(year=year).select_related("program__school", "program__field")
    return {(row.program.school.unitid, row.program.field.cip, row.program.award_level): row.delivery for row in rows}


def test_all_some_and_none_by_distance(bring):
    outcome = bring(DISTANCE_PROGRAMS)
    assert taught() == {
        (100101, "51.0707", 3): Delivery.ONLINE,
        (100101, "51.0713", 21): Delivery.HYBRID,
        (100202, "51.0707", 5): Delivery.CAMPUS,
    }
    assert outcome.run.release.vintage == "2023-24"


def test_totals_of_schools_and_series_are_no_programs(bring):
    outcome = bring(DISTANCE_PROGRAMS)
    assert (outcome.run.rows_read, outcome.run.rows_skipped, outcome.run.rejected) == (5, 2, 0)


def test_a_program_that_we_do_not_hold_is_skipped_and_counted(bring):
    rows = DISTANCE_PROGRAMS.part.rows[:3]
    other = (
        offers(100101, "51.0714", PASSOC="1"),  # the field is known, the program is not
        offers(100101, "52.9999", PASSOC="1"),  # no such field
        offers(109999, "51.0707", PASSOC="1"),  # no such school
        offers(100202, "51.0713"),  # offered at no level
    )
    outcome = bring(distance_programs(*rows, *other))
    assert (outcome.run.rows_skipped, outcome.run.rejected, len(taught())) == (4, 0, 3)


def test_levels_beside_the_one_we_hold_are_left(bring):
    bring(distance_programs(offers(100101, "51.0707", PASSOC="1", PBACHL="1", PBACHLDE="1")))
    assert taught() == {(100101, "51.0707", 3): Delivery.CAMPUS}


def test_a_scope_reads_its_fields_only(bring):
    outcome = bring(DISTANCE_PROGRAMS, scope=Scope(("51.0713",)))
    assert set(taught()) == {(100101, "51.0713", 21)}
    assert outcome.run.rows_skipped == 4


def test_a_total_that_does_not_add_up_is_rejected(bring):
    rows = DISTANCE_PROGRAMS.part.rows
    outcome = bring(distance_programs(rows[0], offers(100202, "51.0707", PBACHL="1", PTOTAL="2")))
    assert complaints(outcome) == [(3, "PTOTAL", "the award levels add up to 1")]


def test_all_and_some_at_once_is_rejected(bring):
    rows = DISTANCE_PROGRAMS.part.rows
    wrong = offers(100202, "51.0707", PBACHL="1", PBACHLDE="1", PBACHLDES="1")
    assert complaints(bring(distance_programs(rows[0], wrong))) == [
        (3, "PBACHLDE", "all programs online, but PBACHLDES says some")
    ]


def test_a_repeated_row_is_rejected_once(bring):
    row = offers(100101, "51.0707", PASSOC="1", PASSOCDE="1", PBACHL="1")
    outcome = bring(distance_programs(row, row))
    assert complaints(outcome)[0] == (3, "UNITID CIPCODE", "says again what line 2 says")
    assert outcome.run.rejected == 1


def test_the_same_file_twice_changes_nothing(bring):
    bring(DISTANCE_PROGRAMS)
    before = fingerprint()
    assert bring(DISTANCE_PROGRAMS).run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_a_program_that_the_revised_file_drops_is_no_longer_said_to_be_online(bring):
    bring(DISTANCE_PROGRAMS)
    bring(distance_programs(*DISTANCE_PROGRAMS.part.rows[1:3]), force="revised")
    assert (100101, "51.0707", 3) not in taught()


def test_another_scope_takes_nothing_off(bring):
    bring(DISTANCE_PROGRAMS, scope=Scope(("51.0707",)))
    bring(DISTANCE_PROGRAMS, scope=Scope(("51.0713",)))
    assert len(taught()) == 3


def test_years_live_side_by_side(bring):
    bring(DISTANCE_PROGRAMS)
    bring(distance_programs(offers(100101, "51.0707", PASSOC="1"), year=2023))
    assert taught(2023) == {(100101, "51.0707", 3): Delivery.CAMPUS}
    assert taught(2024)[100101, "51.0707", 3] == Delivery.ONLINE


def test_before_2020_certificates_under_a_year_are_one_column(bring):
    header = tuple(name.replace("PCERT1A", "PCERT1") for name in DEP_HEADER if not name.startswith("PCERT1B"))
    rows = tuple(
        tuple(cell for cell, name in zip(row, DEP_HEADER, strict=True) if not name.startswith("PCERT1B"))
        for row in (offers(100101, "51.0707", PASSOC="1"),)
    )
    bring(CHANGES)
    run = bring(distance_programs(*rows, year=2018, header=header)).run
    assert run.state == ImportRun.State.APPLIED
    assert taught(2018) == {(100101, "51.0707", 3): Delivery.CAMPUS}


@pytest.mark.parametrize("column", ["CIPCODE", "PASSOCDE", "PCERT1B", "PPMASTDES"])
def test_a_file_without_a_column_is_refused_and_names_it(bring, column):
    keep = [at for at, name in enumerate(DEP_HEADER) if name != column]
    run = bring(DISTANCE_PROGRAMS.but(DISTANCE_PROGRAMS.part.reordered(keep))).run
    assert run.state == ImportRun.State.REFUSED
    assert column in run.message


def test_the_file_is_recognised_and_not_taken_for_completions(tmp_path):
    assert [found.importer.source for found in recognise(DISTANCE_PROGRAMS.write(tmp_path))] == [
        Source.IPEDS_DISTANCE_PROGRAMS
    ]
