"""DAPIP: records of schools that two identifiers confirm, with their history, and cleared when DAPIP drops them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from directory.importers.dapip_schools import LocationRow, Schools, plain
from directory.importers.errors import Leftover
from directory.models import Accreditation, AccreditationAction, Agency, ImportRun
from directory.vocab import AccreditationStatus, Source
from tests.directory import invented
from tests.directory.importers.bringing import Bring, complaints, told, vintage_of
from tests.directory.importers.samples_dapip import ANNE, DAPIP, action, dapip, location, record
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(tmp_path):
    return Bring(tmp_path)


def held(unitid: int = 100101) -> list[Accreditation]:
    return list(Accreditation.objects.filter(school__unitid=unitid).order_by("external_key"))


class TestRecords:
    def test_a_record_belongs_to_its_school_and_agency(self, bring):
        outcome = bring(DAPIP)
        assert (outcome.run.state, outcome.run.rejected) == (ImportRun.State.APPLIED, 0)
        whole, programmatic = held()
        assert (whole.external_key, whole.program_name, whole.status) == (
            "dapip-900100-4-1-1",
            "",
            AccreditationStatus.ACCREDITED,
        )
        assert (whole.since, whole.ended_on, whole.next_review) == (dt.date(1975, 6, 30), None, "06/30/2028")
        assert (whole.agency.name, whole.agency.dapip_id) == ("Midland Commission – Colleges", 4)
        assert (programmatic.program_name, programmatic.program) == ("Records (REC)", None)
        assert vintage_of(whole.release) == "March 2025"

    def test_the_status_stays_after_the_end_and_the_date_tells_it(self, bring):
        bring(DAPIP)
        assert (held()[1].status, held()[1].ended_on) == (AccreditationStatus.ACCREDITED, dt.date(2020, 7, 31))

    @pytest.mark.parametrize(
        ("published", "status"),
        [
            ("Accredited", AccreditationStatus.ACCREDITED),
            ("Preaccredited", AccreditationStatus.PREACCREDITED),
            ("Denied Accreditation", AccreditationStatus.DENIED),
        ],
    )
    def test_the_words_of_dapip(self, bring, published, status):
        bring(dapip(record("900100", AccreditationStatus=published)))
        assert held()[0].status == status

    def test_a_status_that_dapip_does_not_use_is_rejected(self, bring):
        outcome = bring(dapip(record("900100"), record("900200", AccreditationStatus="Fine")))
        assert complaints(outcome) == [(3, "AccreditationStatus", "not a status that DAPIP uses")]

    @pytest.mark.parametrize("date", ["8/14/8014 12:00:00 AM", "13/45/2019", "4/1//2012"])
    def test_an_impossible_first_date_is_kept_as_text(self, bring, date):
        bring(dapip(record("900100", AccreditationDate=date)))
        assert held()[0].since is None
        assert held()[0].note == f"Accreditation date as published: {date.removesuffix(' 12:00:00 AM')}"

    @pytest.mark.parametrize("date", ["7/31/8020 12:00:00 AM", "31.07.2020", "ended"])
    def test_an_impossible_end_is_rejected_because_the_record_would_pass_for_current(self, bring, date):
        outcome = bring(dapip(record("900200"), record("900100", AccreditationEndDate=date)))
        assert [(line, column) for line, column, _ in complaints(outcome)] == [(3, "AccreditationEndDate")]

    @pytest.mark.parametrize("date", ["06/30/2028", "7/1/2114", "09-21-2025", "4/1//2012"])
    def test_the_next_review_is_kept_as_published(self, bring, date):
        bring(dapip(record("900100", ReviewDate=date)))
        assert held()[0].next_review == date

    def test_agencies_are_programmatic_when_most_of_their_records_are(self, bring):
        bring(DAPIP)
        assert dict(Agency.objects.values_list("dapip_id", "programmatic")) == {4: False, 55: True}

    def test_an_agency_that_staff_entered_is_taken_over_and_not_doubled(self, bring):
        mine = Agency.objects.create(name="Midland Commission – Colleges", acronym="MCC")
        bring(dapip(record("900100")))
        mine.refresh_from_db()
        assert (mine.dapip_id, mine.acronym, Agency.objects.count()) == (4, "MCC", 1)

    def test_two_agencies_of_one_name_stay_apart(self, bring):
        bring(dapip(record("900100"), record("900100", AgencyId="5")))
        assert set(Agency.objects.values_list("dapip_id", "name")) == {
            (4, "Midland Commission – Colleges"),
            (5, "Midland Commission – Colleges (DAPIP 5)"),
        }

    def test_a_record_twice_is_rejected(self, bring):
        outcome = bring(dapip(record("900100"), record("900100")))
        assert complaints(outcome) == [(3, "DapipId AgencyId ProgramId SequentialId", "says again what line 2 says")]

    def test_a_record_without_a_location_in_the_file_is_rejected(self, bring):
        outcome = bring(dapip(record("900100"), record("900999")))
        assert complaints(outcome) == [(3, "DapipId", "no such location in the file")]


class TestLocations:
    @pytest.mark.parametrize(
        ("unitids", "opeid", "name"),
        [
            ("100101", "00100100", "Another Name"),  # UNITID and OPEID
            ("100101", "", "MAPLE FORK COLLEGE"),  # UNITID and name
            ("100101", "00100133", "The Maple-Fork College"),  # a branch number, but the name
            ("109999, 100101", "00100100", "Another Name"),  # two UNITIDs in one cell
        ],
    )
    def test_two_identifiers_make_a_school(self, bring, unitids, opeid, name):
        bring(dapip(record("900100"), locations=(location("900100", name, unitids=unitids, opeid=opeid),)))
        assert len(held()) == 1

    @pytest.mark.parametrize(
        ("unitids", "opeid", "name"),
        [
            ("", "00100100", "Maple Fork College"),  # no UNITID
            ("", "", "Maple Fork College"),  # a name alone
            ("100101", "", "Another Name"),  # a UNITID alone
            ("100101", "00100133", "Another Name"),  # another branch of the same parent
            ("109999", "00100100", "Maple Fork College"),  # a UNITID that nobody has
        ],
    )
    def test_less_than_two_is_skipped_and_counted(self, bring, unitids, opeid, name):
        other = location("900100", name, unitids=unitids, opeid=opeid)
        outcome = bring(dapip(record("900100"), record("900200"), locations=(other, ANNE)))
        assert (held(), len(held(100202))) == ([], 1)
        assert (outcome.run.rows_skipped, outcome.run.rejected) == (2, 0)

    def test_identifiers_that_contradict_each_other_reject_the_location_and_skip_its_records(self, bring):
        wrong = location("900100", "Another Name", unitids="100101", opeid="09999900")
        outcome = bring(dapip(record("900100"), record("900200"), locations=(wrong, ANNE)))
        assert complaints(outcome) == [
            (2, "InstitutionCampus.csv OpeId", "UNITID 100101 has OPEID 00100100 and another name in the directory")
        ]
        assert held() == []

    def test_an_opeid_with_letters_is_no_identifier(self, bring):
        odd = location("900100", "Maple Fork College", unitids="100101", opeid="020988C6")
        assert bring(dapip(record("900100"), locations=(odd,))).run.rejected == 0
        assert len(held()) == 1

    def test_of_two_confirmed_schools_the_first_counts(self):
        school = invented.school(100101, opeid="00100100")
        invented.school(100404, opeid="00100100", name="Maple Fork Online")
        row = LocationRow("900100", (100101, 100404), "00100100", "Maple Fork")
        assert Schools().find(row) == school.pk

    def test_a_contradiction_says_so(self):
        invented.school(100101, opeid="00100100")
        with pytest.raises(Leftover, match="another name"):
            Schools().find(LocationRow("900100", (100101,), "09999900", "Brook Institute"))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("The University of Elm", "UNIVERSITY ELM"),
            ("Elm & Oak College", "Elm and Oak College"),
            ("St. John's College", "St Johns College"),
            ("Elm College-Oak Campus", "Elm College at Oak Campus"),
        ],
    )
    def test_names_are_compared_without_case_marks_and_fillers(self, one, other):
        assert plain(one) == plain(other)

    def test_different_schools_keep_different_names(self):
        assert plain("Elm Community College") != plain("Elm College")


class TestActions:
    def test_actions_are_the_history_of_their_record(self, bring):
        bring(DAPIP)
        (done,) = held()[0].actions.all()
        assert (done.description, done.reason, done.on, done.on_text) == (
            "Renewal of Accreditation",
            "Meets the standards",
            dt.date(2016, 1, 29),
            "",
        )

    def test_an_action_that_stands_there_twice_counts_once(self, bring):
        outcome = bring(dapip(record("900100"), actions=(action("900100"), action("900100"))))
        assert AccreditationAction.objects.count() == 1
        assert outcome.run.rejected == 0

    def test_actions_without_a_record_are_skipped(self, bring):
        bring(dapip(record("900100"), actions=(action("900100", SequentialId="2"),)))
        assert AccreditationAction.objects.count() == 0

    def test_a_date_that_cannot_be_is_kept_as_text(self, bring):
        bring(dapip(record("900100"), actions=(action("900100", ActionDate="1/29/8016 12:00:00 AM"),)))
        assert list(AccreditationAction.objects.values_list("on", "on_text")) == [(None, "1/29/8016")]

    def test_a_row_without_a_description_is_rejected_with_the_name_of_its_table(self, bring):
        outcome = bring(dapip(record("900100"), actions=(action("900100", ActionDescription=""),)))
        assert complaints(outcome) == [(2, "AccreditationActions.csv ActionDescription", "is empty")]


class TestReleases:
    def test_the_same_file_twice_changes_nothing(self, bring):
        bring(DAPIP)
        before = fingerprint()
        assert bring(DAPIP).run.state == ImportRun.State.UNCHANGED
        assert fingerprint() == before

    def test_what_the_newer_release_drops_is_cleared_with_its_history(self, bring):
        bring(DAPIP)
        run = bring(dapip(record("900100"), actions=(action("900100"),), month="2025-09")).run
        assert run.removed == 3
        assert [row.external_key for row in Accreditation.objects.all()] == ["dapip-900100-4-1-1"]
        assert vintage_of(held()[0].release) == "September 2025"
        assert Accreditation.history.filter(history_type="-").count() == 2

    def test_records_that_staff_keep_are_not_touched(self, bring):
        school_release = invented.release()
        bring(DAPIP)
        mine = Accreditation.objects.create(
            school=held()[0].school,
            agency=Agency.objects.get(dapip_id=4),
            status=AccreditationStatus.CANDIDATE,
            release=school_release,
        )
        bring(dapip(record("900100"), month="2025-09"))
        assert Accreditation.objects.filter(pk=mine.pk).exists()

    def test_a_changed_record_keeps_its_place(self, bring):
        bring(dapip(record("900100")))
        before = held()[0].pk
        run = bring(dapip(record("900100", AccreditationEndDate="1/1/2025 12:00:00 AM"), month="2025-09")).run
        assert (run.added, run.changed, run.removed) == (0, 1, 0)
        assert (held()[0].pk, held()[0].ended_on) == (before, dt.date(2025, 1, 1))

    def test_a_record_that_found_another_school_moves_with_its_history(self, bring):
        bring(dapip(record("900100"), actions=(action("900100"),)))
        before = held()[0].pk
        moved = location("900100", "Institut Sainte-Anne", unitids="100202")
        bring(dapip(record("900100"), locations=(moved,), actions=(action("900100"),), month="2025-09"))
        assert held() == []
        assert (held(100202)[0].pk, held(100202)[0].actions.count()) == (before, 1)

    def test_a_file_with_a_row_that_cannot_be_read_takes_nothing_off(self, bring):
        bring(DAPIP)
        damaged = dapip(record("900100"), record("900200", AccreditationStatus="?"), month="2025-09")
        bring(damaged, force="the rest is right")
        assert len(held(100202)) == 1

    def test_an_older_release_is_refused(self, bring):
        bring(DAPIP)
        assert bring(dapip(record("900100"), month="2024-03")).run.state == ImportRun.State.REFUSED


class TestFiles:
    def test_the_workbook_gives_the_same_as_the_zip(self, bring):
        bring(DAPIP)
        before = fingerprint()
        book = dapip(*DAPIP.parts[0].rows, actions=DAPIP.parts[2].rows, ending="xlsx")
        renamed = tuple(
            replace(part, name="InstituteCampuses") if part.name == "InstitutionCampus" else part for part in book.parts
        )
        run = bring(replace(book, parts=renamed)).run
        assert (run.state, run.rejected) == (ImportRun.State.UNCHANGED, 0)
        assert fingerprint() == before

    @pytest.mark.parametrize(
        "missing", ["InstitutionCampus.csv", "AccreditationRecords.csv", "AccreditationActions.csv"]
    )
    def test_a_zip_without_one_of_the_tables_is_refused(self, bring, missing):
        parts = tuple(part for part in DAPIP.parts if part.name != missing)
        run = bring(replace(DAPIP, parts=parts)).run
        assert run.state == ImportRun.State.REFUSED
        assert "lacks the column" in run.message
        assert Accreditation.objects.count() == 0

    def test_tables_without_rows_are_refused(self, bring):
        for sample in (dapip(), dapip(record("900100"), locations=())):
            assert bring(sample).run.state == ImportRun.State.REFUSED

    def test_the_file_is_recognised_once(self, tmp_path):
        source, vintage = told(DAPIP, tmp_path)
        assert (source, vintage.label) == (Source.DAPIP, "March 2025")
