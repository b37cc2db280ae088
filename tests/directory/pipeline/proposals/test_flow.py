"""A file from the proposal to the load: previewed as it will be, approved for what was seen, loaded once."""

from __future__ import annotations

import pytest

from directory.curation import overrides
from directory.importers.errors import Refused
from directory.models import ImportRun, ReleaseProposal, School
from directory.pipeline.load import Order, load
from directory.pipeline.proposals import deciding, store
from directory.vocab import ProposalState, Source
from tests.directory.importers.files import archive
from tests.directory.importers.samples_ipeds import ANNE, COMPLETIONS, HD, MAPLE, awards, completions, hd, school
from tests.directory.pipeline.proposals.conftest import approve, run_of, verbs, work
from tests.factories.state import contents, fingerprint

pytestmark = pytest.mark.django_db
NOTES = (ReleaseProposal, ReleaseProposal.steps.rel.related_model)
LAST_YEAR = hd(MAPLE, ANNE, year=2023)
THIS_YEAR = hd(school(100101, "Maple University", CITY="Oak"), school(100404, "Oak College"), year=2024)


def told(proposal):
    proposal.refresh_from_db()
    return proposal.preview["warnings"]


def test_a_preview_tells_what_would_happen_and_writes_nothing(tmp_path, propose):
    LAST_YEAR.load(tmp_path)
    before = fingerprint(without=NOTES)
    proposal = propose(THIS_YEAR)
    (done,) = work()
    assert done.state == ProposalState.PREVIEWED
    assert fingerprint(without=NOTES) == before
    assert (done.added, done.changed, done.removed, done.rejected) == (1, 1, 1, 0)
    assert done.vintage == "2024-25"
    assert done.preview
    (table,) = done.preview["tables"]
    assert {name: table[name] for name in ("name", "added", "changed", "removed", "unchanged")} == {
        "name": "schools", "added": 1, "changed": 1, "removed": 1, "unchanged": 0,
    }  # fmt: skip
    samples = {each["what"]: each for each in table["samples"]}
    assert "Oak College" in samples["added"]["row"]
    assert ["name", "Maple Fork College", "Maple University"] in samples["changed"]["values"]
    assert "Sainte-Anne" in samples["removed"]["row"]
    assert table["columns"]["city"] == 1
    assert verbs(proposal) == ["proposed", "checked"]


def test_what_was_approved_is_loaded_and_equals_a_load_by_command(tmp_path, propose, bo):
    LAST_YEAR.load(tmp_path)
    proposal = propose(THIS_YEAR)
    work()
    assert School.objects.get(unitid=100101).name == "Maple Fork College"
    approve(proposal, bo)
    (done,) = work()
    assert (done.state, done.approved_by, run_of(done).state) == (ProposalState.APPLIED, bo, ImportRun.State.APPLIED)
    assert School.objects.get(unitid=100101).name == "Maple University"
    assert verbs(proposal) == ["proposed", "checked", "approved", "applied"]
    before = contents()
    assert load(Order(THIS_YEAR.write(tmp_path), Source.IPEDS_HD)).run.state == ImportRun.State.UNCHANGED
    assert contents() == before


def test_the_same_file_twice_says_that_it_is_held_and_changes_nothing(propose, ada):
    approve_of(propose(HD), ada)
    before = fingerprint(without=NOTES)
    before_it = deciding.loaded_before(Source.IPEDS_HD, store.keep([HD.content()]).sha256, "all")
    assert str(before_it and before_it.release) == "IPEDS institution directory (HD), 2024-25"
    second = propose(HD)
    (done,) = work()
    assert done.state == ProposalState.UNCHANGED
    assert "held as 2024-25 already" in done.message
    assert fingerprint(without=NOTES) == before
    with pytest.raises(deciding.NotNowError):
        approve(second, ada)


def approve_of(proposal, by):
    work()
    approve(proposal, by)
    (done,) = work()
    assert done.state == ProposalState.APPLIED, done.message


def test_the_same_file_is_proposed_once_while_it_is_open(propose):
    first = propose(HD)
    with pytest.raises(deciding.HeldError) as found:
        propose(HD)
    assert found.value.proposal == first


def test_an_import_since_makes_a_preview_stale(tmp_path, propose, ada):
    proposal = propose(THIS_YEAR)
    work()
    LAST_YEAR.load(tmp_path)
    with pytest.raises(deciding.NotNowError, match="made of was loaded or taken back since"):
        approve(proposal, ada)
    deciding.preview_again(proposal=proposal, by=ada)
    work()
    approve(proposal, ada)
    assert work()[0].state == ProposalState.APPLIED


def test_an_import_after_the_approval_sends_it_back_to_its_check(tmp_path, propose, ada):
    proposal = propose(THIS_YEAR)
    work()
    approve(proposal, ada)
    LAST_YEAR.load(tmp_path)
    before = School.objects.get(unitid=100101).name
    done = work()
    assert [each.state for each in done] == [ProposalState.UPLOADED, ProposalState.PREVIEWED]
    assert School.objects.get(unitid=100101).name == before
    assert done[-1].approved_by is None
    assert "stale" in verbs(proposal)


def test_of_two_approved_the_first_is_loaded_and_the_second_previewed_anew(propose, ada):
    first, second = propose(LAST_YEAR), propose(THIS_YEAR)
    work()
    approve(second, ada)
    approve(first, ada)
    states = [(each.pk, each.state) for each in work()]
    assert states == [
        (second.pk, ProposalState.APPLIED), (first.pk, ProposalState.UPLOADED), (first.pk, ProposalState.PREVIEWED),
    ]  # fmt: skip
    assert any("which is newer than 2023-24" in words for words in told(first))


def test_the_second_of_two_who_approve_hears_who_was_quicker(propose, ada, bo):
    proposal = propose(HD)
    work()
    stale_page = ReleaseProposal.objects.get(pk=proposal.pk)
    approve(proposal, ada)
    with pytest.raises(deciding.NotNowError, match="ada, approved"):
        deciding.approve(proposal=stale_page, by=bo, sha256=stale_page.sha256, preview=stale_page.preview_number)
    assert verbs(proposal).count("approved") == 1
    assert [each.state for each in work()] == [ProposalState.APPLIED]


def test_an_approval_is_for_the_preview_that_was_seen(propose, ada):
    proposal = propose(HD)
    work()
    with pytest.raises(deciding.NotNowError, match="made anew"):
        approve(proposal, ada, preview=7)
    with pytest.raises(deciding.NotNowError, match="made anew"):
        approve(proposal, ada, sha256="0" * 64)


def test_somebody_else_approves_where_the_setting_says_so(settings, propose, ada, bo):
    settings.RELEASES_NEED_SECOND_PERSON = True
    proposal = propose(HD)
    work()
    with pytest.raises(deciding.NotNowError, match="somebody else"):
        approve(proposal, ada)
    approve(proposal, bo)
    assert work()[0].state == ProposalState.APPLIED


@pytest.mark.parametrize("verb", [deciding.refuse, deciding.withdraw])
def test_a_refused_or_withdrawn_file_keeps_its_reason_and_is_never_loaded(propose, ada, verb):
    proposal = propose(HD)
    work()
    with pytest.raises(deciding.NotNowError, match="Say why"):
        verb(proposal=proposal, by=ada, reason="  ")
    verb(proposal=proposal, by=ada, reason="It is last year’s.")
    assert work() == []
    step = proposal.steps.last()
    assert (step.by, step.words) == (ada, "It is last year’s.")
    with pytest.raises(deciding.NotNowError):
        approve(proposal, ada)
    assert not School.objects.exists()


def test_a_file_that_looks_cut_off_is_previewed_and_takes_a_reason(tmp_path, propose, ada):
    many = [school(100100 + number, f"College {number}") for number in range(40)]
    hd(*many, year=2024).load(tmp_path)
    proposal = propose(hd(*many[:20], year=2025))
    (done,) = work()
    assert (done.state, done.removed) == (ProposalState.PREVIEWED, 20)
    assert "would take off 20 of 40 schools" in done.doubt
    assert "--force" not in done.doubt
    assert any("20 of 40 schools would go: 50.0%" in words for words in told(proposal))
    with pytest.raises(deciding.NotNowError, match="looks wrong"):
        approve(proposal, ada)
    approve(proposal, ada, overruled="Half of them closed.")
    (done,) = work()
    assert (run_of(done).force_reason, run_of(done).forced_by) == ("Half of them closed.", ada)


def test_every_reason_to_doubt_a_file_is_told_and_not_the_first_alone(tmp_path, propose):
    many = [school(100100 + number, f"College {number}") for number in range(40)]
    hd(*many, year=2024).load(tmp_path)
    propose(hd(*many[:20], year=2024))
    (done,) = work()
    assert done.state == ProposalState.PREVIEWED
    cut_off, loss = done.doubt.splitlines()
    assert "20 usable rows, but 40 rows are held" in cut_off
    assert "would take off 20 of 40 schools" in loss


def test_the_wrong_file_is_named_for_what_it_looks_like(tmp_path, propose):
    HD.load(tmp_path)
    propose(COMPLETIONS, source=Source.IPEDS_HD)
    (done,) = work()
    assert done.state == ProposalState.BAD_FILE
    assert "wrong file for IPEDS institution directory" in done.message
    assert "looks like IPEDS Completions" in done.message


def test_several_years_in_one_file_are_refused(propose):
    both = {sample.name: sample.part.csv() for sample in (LAST_YEAR, THIS_YEAR)}
    propose(archive(both), name="hd.zip", source=Source.IPEDS_HD)
    (done,) = work()
    assert done.state == ProposalState.BAD_FILE
    assert "several years: 2023-24, 2024-25" in done.message


def test_the_same_content_under_another_year_is_warned_about(tmp_path, propose):
    THIS_YEAR.load(tmp_path)
    proposal = propose(THIS_YEAR, name="hd2027.csv")
    work()
    same, gap = told(proposal)[:2]
    assert same.startswith("This very file is loaded as 2024-25. Under this name it would be loaded again as 2027-28")
    assert gap == "The newest year that is loaded is 2024-25. With 2027-28 the 2 years between would be missing."


def test_a_year_that_is_held_leaves_no_gap(tmp_path, propose):
    hd(MAPLE, year=2021).load(tmp_path)
    THIS_YEAR.load(tmp_path)
    proposal = propose(hd(MAPLE, year=2024))
    work()
    assert not any("would be missing" in words for words in told(proposal))


def test_a_correction_under_which_the_official_value_changes_is_told_and_stays(tmp_path, propose, ada):
    LAST_YEAR.load(tmp_path)
    maple = School.objects.get(unitid=100101)
    overrides.correct(target=maple, column="city", value="Elm", reason="Their letter", by=ada)
    proposal = propose(THIS_YEAR)
    work()
    assert told(proposal)[0] == (
        "The official value would change under 1 correction of ours. It stays and waits among the conflicts."
    )
    maple.refresh_from_db()
    assert (maple.city, maple.overrides.get().conflict_since) == ("Elm", None)


def test_columns_that_came_or_went_are_named(tmp_path, propose):
    THIS_YEAR.load(tmp_path)
    part = THIS_YEAR.part
    fewer = [name for name in part.header if name not in ("VETURL", "DFRCUSCG")]
    later = hd(*part.rows, year=2025)
    order = [part.header.index(name) for name in fewer]
    text = later.but(later.part.reordered(order)).content().decode()
    head, rest = text.split("\r\n", 1)
    rows = "\r\n".join(f"{line},x" if line else "" for line in rest.split("\r\n"))
    proposal = propose(f"{head},SHOESIZE\r\n{rows}".encode(), name="hd2025.csv", source=Source.IPEDS_HD)
    work()
    words = "\n".join(told(proposal))
    assert "we read and this file lacks: VETURL." in words
    assert "gone since the last file of this source: DFRCUSCG." in words
    assert "New columns since the last file of this source: SHOESIZE." in words


def test_figures_that_jump_are_counted_and_the_farthest_shown(tmp_path, propose):
    completions(awards(100101, "51.0707", 3, 40), awards(100202, "51.0707", 5, 55), year=2023).load(tmp_path)
    proposal = propose(completions(awards(100101, "51.0707", 3, 61), awards(100202, "51.0707", 5, 60), year=2024))
    work()
    assert any("1 of 2 figures in completions (50%)" in words for words in told(proposal))
    table = next(each for each in proposal.preview["tables"] if each["jumps"])
    assert [(each["before"], each["after"]) for each in table["farthest"]] == [("40", "61")]
    assert "Maple Fork College" in table["farthest"][0]["row"]


def test_a_leap_from_little_or_nothing_is_a_jump_and_a_step_is_none(tmp_path, propose):
    held = (awards(100101, "51.0707", 3, 0), awards(100202, "51.0707", 5, 4), awards(100303, "51.0707", 3, 3))
    completions(*held, year=2023).load(tmp_path)
    coming = (awards(100101, "51.0707", 3, 999), awards(100202, "51.0707", 5, 14), awards(100303, "51.0707", 3, 9))
    proposal = propose(completions(*coming, year=2024))
    work()
    assert any("2 of 3 figures in completions" in words for words in told(proposal))
    table = next(each for each in proposal.preview["tables"] if each["jumps"])
    assert [(each["before"], each["after"]) for each in table["farthest"]] == [("0", "999"), ("4", "14")]


def test_the_head_of_a_preview_says_the_sum_of_its_tables(tmp_path, propose, ada):
    held = (awards(100101, "51.0707", 3, 40), awards(100202, "51.0707", 5, 55))
    completions(*held, year=2023).load(tmp_path)
    proposal = propose(completions(*held, awards(100101, "51.0713", 21, 3), year=2024))
    (done,) = work()
    assert done.preview
    counts = [[table[what] for what in ("added", "changed", "removed")] for table in done.preview["tables"]]
    assert {table["name"]: table["changed"] for table in done.preview["tables"]} == {"programs": 2, "completions": 0}
    assert {table["name"]: table["unchanged"] for table in done.preview["tables"]} == {"programs": 1, "completions": 0}
    assert [done.added, done.changed, done.removed] == [sum(each) for each in zip(*counts, strict=True)] == [4, 2, 0]
    approve(proposal, ada)
    (done,) = work()
    words = [step.words for step in done.steps.all()]
    assert "4 rows to add, 2 to change, 0 to remove, 0 rejected" in words
    assert "4 rows added, 2 changed, 0 removed, as previewed" in words


def test_rejects_are_listed_whole_and_run_nothing_in_a_spreadsheet(propose):
    bad = [school(f"=HYPERLINK({number})", "No") for number in range(5)]
    many = [school(100100 + number, f"College {number}") for number in range(60)]
    proposal = propose(hd(*many, *bad))
    work()
    from directory.pipeline.proposals.rejects import path_of

    proposal.refresh_from_db()
    assert [each["line"] for each in proposal.preview["rejects"]] == [62, 63, 64, 65, 66]
    lines = path_of(proposal).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "line,column,value,reason"
    assert lines[1].startswith("62,UNITID,'=HYPERLINK(0),")
    assert proposal.preview["not_whole"].startswith("This file is not whole. 5 rows of it cannot be read.")


def test_a_file_that_is_gone_or_damaged_is_not_loaded(propose, ada):
    proposal = propose(HD)
    work()
    approve(proposal, ada)
    store.place(proposal.sha256).write_bytes(b"another content")
    (done,) = work()
    assert (done.state, School.objects.count()) == (ProposalState.BAD_FILE, 0)


def test_a_fault_of_ours_ends_one_file_and_not_the_queue(monkeypatch, propose):
    def breaks(*_args, **_named):
        raise ZeroDivisionError

    first = propose(HD)
    monkeypatch.setattr("directory.pipeline.proposals.preview.check_source", breaks)
    (done,) = work()
    assert (done.pk, done.state) == (first.pk, ProposalState.FAILED)
    assert "ZeroDivisionError" in done.message


def test_a_file_that_is_too_large_leaves_nothing(settings, media, propose):
    settings.RELEASES_MAX_UPLOAD_MB = 0
    with pytest.raises(Refused, match="larger than 0 MB"):
        propose(HD)
    assert [each for each in media.rglob("*") if each.is_file()] == []


def test_a_load_is_taken_back_whole_and_can_be_proposed_again(tmp_path, propose, ada, bo):
    LAST_YEAR.load(tmp_path)
    before = contents()
    proposal = propose(THIS_YEAR)
    approve_of(proposal, ada)
    proposal.refresh_from_db()
    with pytest.raises(deciding.NotNowError, match="Say why"):
        deciding.take_back(proposal=proposal, by=bo, reason="")
    deciding.take_back(proposal=proposal, by=bo, reason="It is a draft of the file.")
    (done,) = work()
    assert (done.state, run_of(done).state, run_of(done).reverted_by) == (
        ProposalState.REVERTED,
        ImportRun.State.REVERTED,
        bo,
    )
    assert facts(contents()) == facts(before)
    assert deciding.loaded_before(Source.IPEDS_HD, proposal.sha256, "all") is None
    approve_of(propose(THIS_YEAR), ada)
    assert School.objects.get(unitid=100101).name == "Maple University"


def test_a_fault_while_a_load_is_taken_back_leaves_it_loaded_to_be_taken_back_again(monkeypatch, propose, ada):
    def breaks(*_args, **_named):
        raise ZeroDivisionError

    proposal = propose(HD)
    approve_of(proposal, ada)
    proposal.refresh_from_db()
    deciding.take_back(proposal=proposal, by=ada, reason="Wrong year.")
    with monkeypatch.context() as broken:
        broken.setattr("directory.pipeline.change_log.revert", breaks)
        (done,) = work()
    assert (done.state, School.objects.count()) == (ProposalState.APPLIED, 3)
    kept = done.steps.last()
    assert kept is not None
    assert (kept.verb, "ZeroDivisionError" in kept.words) == ("kept", True)
    deciding.take_back(proposal=done, by=ada, reason="Wrong year.")
    assert [each.state for each in work()] == [ProposalState.REVERTED]
    assert School.objects.count() == 0


def facts(found):
    return {name: rows for name, rows in found.items() if "Proposal" not in name and "User" not in name}


def test_a_load_under_a_later_one_is_not_taken_back_and_says_why(tmp_path, propose, ada):
    proposal = propose(LAST_YEAR)
    approve_of(proposal, ada)
    THIS_YEAR.load(tmp_path)
    proposal.refresh_from_db()
    before = fingerprint()
    with pytest.raises(deciding.NotNowError):
        deciding.take_back(proposal=proposal, by=ada, reason="Wrong year.")
    assert fingerprint() == before
    assert deciding.against_taking_back(proposal)


def test_a_revert_makes_other_previews_stale(tmp_path, propose, ada):
    first = propose(LAST_YEAR)
    approve_of(first, ada)
    second = propose(THIS_YEAR)
    work()
    first.refresh_from_db()
    deciding.take_back(proposal=first, by=ada, reason="Wrong year.")
    work()
    with pytest.raises(deciding.NotNowError, match="made of was loaded or taken back since"):
        approve(second, ada)
