"""Whoever's second factors change is told by mail, with what to do if it was somebody else; no mail tells a secret."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth.models import User

from directory.models import Mail
from directory.staff import factors, notices, passkeys
from tests.directory.staff.conftest import OWN, PASSWORD, code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(curator: User) -> User:
    User.objects.filter(pk=curator.pk).update(email="curator@example.org")
    curator.refresh_from_db()
    return curator


def mails() -> list[Mail]:
    return list(Mail.objects.order_by("pk"))


def test_each_change_of_ones_own_is_told_without_a_secret(person, caplog):
    caplog.set_level(logging.DEBUG)
    secret = factors.new_secret()
    factors.add_app(user=person, secret=secret, code=code_of(secret))
    codes = factors.new_codes(user=person)
    codes += factors.new_codes(user=person)
    factors.remove(user=person, pk=factors.held_by(person)[0].pk, keep_one=False)
    found = mails()
    assert [each.subject.partition(" at ")[0] for each in found] == [
        "A second factor was added",
        "New recovery codes were made",
        "A second factor was removed",
    ]
    assert {each.recipient for each in found} == {"curator@example.org"}
    said = "\n".join([*(each.text + each.html for each in found), caplog.text])
    for hidden in (secret, *codes, *(code.replace(" ", "") for code in codes)):
        assert hidden not in said
    for each in found:
        assert "on 1 September 2025, 12:00 UTC" in each.text
        assert "/admin/password_change/" in each.text
        assert "If it was not" in each.text


def test_a_wrong_code_changes_nothing_and_tells_nothing(person):
    assert not factors.add_app(user=person, secret=factors.new_secret(), code="000000")
    assert mails() == []


def test_what_an_administrator_removes_is_told_with_the_name_and_not_the_reason(person, secret):
    Mail.objects.all().delete()
    chief = User.objects.create_superuser("in charge", email="chief@example.org")
    factors.remove_all_of(account=person, by=chief, reason="She called from her own number")
    (mail,) = mails()
    assert mail.recipient == "curator@example.org"
    assert "by the administrator “in charge”" in mail.text
    assert "own number" not in mail.text + mail.html
    factors.remove_all_of(account=person, by=chief, reason="Again, for nothing")
    assert len(mails()) == 1


def test_a_passkey_is_told_with_its_name(person, monkeypatch: pytest.MonkeyPatch):
    for step in ("parse_registration_response", "complete_registration"):
        monkeypatch.setattr(auth, step, lambda *_: None)
    kept: list[Any] = []
    monkeypatch.setattr(auth.WebAuthn, "add", lambda *given: kept.append(given))
    monkeypatch.setattr(auth, "clear_state", lambda: None)
    assert passkeys.add(request=None, user=person, answer="{}", name="Laptop <b>")  # type: ignore[arg-type]
    (mail,) = mails()
    assert "The passkey “Laptop <b>” was set up" in mail.text
    assert "Laptop &lt;b&gt;" in mail.html


def test_an_account_without_an_address_gets_no_mail_and_its_page_says_so(curator, sign_in):
    browser = sign_in()
    browser.post(OWN, {"do": "codes", "password": PASSWORD})
    assert mails() == []
    assert "has no e-mail address" in browser.get(OWN).content.decode()
    assert not notices.told(account=curator, subject="x", what="x")
