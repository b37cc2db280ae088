"""What is kept about readers ends when docs/operations.md says so, and not before."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from directory.engagement import outbox
from directory.engagement.readers import reader_with
from directory.models import Mail, MailRefusal, SavedSearch
from tests.directory.mail.conftest import NOW, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def forgets(clock, days):
    clock.move_to(NOW + dt.timedelta(days=days))
    call_command("forget")


def sent():
    mail = post(key="digest:9:2026-W10", stop_path="/mail/stop/x/")
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.SENT, sent_at=NOW)
    return mail


def test_the_words_and_the_address_of_a_mail_are_kept_a_month(clock):
    mail = sent()
    forgets(clock, 29)
    mail.refresh_from_db()
    assert mail.text
    forgets(clock, 31)
    mail.refresh_from_db()
    assert (mail.recipient, mail.subject, mail.text, mail.html, mail.stop_path) == ("", "", "", "", "")
    assert post(key="digest:9:2026-W10") is None, "the key stays: it is not told twice"


def test_the_row_is_kept_four_hundred_days(clock):
    sent()
    forgets(clock, 401)
    assert not Mail.objects.exists()


def test_what_still_waits_keeps_its_words(clock):
    mail = post()
    forgets(clock, 401)
    mail.refresh_from_db()
    assert mail.text


def test_files_go_after_a_month_half_written_ones_too(clock, folder):
    folder.mkdir()
    for name, days in (("old@x.eml", 31), (".half@x.eml.99", 31), ("young@x.eml", 29), ("notes.txt", 99)):
        (folder / name).write_text("")
        at = (NOW - dt.timedelta(days=days)).timestamp()
        os.utime(folder / name, (at, at))
    call_command("forget")
    assert sorted(path.name for path in folder.iterdir()) == ["notes.txt", "young@x.eml"]


def test_a_refused_address_is_forgotten_after_two_years(clock):
    outbox.refuse(email="one@example.org", reason="550")
    forgets(clock, 729)
    assert MailRefusal.objects.exists()
    forgets(clock, 731)
    assert not MailRefusal.objects.exists()


def test_an_account_that_holds_nothing_goes_after_a_year_and_one_that_holds_something_stays(clock):
    reader_with(email="empty@example.org")
    holder = reader_with(email="holder@example.org")
    assert holder
    SavedSearch.objects.create(reader=holder, query="", title="All programs", saved_at=timezone.now())
    User.objects.create_user("chief", "chief@example.org", is_staff=True)
    User.objects.create_user("robot", "robot@example.org")
    forgets(clock, 364)
    assert User.objects.count() == 4
    forgets(clock, 366)
    assert set(User.objects.values_list("email", flat=True)) == {
        "holder@example.org",
        "chief@example.org",
        "robot@example.org",
    }


def test_sessions_that_have_ended_go(clock):
    Session.objects.create(session_key="x", session_data="", expire_date=NOW - dt.timedelta(days=1))
    call_command("forget")
    assert not Session.objects.exists()
