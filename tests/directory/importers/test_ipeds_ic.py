"""What a school as a whole offers: added to schools that HD brought, never to others."""

from __future__ import annotations

import pytest

from directory.curation.overrides import correct
from directory.models import ImportRun, Override, School
from tests.directory.importers.bringing import Bring, complaints, vintage_of
from tests.directory.importers.samples_charges import IC, IC_HEADER, ic, offerings
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(tmp_path):
    return Bring(tmp_path)


def offers(unitid: int) -> tuple[bool | int | None, ...]:
    school = School.objects.get(unitid=unitid)
    return (
        school.open_admission,
        school.distance_courses,
        school.distance_programs,
        school.distance_only,
        school.calendar,
    )


def test_the_answers_are_added_to_the_school(bring):
    run = bring(IC).run
    assert (run.state, run.added, run.changed, run.rejected) == (ImportRun.State.APPLIED, 0, 3, 0)
    assert offers(100101) == (True, True, False, False, 1)
    assert offers(100202) == (False, True, True, True, 7)
    school = School.objects.get(unitid=100101)
    assert vintage_of(school.offerings_release) == "2021-22"
    assert school.release.vintage == "2024-25"


def test_marks_of_missing_values_are_unknown_also_when_padded(bring):
    bring(ic(offerings(100101, OPENADMP="-2", DISTCRS=" -1", DISTPGS=".  ", DISTNCED="-2", CALSYS="  .")))
    assert offers(100101) == (None, None, None, None, None)


def test_a_school_that_hd_does_not_know_is_rejected_and_not_made(bring):
    outcome = bring(ic(offerings(100101), offerings(109999)))
    assert complaints(outcome) == [(3, "UNITID", "no such school; load the IPEDS directory (HD) of that year first")]
    assert not School.objects.filter(unitid=109999).exists()


def test_a_code_that_ipeds_does_not_use_is_rejected(bring):
    outcome = bring(ic(offerings(100101), offerings(100202, OPENADMP="3"), offerings(100303, CALSYS="12")))
    assert complaints(outcome) == [
        (3, "OPENADMP", "not a code of IPEDS for yes or no"),
        (4, "CALSYS", "outside 0 to 9"),
    ]


def test_all_programs_by_distance_contradicts_no_program_by_distance(bring):
    outcome = bring(ic(offerings(100101), offerings(100202, DISTNCED="1", DISTPGS="0")))
    assert [column for _, column, _ in complaints(outcome)] == ["DISTNCED"]


@pytest.mark.parametrize("column", ["UNITID", "OPENADMP", "DISTCRS", "DISTPGS", "DISTNCED", "CALSYS"])
def test_a_file_without_a_column_is_refused_and_names_it(bring, column):
    keep = [at for at, name in enumerate(IC_HEADER) if name != column]
    outcome = bring(IC.but(IC.part.reordered(keep)))
    assert outcome.run.state == ImportRun.State.REFUSED
    assert column in outcome.run.message


def test_the_same_file_twice_changes_nothing(bring):
    bring(IC)
    before = fingerprint()
    assert bring(IC).run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_an_older_year_does_not_overwrite_a_newer_one(bring):
    bring(ic(offerings(100101, OPENADMP="1"), year=2022))
    run = bring(ic(offerings(100101, OPENADMP="2"), year=2021)).run
    assert run.state == ImportRun.State.REFUSED
    assert "2022-23 is loaded already" in run.message
    assert offers(100101)[0] is True


def test_a_school_that_the_revised_file_drops_loses_its_answers(bring):
    rows = [offerings(unitid) for unitid in (100101, 100202, 100303)]
    bring(ic(*rows))
    bring(ic(*rows[:2]), force="the revision is shorter")
    assert offers(100303) == (None,) * 5
    assert School.objects.get(unitid=100303).offerings_release is None
    assert offers(100101)[0] is True


def test_a_correction_by_staff_stays_and_the_file_is_remembered(bring):
    bring(ic(offerings(100101, OPENADMP="1")))
    correct(
        target=School.objects.get(unitid=100101),
        column="open_admission",
        value=False,
        reason="The school said so",
        by=None,
    )
    assert bring(ic(offerings(100101, OPENADMP="1"))).run.state == ImportRun.State.UNCHANGED
    assert offers(100101)[0] is False
    assert Override.objects.get().official_value is True


def test_what_a_school_offers_to_veterans_is_read_and_an_absent_column_says_nothing(bring):
    bring(ic(offerings(100101, VET1="1", VET5="-1", SLO5="0")))
    school = School.objects.get(unitid=100101)
    assert (school.yellow_ribbon, school.servicemembers_college, school.rotc) == (True, None, False)
    assert school.training_credit is None  # the sample has no VET2
    keep = [at for at, name in enumerate(IC_HEADER) if name != "VET1"]
    later = ic(offerings(100101, VET5="0"), year=2022)
    assert bring(later.but(later.part.reordered(keep))).run.state == ImportRun.State.APPLIED
    school.refresh_from_db()
    assert (school.yellow_ribbon, school.servicemembers_college) == (True, False)
