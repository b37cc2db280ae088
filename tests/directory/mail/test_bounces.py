"""Delivery reports: a final failure stops mail to the address, anything else does not."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from directory.engagement.outbox import is_refused

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

--b--
"""


def reported(monkeypatch, text):
    class Input:
        buffer = io.BytesIO(text.encode())

    monkeypatch.setattr("sys.stdin", Input)
    call_command("record_bounce")


def test_an_address_can_be_named():
    call_command("record_bounce", "one@example.org")
    assert is_refused("ONE@example.org")


def test_what_is_no_address_is_said():
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("record_bounce", "nobody")


def test_a_report_of_a_final_failure_counts(monkeypatch):
    reported(monkeypatch, REPORT.format(action="failed", status="5.1.1"))
    assert is_refused("one@example.org")


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.7.1"), ("delivered", "2.0.0")])
def test_other_reports_change_nothing(monkeypatch, action, status):
    reported(monkeypatch, REPORT.format(action=action, status=status))
    assert not is_refused("one@example.org")


@pytest.mark.parametrize("text", ["", "no mail at all", "\x00\x01", "Content-Type: message/delivery-status\n\nnothing"])
def test_what_is_no_report_changes_nothing(monkeypatch, text):
    reported(monkeypatch, text)
