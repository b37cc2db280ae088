"""Signing in by code: one field for known and unknown addresses, and nothing learnt by trying."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.directory.account.conftest import CODE, SIGN_IN, asks, newest_code, signs_in

pytestmark = pytest.mark.django_db


def refusing(monkeypatch, error):
    def fail(*_):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)


def test_reading_the_page_sets_no_session_and_sends_nothing(client):
    page = client.get(SIGN_IN)
    assert page.status_code == 200
    assert "session" not in "".join(page.cookies)
    assert (mail.outbox, "no-store" in page["Cache-Control"]) == ([], True)


def test_an_unknown_address_becomes_an_account_when_its_code_is_confirmed_and_not_before(client):
    asks(client, "New.Reader@Example.org")
    assert (User.objects.count(), [each.to for each in mail.outbox]) == (0, [["new.reader@example.org"]])
    client.post(CODE, {"code": newest_code()})
    made = User.objects.get()
    assert (made.email, made.has_usable_password(), made.is_staff) == ("new.reader@example.org", False, False)
    assert "reader" not in made.username.removeprefix("reader-")
    assert EmailAddress.objects.get().verified
    assert client.get(reverse("account")).status_code == 200


@pytest.mark.parametrize("email", [f"a@{'ü' * 60}.example", f"{'a' * 60}@{'.'.join(['ü' * 40] * 4)}.example"])
def test_an_address_that_no_mail_server_understands_is_said_beside_the_field(client, email):
    page = client.post(SIGN_IN, {"email": email})
    assert page.status_code == 200
    assert "email" in page.context["form"].errors
    assert mail.outbox == []


def test_an_address_of_other_letters_gets_its_code(client):
    asks(client, "a@bücher.example")
    assert [each.to for each in mail.outbox] == [["a@bücher.example"]]


def test_a_known_address_comes_back_to_its_account(client, reader):
    signs_in(client, "READER@example.org")
    assert User.objects.count() == 1
    assert client.session["_auth_user_id"] == reader.session["_auth_user_id"]


def test_known_unknown_and_staff_addresses_get_the_same_page(reader, admin_user):
    pages = []
    for email in ("reader@example.org", "other1@example.org", admin_user.email):
        browser = Client()
        answer = asks(browser, email)
        page = browser.get(answer["Location"]).content.decode().replace(email, "…")
        token = page.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
        pages.append((answer.status_code, answer["Location"], page.replace(token, "…").split("csrf")[0]))
    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize("typed", ["0000-0000", "", "x" * 5_000, "١٢٣٤٥٦٧٨", "\x00"])
def test_a_wrong_code_is_said_beside_its_field(client, typed):
    asks(client, "one@example.org")
    page = client.post(CODE, {"code": typed})
    assert page.status_code == 200
    assert 'aria-describedby="code-error"' in page.content.decode()
    assert not User.objects.exists()


def test_the_third_wrong_code_ends_it_and_keeps_the_address(client):
    asks(client, "one@example.org")
    code = newest_code()
    for _ in range(3):
        page = client.post(CODE, {"code": "0000-0000"}).content.decode()
    assert "no longer works" in page
    assert 'value="one@example.org"' in page
    assert "sign-in" in client.get(CODE)["Location"]
    client.post(CODE, {"code": code})
    assert not User.objects.exists()


def test_blanks_and_dashes_of_a_code_are_the_readers_own(client):
    asks(client, "one@example.org")
    client.post(CODE, {"code": f" {newest_code().replace('-', ' ')} "})
    assert User.objects.count() == 1


def test_a_code_works_for_a_quarter_of_an_hour_and_in_its_own_browser_only(client):
    with time_machine.travel(dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC), tick=False) as clock:
        asks(client, "one@example.org")
        code = newest_code()
        Client().post(CODE, {"code": code})
        clock.shift(dt.timedelta(minutes=16))
        client.post(CODE, {"code": code})
        assert not User.objects.exists()


def test_a_code_works_once(client):
    signs_in(client, "one@example.org")
    code = newest_code()
    client.post(reverse("account_logout"))
    client.post(CODE, {"code": code})
    assert "_auth_user_id" not in client.session


def test_a_new_code_replaces_the_old_one_and_there_are_two_of_them(client):
    asks(client, "one@example.org")
    first = newest_code()
    for _ in range(2):
        assert client.post(CODE, {"action": "again"}).status_code == 302
    assert "Too many codes" in client.post(CODE, {"action": "again"}).content.decode()
    assert len(mail.outbox) == 3
    client.post(CODE, {"code": first})
    assert not User.objects.exists()
    client.post(CODE, {"code": newest_code()})
    assert User.objects.count() == 1


def test_an_address_gets_five_codes_in_a_quarter_of_an_hour(client):
    for _ in range(5):
        assert asks(Client(), "one@example.org").status_code == 302
    page = asks(Client(), "ONE@example.org").content.decode()
    assert "Too many codes" in page
    assert 'value="ONE@example.org"' in page
    assert len(mail.outbox) == 5


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionRefusedError(), "could not be sent just now"),
        (SMTPServerDisconnected(), "could not be sent just now"),
        (SMTPRecipientsRefused({"one@example.org": (550, b"no")}), "does not take our mail"),
    ],
)
def test_a_mail_that_nobody_takes_is_said_and_nothing_typed_is_lost(client, monkeypatch, caplog, error, words):
    refusing(monkeypatch, error)
    page = asks(client, "one@example.org", next="/programs/?q=coding").content.decode()
    assert words in page
    assert 'value="one@example.org"' in page
    assert "q=coding" in page
    assert "one@example.org" not in caplog.text


@pytest.mark.parametrize(
    "email", ["", "no address", "a@b@c", "x" * 400 + "@example.org", "a@example.org\nBcc: b@c.org"]
)
def test_what_is_no_address_is_said_beside_the_field(client, email):
    page = asks(client, email).content.decode()
    assert "email-error" in page
    assert mail.outbox == []


def test_the_reader_comes_back_to_where_the_way_began(client):
    there = "/programs/?q=coding&where=ohio"
    assert asks(client, "one@example.org", next=there)["Location"].startswith(CODE)
    assert client.post(CODE, {"code": newest_code(), "next": there})["Location"] == there


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/admin/",
        "/\t/evil.example",
    ],
)
def test_nobody_is_led_off_the_site_or_to_the_desk(client, elsewhere):
    assert signs_in(client, "one@example.org", next=elsewhere)["Location"] == reverse("account")


def test_a_form_without_its_token_is_refused():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SIGN_IN, {"email": "one@example.org"}).status_code == 403
