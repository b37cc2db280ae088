"""VA's list of pledges: a mark that comes and goes with the list."""

from __future__ import annotations

import pytest

from directory.importers.vintages import stated
from directory.models import ImportRun, School
from tests.directory.importers.bringing import Bring, complaints, vintage_of
from tests.directory.importers.samples_places import EIGHT_KEYS, eight_keys
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db
MAPLE, ANNE = EIGHT_KEYS.part.rows


@pytest.fixture
def bring(tmp_path):
    return Bring(tmp_path)


def pledged() -> set[int | None]:
    return set(School.objects.filter(eight_keys=True).values_list("unitid", flat=True))


def test_listed_schools_have_pledged_and_others_have_not(bring):
    run = bring(EIGHT_KEYS).run
    assert (run.state, run.added, run.changed) == (ImportRun.State.APPLIED, 0, 2)
    assert pledged() == {100101, 100202}
    assert vintage_of(School.objects.get(unitid=100101).eight_keys_release) == "May 2021"


def test_a_school_that_the_newer_list_drops_loses_the_mark(bring):
    bring(EIGHT_KEYS)
    run = bring(eight_keys(MAPLE, month="2022-05")).run
    assert (run.removed, pledged()) == (1, {100101})
    assert vintage_of(School.objects.get(unitid=100202).eight_keys_release) == "May 2022"


def test_campuses_with_made_up_numbers_repeats_and_unknown_schools_are_skipped(bring):
    campus = ("A CAMPUS", "Elm", "OH", '"00100133"', "10010101", "not separately listed")
    gone = ("GONE COLLEGE", "Elm", "OH", "", "109999", "")
    run = bring(eight_keys(MAPLE, campus, gone, MAPLE)).run
    assert (run.rows_skipped, run.rejected, pledged()) == (3, 0, {100101})


def test_a_stray_colon_before_the_number_is_read_over(bring):
    bring(eight_keys((*MAPLE[:4], ": 100101", "")))
    assert pledged() == {100101}


@pytest.mark.parametrize("number", ["", "12", "college", "1001011234"])
def test_what_is_no_number_of_a_school_is_rejected(bring, number):
    outcome = bring(eight_keys(MAPLE, (*ANNE[:4], number, "")))
    assert [(line, column) for line, column, _ in complaints(outcome)] == [(3, "ipeds id")]


def test_an_opeid_of_another_shape_tells_that_cells_have_moved(bring):
    outcome = bring(eight_keys(MAPLE, (*ANNE[:3], "100202", "100202", "")))
    assert [(line, column) for line, column, _ in complaints(outcome)] == [(3, "opeid")]


def test_the_file_does_not_tell_its_release(bring):
    sample = eight_keys(MAPLE, month="copy")
    assert "--vintage" in bring(sample).run.message
    assert bring(sample, vintage=stated("2019")).run.state == ImportRun.State.APPLIED


def test_the_same_file_twice_changes_nothing(bring):
    bring(EIGHT_KEYS)
    before = fingerprint()
    assert bring(EIGHT_KEYS).run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before
