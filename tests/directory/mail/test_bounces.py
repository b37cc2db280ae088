"""Delivery reports: a final failure stops mail to the address, anything else does not."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from directory.engagement.outbox import is_refused
from directory.models import Mail
from tests.directory.mail.conftest import post

pytestmark = pytest.mark.django_db

REPORT = """\
From: mailer@example.org
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not work.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; One@Example.org
Action: {action}
Status: {status}
Diagnostic-Code: {said}

--b
Content-Type: {kind}

Message-ID: {name}
Subject: News of your search

--b--
"""


def reported(monkeypatch, text):
    class Input:
        buffer = io.BytesIO(text.encode())

    monkeypatch.setattr("sys.stdin", Input)
    call_command("record_bounce")


def report(name, action="failed", status="5.1.1", said="smtp; 550 no", kind="message/rfc822"):
    return REPORT.format(action=action, status=status, said=said, kind=kind, name=name)


@pytest.fixture
def sent():
    """A mail of ours that went to one@example.org."""
    mail = post()
    Mail.objects.update(state="sent", sent_at=mail.written_at)
    return mail


def test_an_address_can_be_named():
    call_command("record_bounce", "one@example.org")
    assert is_refused("ONE@example.org")


def test_what_is_no_address_is_said():
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("record_bounce", "nobody")


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_of_a_final_failure_counts(monkeypatch, sent, kind):
    reported(monkeypatch, report(sent.message_id, kind=kind))
    assert is_refused("one@example.org")


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.7.1"), ("delivered", "2.0.0")])
def test_other_reports_change_nothing(monkeypatch, sent, action, status):
    reported(monkeypatch, report(sent.message_id, action=action, status=status))
    assert not is_refused("one@example.org")


@pytest.mark.parametrize("status", ["5.7.1", "5.3.0", "5.2.2", "5.1.8", "5.4.4"])
def test_a_failure_that_is_not_the_addresss_changes_nothing(monkeypatch, sent, status):
    reported(monkeypatch, report(sent.message_id, status=status))
    assert not is_refused("one@example.org")


@pytest.mark.parametrize(
    ("said", "counts"), [("smtp; 550 no such user", True), ("smtp; 550 5.7.1 blocked", False), ("x; what", False)]
)
def test_a_report_without_a_status_of_its_own_is_read_by_the_servers_words(monkeypatch, sent, said, counts):
    reported(monkeypatch, report(sent.message_id, status="5.0.0", said=said))
    assert is_refused("one@example.org") is counts


def test_a_report_about_a_mail_that_we_never_wrote_silences_nobody(monkeypatch, sent):
    for name in ("<stranger@example.net>", ""):
        reported(monkeypatch, report(name))
    assert not is_refused("one@example.org")


def test_the_address_is_the_one_that_we_wrote_to_whatever_the_report_names(monkeypatch, sent):
    reported(monkeypatch, report(sent.message_id).replace("One@Example.org", "no address at all"))
    assert is_refused("one@example.org")


@pytest.mark.parametrize("text", ["", "no mail at all", "\x00\x01", "Content-Type: message/delivery-status\n\nnothing"])
def test_what_is_no_report_changes_nothing(monkeypatch, text):
    reported(monkeypatch, text)


@pytest.mark.parametrize(("action", "status"), [("delivered", "2.0.0"), ("relayed", "2.0.0"), ("failed", "4.7.1")])
def test_any_report_about_a_mail_in_doubt_says_that_the_server_had_it(monkeypatch, sent, action, status):
    Mail.objects.update(state="in-doubt", sent_at=None, trouble="SMTPServerDisconnected")
    reported(monkeypatch, report(sent.message_id, action=action, status=status))
    held = Mail.objects.get()
    assert (held.state, held.trouble) == ("sent", "")
    assert held.sent_at is not None


def test_a_report_about_no_mail_of_ours_settles_nothing(monkeypatch, sent):
    Mail.objects.update(state="in-doubt", sent_at=None)
    reported(monkeypatch, report("<another@example.org>", action="delivered", status="2.0.0"))
    assert Mail.objects.get().state == "in-doubt"
