"""College Scorecard by school: figures of the whole school, and its accreditor."""

from __future__ import annotations

import pytest

from directory.curation.overrides import correct
from directory.models import ImportRun, School, SchoolFigure
from directory.vocab import SchoolMeasure, Source
from tests.directory.importers.bringing import Bring, complaints, told
from tests.directory.importers.samples_scorecard import INSTITUTION, INSTITUTION_HEADER, institution, institutions
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db
M = SchoolMeasure
EARNINGS_HEADER = ("UNITID", "INSTNM", "STABBR", "MD_EARN_WNE_P10", "MD_EARN_WNE_P6")


@pytest.fixture
def bring(tmp_path):
    return Bring(tmp_path)


def figures(unitid: int, vintage: str = "June 2026") -> dict[str, tuple[int | None, str]]:
    rows = SchoolFigure.objects.filter(school__unitid=unitid, release__vintage=vintage)
    return {row.measure: (row.value, row.value_note) for row in rows}


def accreditor(unitid: int = 100101) -> tuple[str, str | None]:
    school = School.objects.get(unitid=unitid)
    return school.accreditor, school.accreditor_release.vintage if school.accreditor_release else None


def test_figures_are_of_the_year_of_the_release(bring):
    bring(INSTITUTION)
    assert figures(100101) == {
        M.NET_PRICE: (7200, ""),
        M.COST_OF_ATTENDANCE: (14500, ""),
        M.DEBT: (11000, ""),
        M.EARNINGS_6: (36000, ""),
        M.EARNINGS_10: (41000, ""),
    }
    assert set(SchoolFigure.objects.values_list("year", flat=True)) == {2026}


def test_private_and_program_year_schools_have_their_figure_in_another_column(bring):
    bring(INSTITUTION)
    assert figures(100202)[M.NET_PRICE] == (15100, "")
    assert figures(100303)[M.COST_OF_ATTENDANCE] == (22000, "")


def test_withheld_says_more_than_not_available(bring):
    bring(institutions(institution(100101, NPT4_PUB="NULL", NPT4_PRIV="PS", MD_EARN_WNE_P10="PrivacySuppressed")))
    assert figures(100101)[M.NET_PRICE] == (None, "suppressed")
    assert figures(100101)[M.EARNINGS_10] == (None, "suppressed")


def test_a_net_price_may_be_below_0_and_earnings_may_not(bring):
    good, bad = institution(100101, NPT4_PUB="-250"), institution(100202, MD_EARN_WNE_P6="-250")
    outcome = bring(institutions(good, bad))
    assert figures(100101)[M.NET_PRICE] == (-250, "")
    assert [(line, column) for line, column, _ in complaints(outcome)] == [(3, "MD_EARN_WNE_P6")]


def test_tuition_is_not_read_because_its_year_is_not_told(bring):
    bring(INSTITUTION)
    assert not SchoolFigure.objects.filter(measure__startswith="tuition").exists()


def test_a_table_that_lost_its_reasons_says_so(bring):
    rows = (("100101", "Maple Fork College", "OH", "39842.0", ""), ("100202", "Institut Sainte-Anne", "PR", "", "1"))
    bring(institutions(*rows, header=EARNINGS_HEADER))
    assert figures(100101) == {M.EARNINGS_10: (39842, ""), M.EARNINGS_6: (None, "not-collected")}
    assert accreditor() == ("", None)


def test_branches_with_eight_digits_are_skipped(bring):
    run = bring(institutions(institution(100101), institution("10010101"))).run
    assert (run.rows_skipped, run.rejected) == (1, 0)


def test_a_level_that_cannot_be_tells_that_cells_have_moved(bring):
    outcome = bring(institutions(institution(100101), institution(100202, ICLEVEL="0.41")))
    assert complaints(outcome) == [(3, "ICLEVEL", "not 1, 2 or 3; the cells of the row may have moved")]


def test_the_accreditor_stands_with_the_school_under_its_own_release(bring):
    bring(INSTITUTION)
    assert accreditor() == ("Midland Commission on Colleges", "June 2026")


def test_an_accreditor_that_the_newer_release_lacks_is_cleared(bring):
    bring(INSTITUTION)
    bring(institutions(institution(100101, ACCREDAGENCY="NULL"), institution(100202), stamp="01152027"))
    assert accreditor() == ("", "January 2027")
    assert accreditor(100303) == ("", None)


def test_an_older_release_adds_figures_and_leaves_the_newer_accreditor(bring):
    bring(INSTITUTION)
    bring(institutions(institution(100101, ACCREDAGENCY="Old Commission"), stamp="04172025"))
    assert accreditor() == ("Midland Commission on Colleges", "June 2026")
    assert accreditor(100303) == ("Midland Commission on Colleges", "June 2026")
    assert figures(100101, "April 2025")[M.EARNINGS_6] == (36000, "")


def test_a_release_without_accreditors_leaves_the_way_to_an_older_one(bring):
    bring(institutions(("100101", "Maple Fork College", "OH", "1", "2"), header=EARNINGS_HEADER))
    bring(institutions(institution(100101), stamp="04172025"))
    assert accreditor() == ("Midland Commission on Colleges", "April 2025")


def test_a_corrected_accreditor_stays(bring):
    bring(INSTITUTION)
    correct(
        target=School.objects.get(unitid=100101),
        column="accreditor",
        value="Midland Commission",
        reason="Typo",
        by=None,
    )
    assert bring(INSTITUTION).run.state == ImportRun.State.UNCHANGED
    assert accreditor()[0] == "Midland Commission"


def test_the_same_file_twice_changes_nothing(bring):
    bring(INSTITUTION)
    before = fingerprint()
    assert bring(INSTITUTION).run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_a_table_without_any_measure_is_refused(bring):
    keep = [INSTITUTION_HEADER.index(name) for name in ("UNITID", "OPEID", "INSTNM", "ICLEVEL")]
    run = bring(INSTITUTION.but(INSTITUTION.part.reordered(keep))).run
    assert run.state == ImportRun.State.REFUSED
    assert "MD_EARN_WNE_P10" in run.message


@pytest.mark.parametrize(
    ("stamp", "label", "rank"),
    [("06102026", "June 2026", 202606), ("26cols_2022", "2022", 202200), ("2025-05", "May 2025", 202505)],
)
def test_the_name_tells_the_release(tmp_path, stamp, label, rank):
    source, vintage = told(institutions(institution(100101), stamp=stamp), tmp_path)
    assert (source, vintage.label, vintage.rank) == (Source.SCORECARD_INSTITUTION, label, rank)


def test_a_name_that_tells_nothing_asks_for_the_release(bring):
    assert "--vintage" in bring(institutions(institution(100101), stamp="copy")).run.message
