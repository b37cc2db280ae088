"""The way of a file at the desk: requirements, upload, preview, approval, load, and taking it back."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils.html import escape

from directory.models import ProposalStep, ReleaseProposal, School
from directory.vocab import ProposalState, Role, Source
from tests.directory.admin.releases.conftest import ADD, at, send, text_of
from tests.directory.importers.files import archive
from tests.directory.importers.samples_ipeds import ANNE, COMPLETIONS, HD, MAPLE, hd, school
from tests.directory.pipeline.proposals.conftest import work
from tests.directory.pipeline.proposals.elsewhere import another_worker
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db
NOTES = (ReleaseProposal, ProposalStep)
MANY = [school(100100 + number, f"College {number}") for number in range(40)]


@pytest.fixture
def previewed(publisher):
    send(publisher)
    work()
    return ReleaseProposal.objects.get()


def approve(browser, proposal, **entered):
    proposal.refresh_from_db()
    seen = {"sha256": proposal.sha256, "preview": proposal.preview_number}
    return browser.post(at(proposal, "approve"), {**seen, **entered})


def test_what_a_source_asks_of_its_file_is_said_before(publisher):
    sources = text_of(publisher.get(ADD))
    assert "?source=ipeds-hd" in sources
    page = text_of(publisher.get(f"{ADD}?source=ipeds-completions"))
    for words in (
        "CYYYY_A.zip",
        "<code>CTOTALT</code>",
        "leaves the lists and keeps its page",
        "Who approves",
        "(not loaded yet)",
    ):
        assert words in page


def test_an_upload_is_checked_approved_and_loaded(publisher, previewed):
    page = text_of(publisher.get(at(previewed)))
    assert "Waits for approval" in page
    assert "Maple Fork College" in page
    assert approve(publisher, previewed).status_code == 302
    assert "Approved, waits to be loaded" in text_of(publisher.get(at(previewed)))
    work()
    page = text_of(publisher.get(at(previewed)))
    assert "3 added, 0 changed, 0 removed" in page
    assert School.objects.count() == 3
    said = LogEntry.objects.values_list("user__username", "change_message")
    assert [words for _, words in said.order_by("pk")] == ["Proposed hd2024.csv.", "Approved preview 1."]
    assert list(previewed.steps.values_list("by__username", "verb")) == [
        ("ada", "proposed"), (None, "checked"), ("ada", "approved"), (None, "applied"),
    ]  # fmt: skip


def test_a_waiting_page_looks_again_by_itself_and_a_decided_one_does_not(publisher, previewed):
    assert "http-equiv" not in text_of(publisher.get(at(previewed)))
    approve(publisher, previewed)
    page = text_of(publisher.get(at(previewed)))
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "No worker is running" in page
    with another_worker():
        assert "No worker is running" not in text_of(publisher.get(at(previewed)))


def test_a_stale_preview_offers_another_one_and_no_approval(tmp_path, publisher, previewed):
    HD.but(hd(MAPLE, year=2023).part).load(tmp_path)
    hd(ANNE, year=2023).load(tmp_path)
    page = text_of(publisher.get(at(previewed)))
    assert "Approve and load" not in page
    assert "may no longer be true" in page
    late = approve(publisher, previewed)
    assert late.status_code == 409
    assert "Preview it again" in text_of(late)
    assert publisher.post(at(previewed, "again")).status_code == 302
    work()
    assert "Approve and load" in text_of(publisher.get(at(previewed)))


def test_a_reason_is_kept_on_the_page_when_it_did_not_come_to_the_approval(tmp_path, publisher):
    hd(*MANY).load(tmp_path)
    send(publisher, hd(*MANY[:20], year=2025).content(), name="hd2025.csv")
    work()
    proposal = ReleaseProposal.objects.get()
    assert "This file looks wrong" in text_of(publisher.get(at(proposal)))
    assert "Say why it is right" in text_of(approve(publisher, proposal, overruled=" "))
    wrong = publisher.post(at(proposal, "approve"), {"sha256": "0", "preview": "x", "overruled": "Half of them closed"})
    assert (wrong.status_code, "Half of them closed</textarea>" in text_of(wrong)) == (409, True)
    assert approve(publisher, proposal, overruled="Half of them closed").status_code == 302


@pytest.mark.parametrize("verb", ["refuse", "withdraw"])
def test_refusing_and_withdrawing_ask_why_and_keep_it(publisher, previewed, verb):
    page = publisher.post(at(previewed, verb), {"reason": " "})
    assert (page.status_code, "Say why; the reason is kept." in text_of(page)) == (200, True)
    assert publisher.post(at(previewed, verb), {"reason": "It is last year’s <b>file</b>."}).status_code == 302
    page = text_of(publisher.get(at(previewed)))
    assert "It is last year’s &lt;b&gt;file&lt;/b&gt;." in page
    assert "Propose it anew" in page
    late = publisher.post(at(previewed, verb), {"reason": "And once more"})
    assert (late.status_code, "And once more" in text_of(late)) == (409, True)


def test_a_load_is_taken_back_with_one_action_and_its_reason(publisher, previewed):
    approve(publisher, previewed)
    work()
    assert "Take this load back" in text_of(publisher.get(at(previewed)))
    assert publisher.post(at(previewed, "take_back"), {"reason": "A draft"}).status_code == 302
    work()
    page = text_of(publisher.get(at(previewed)))
    assert "Taken back" in page
    assert School.objects.count() == 0
    assert LogEntry.objects.filter(change_message="Take it back: A draft").exists()


def test_the_same_file_once_more_says_that_it_is_loaded(publisher, previewed):
    approve(publisher, previewed)
    work()
    before = fingerprint(without=NOTES)
    sent = send(publisher)
    page = text_of(publisher.get(sent["Location"]))
    assert "This very file is loaded already, as 2024-25" in page
    work()
    assert "there is nothing to load" in text_of(publisher.get(sent["Location"]))
    assert fingerprint(without=NOTES)["directory.School"] == before["directory.School"]


def test_the_same_file_while_it_is_open_leads_to_the_one_that_is(publisher, previewed):
    sent = send(publisher)
    assert sent["Location"] == at(previewed)
    assert ReleaseProposal.objects.count() == 1


def test_an_expired_session_keeps_the_file_waiting_for_its_approval(publisher, previewed):
    gone = approve(Client(), previewed, overruled="typed")
    assert gone.status_code == 403
    assert "nothing that you typed is lost" in text_of(gone)
    previewed.refresh_from_db()
    assert previewed.state == ProposalState.PREVIEWED
    assert approve(publisher, previewed).status_code == 302


# --- files that are none ------------------------------------------------------------------------------


BOMB = archive({"hd2024.csv": b"\0" * (8 << 20)})


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "hd2024.csv", "The submitted file is empty"),
        (BOMB, "hd2024.zip", "zip bomb, or zeros"),
        (b"\0" * 70_000, "hd2024.csv", "nothing but zeros"),
        (archive({"hd2024.zip": archive({"hd2024.csv": HD.content()})}), "hd.zip", "a zip file within the zip file"),
        (archive({"../../hd2024.csv": b"x"}), "hd.zip", "leads out of the archive"),
        (archive({f"{n}.csv": b"x" for n in range(101)}), "hd.zip", "packs 101 files"),
        (archive({"[Content_Types].xml": b"<x/>", "xl/vbaProject.bin": b"x"}), "hd.xlsx", "macros"),
        (archive({"[Content_Types].xml": b"sheet.macroEnabled.main+xml"}), "hd.xlsx", "one with macros (.xlsm)"),
        (b"<!doctype html><title>Not found</title>", "hd2024.csv", "is a web page"),
        (b"%PDF-1.7", "hd2024.csv", "is a PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 60, "hd2024.csv", "an old Excel file"),
        (b"PK\x03\x04cut", "hd2024.zip", "damaged or cut-off"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_a_file_that_is_no_table_is_refused_beside_its_field(publisher, media, content, name, words):
    page = send(publisher, content, name=name, note="From the press office")
    assert page.status_code == 200
    assert words in text_of(page)
    assert "From the press office" in text_of(page)
    assert not ReleaseProposal.objects.exists()
    assert [each for each in media.rglob("*") if each.is_file()] == []


def test_a_file_larger_than_the_limit_is_dropped_while_it_comes(settings, publisher):
    settings.RELEASES_MAX_UPLOAD_MB = 1
    page = send(publisher, b"x" * (3 << 20), note="From the press office")
    assert "The file is larger than 1 MB" in text_of(page)
    assert "From the press office" in text_of(page)


def test_the_wrong_file_and_formulas_are_said_with_line_and_reason(publisher):
    send(publisher, COMPLETIONS.content(), name=COMPLETIONS.name)
    work()
    assert "looks like IPEDS Completions" in text_of(publisher.get(at(ReleaseProposal.objects.get())))
    rows = [*MANY, school("=1+1", "<script>alert(1)</script>")]
    send(publisher, hd(*rows).content())
    work()
    proposal = ReleaseProposal.objects.latest("pk")
    page = text_of(publisher.get(at(proposal)))
    assert escape("=1+1") in page
    assert '<td class="number">42</td>' in page
    table = publisher.get(at(proposal, "rejects"))
    assert table["Content-Disposition"].startswith("attachment")
    assert b",'=1+1," in b"".join(table.streaming_content)


def test_what_was_sent_is_kept_while_the_rest_is_mended(publisher):
    page = send(publisher, source=Source.IPEDS_COMPLETIONS, content=COMPLETIONS.content(), scope="51.07, health")
    assert "health is no CIP code" in text_of(page)
    assert "has come and is kept" in text_of(page)
    came = page.context["form"]["came"].value()
    sent = send(publisher, source=Source.IPEDS_COMPLETIONS, file=None, scope="51.07", came=came)
    assert sent.status_code == 302
    assert ReleaseProposal.objects.get().sha256


def test_a_made_up_file_token_is_no_file(publisher):
    assert "Choose a file" in text_of(send(publisher, file=None, came="eyJhIjoxfQ:made:up"))


def test_a_fetched_file_is_chosen_and_nothing_outside_of_the_folder(settings, publisher, tmp_path):
    settings.OFFICIAL_DATA_DIR.mkdir()
    HD.write(settings.OFFICIAL_DATA_DIR)
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    (settings.OFFICIAL_DATA_DIR / "link.csv").symlink_to(tmp_path / "secret.csv")
    page = text_of(publisher.get(f"{ADD}?source=ipeds-hd"))
    assert "hd2024.csv (" in page
    assert "link.csv" not in page
    for name in ("../secret.csv", "link.csv", "/etc/passwd"):
        assert "Select a valid choice" in text_of(send(publisher, file=None, fetched=name))
    assert send(publisher, file=None, fetched="hd2024.csv").status_code == 302
    assert ReleaseProposal.objects.get().fetched == "hd2024.csv"


# --- who may do what ----------------------------------------------------------------------------------

VERBS = ("approve", "again", "refuse", "withdraw", "take_back")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CURATOR, Role.MODERATOR, Role.EDITOR])
def test_others_look_and_do_nothing(as_role, publisher, previewed, role):
    browser = as_role(role)
    before = fingerprint(without=())
    page = browser.get(at(previewed))
    assert page.status_code == 200
    for words in ("Approve and load", "Refuse…", "download</a>", "Propose it anew"):
        assert words not in text_of(page)
    assert browser.get(ADD).status_code == 403
    assert send(browser).status_code == 403
    assert browser.get(at(previewed, "file")).status_code == 403
    for verb in VERBS:
        assert browser.get(at(previewed, verb)).status_code == 403
        assert browser.post(at(previewed, verb), {"reason": "x"}).status_code == 403
    assert fingerprint(without=()) == before


def test_the_file_is_handed_out_as_an_attachment_to_publishers_only(publisher, previewed):
    answer = publisher.get(at(previewed, "file"))
    assert answer["Content-Disposition"] == 'attachment; filename="hd2024.csv"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == HD.content()
    assert Client().get(at(previewed, "file")).status_code == 302


@pytest.mark.parametrize("verb", ["approve", "again"])
def test_reading_an_address_does_nothing(publisher, previewed, verb):
    before = fingerprint(without=())
    assert publisher.get(at(previewed, verb)).status_code == 405
    assert fingerprint(without=()) == before


@pytest.mark.parametrize("key", ["0", "99999", "x", "9" * 40])
def test_a_file_that_is_not_there_is_no_page(publisher, key):
    assert publisher.get(f"/admin/directory/releaseproposal/{key}/change/").status_code == 404


def test_the_page_asks_as_often_for_many_steps_as_for_few(publisher, previewed, django_assert_max_num_queries):
    for _ in range(30):
        ProposalStep.objects.create(
            proposal=previewed, verb="again", at=previewed.proposed_at, by=previewed.proposed_by
        )
    with django_assert_max_num_queries(20):
        publisher.get(at(previewed))
