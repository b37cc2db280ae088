"""College Scorecard by field of study: figures with the reason where there is none."""

from __future__ import annotations

import pytest

from directory.importers.base import Scope
from directory.importers.vintages import stated
from directory.models import FieldOutcome, ImportRun
from directory.vocab import Source
from tests.directory.importers.bringing import Bring, complaints, told
from tests.directory.importers.samples_scorecard import FIELD, FIELD_HEADER, field_of_study, outcome
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db
#: A table that somebody made of the official one: nothing but identity and earnings.
DERIVED_HEADER = ("UNITID", "INSTNM", "CIPCODE", "CIPDESC", "CREDLEV", "CREDDESC", "EARN_MDN_HI_1YR", "EARN_MDN_4YR")


@pytest.fixture
def bring(tmp_path):
    return Bring(tmp_path)


def derived(*rows: tuple[str, ...]):
    return field_of_study(*rows, header=DERIVED_HEADER)


def held(unitid: int = 100101, family: str = "51.07") -> FieldOutcome:
    return FieldOutcome.objects.get(school__unitid=unitid, family=family)


def test_each_official_column_has_a_column_of_its_own(bring):
    run = bring(FIELD).run
    assert (run.state, run.added, run.rejected) == (ImportRun.State.APPLIED, 3, 0)
    row = held()
    assert (row.credential, row.release.vintage, row.distance) == (2, "April 2025", 2)
    assert (row.earnings_1yr, row.earnings_4yr, row.earnings_5yr) == (33000, 38000, 41000)
    assert (row.earnings_highest_1yr, row.earnings_highest_2yr) == (31000, 32000)
    assert (row.debt_all, row.debt_here, row.awards_1, row.awards_2) == (14250, 13100, 31, 29)


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ("PrivacySuppressed", "suppressed"),
        ("PS", "suppressed"),
        ("NULL", "not-reported"),
        ("NA", "not-reported"),
        ("", "not-reported"),
    ],
)
def test_the_five_marks_of_a_missing_value(bring, mark, reason):
    bring(field_of_study(outcome(100101, EARN_MDN_4YR=mark)))
    assert (held().earnings_4yr, held().earnings_4yr_note) == (None, reason)


def test_in_a_derived_table_an_empty_cell_has_lost_its_reason(bring):
    bring(derived(("100101", "Maple Fork College", "5107", "x.", "2", "Associate's Degree", "", "38000.0")))
    row = held()
    assert (row.earnings_highest_1yr, row.earnings_highest_1yr_note) == (None, "not-collected")
    assert row.earnings_4yr == 38000
    assert (row.debt_all_note, row.awards_1_note, row.distance) == ("not-collected", "not-collected", None)


@pytest.mark.parametrize(
    ("code", "family"), [("5107", "51.07"), ("0101", "01.01"), ("100", "01.00"), ("51.07", "51.07")]
)
def test_the_four_digits_become_a_family_also_after_a_spreadsheet(bring, code, family):
    bring(field_of_study(outcome(100101, CIPCODE=code)))
    assert held(family=family).credential == 2


@pytest.mark.parametrize("code", ["", "51", "51.0707", "7", "51O7"])
def test_another_code_is_rejected(bring, code):
    result = bring(field_of_study(outcome(100202), outcome(100101, CIPCODE=code)))
    assert complaints(result) == [(3, "CIPCODE", "not a four-digit CIP code")]


@pytest.mark.parametrize("level", ["0", "9", "A", ""])
def test_a_level_that_scorecard_does_not_have_is_rejected(bring, level):
    result = bring(field_of_study(outcome(100202), outcome(100101, CREDLEV=level)))
    assert [(line, column) for line, column, _ in complaints(result)] == [(3, "CREDLEV")]


def test_schools_abroad_have_no_unitid_and_are_skipped(bring):
    run = bring(field_of_study(outcome(100101), outcome("NULL", CONTROL="Foreign"), outcome("", CONTROL="Foreign"))).run
    assert (run.rows_skipped, run.rejected) == (2, 0)


def test_an_american_school_without_unitid_is_rejected(bring):
    result = bring(field_of_study(outcome(100101), outcome("")))
    assert complaints(result) == [(3, "UNITID", "only schools abroad have none")]


def test_0_by_distance_means_that_it_was_not_reported(bring):
    bring(field_of_study(outcome(100101, DISTANCE="0")))
    assert held().distance is None


def test_a_scope_takes_whole_families(bring):
    run = bring(FIELD, scope=Scope(("51.0713", "51.2706"))).run
    assert set(FieldOutcome.objects.values_list("family", flat=True)) == {"51.07"}
    assert run.rows_skipped == 1


def test_an_older_release_is_refused_and_a_newer_one_replaces(bring):
    bring(field_of_study(outcome(100101, EARN_MDN_4YR="1")))
    assert bring(field_of_study(outcome(100101), stamp="01162025")).run.state == ImportRun.State.REFUSED
    bring(field_of_study(outcome(100101, EARN_MDN_4YR="PS"), stamp="06102026"))
    assert (held().earnings_4yr, held().earnings_4yr_note, held().release.vintage) == (None, "suppressed", "June 2026")


def test_a_field_that_the_newer_release_lacks_is_gone_and_other_families_stay(bring):
    bring(FIELD)
    run = bring(field_of_study(outcome(100101), stamp="06102026")).run
    assert run.removed == 1
    assert not FieldOutcome.objects.filter(school__unitid=100202).exists()
    assert held(family="01.01").release.vintage == "April 2025"


def test_a_file_without_a_stamp_asks_for_the_release(bring):
    sample = field_of_study(outcome(100101), stamp="51")
    assert "--vintage" in bring(sample).run.message
    assert bring(sample, vintage=stated("2025-04")).run.release.vintage == "April 2025"


def test_the_same_file_twice_changes_nothing(bring):
    bring(FIELD)
    before = fingerprint()
    assert bring(FIELD).run.state == ImportRun.State.UNCHANGED
    assert fingerprint() == before


def test_a_table_without_any_measure_is_refused(bring):
    keep = [FIELD_HEADER.index(name) for name in ("UNITID", "CIPCODE", "CREDLEV", "MAIN")]
    run = bring(FIELD.but(FIELD.part.reordered(keep))).run
    assert run.state == ImportRun.State.REFUSED
    assert "EARN_MDN_4YR" in run.message


def test_a_last_line_broken_off_refuses_the_file(bring):
    whole = FIELD.content().decode()
    run = bring(FIELD, content=whole + "100202,1002,Institut\r\n").run
    assert run.state == ImportRun.State.REFUSED
    assert "cut off" in run.message


def test_windows_1252_and_a_mark_at_the_start_are_read(bring):
    text = FIELD.part.csv().replace("Maple Fork College", "Collège")
    for content in (text.encode("cp1252"), b"\xef\xbb\xbf" + text.encode()):
        assert bring(FIELD, content=content).run.state in (ImportRun.State.APPLIED, ImportRun.State.UNCHANGED)
    assert FieldOutcome.objects.count() == 3


def test_the_file_is_recognised(tmp_path):
    source, vintage = told(FIELD, tmp_path)
    assert (source, vintage.label) == (Source.SCORECARD_FIELD, "April 2025")
