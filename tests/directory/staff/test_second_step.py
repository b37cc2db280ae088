"""Two steps into the desk: a password, and a code of an app or of a list."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, reverse

from directory.staff import factors
from directory.staff.adapter import SEALED
from tests.config import roles_walk
from tests.directory.staff.conftest import (
    LOGIN,
    OWN,
    PASSWORD,
    SET_UP,
    STEP,
    code_of,
    give_password,
    is_in,
)

pytestmark = pytest.mark.django_db


def test_password_and_code_open_the_desk(required, sign_in):
    browser = sign_in()
    assert is_in(browser)
    assert browser.get(LOGIN)["Location"] == reverse("admin:index")


def test_it_leads_where_somebody_wanted_to_go(required, curator, secret):
    browser = Client()
    wanted = reverse("admin:directory_school_changelist")
    assert browser.get(wanted)["Location"] == f"{LOGIN}?next={wanted}"
    browser.post(LOGIN, {"username": "curator", "password": PASSWORD, "next": wanted})
    assert browser.post(STEP, {"code": code_of(secret)})["Location"] == wanted


@pytest.mark.parametrize("lead_to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_leads_to_no_other_site(required, curator, secret, lead_to):
    browser = Client()
    browser.post(LOGIN, {"username": "curator", "password": PASSWORD, "next": lead_to})
    assert browser.post(STEP, {"code": code_of(secret)})["Location"] == reverse("admin:index")


def test_with_the_password_alone_every_address_of_the_desk_leads_to_the_second_step(required, curator, secret):
    browser = Client()
    give_password(browser)
    addresses = [_address(name) for name in roles_walk.names() if not name.startswith("second_")]
    assert len(addresses) > 200
    for address in addresses:
        answer = browser.get(address)
        assert (answer.status_code, answer["Location"]) == (302, STEP), address
        # What is posted is not done either: it is carried to the sign-in or left.
        answer = browser.post(address, {"action": "x"})
        assert answer.status_code == 403 or answer["Location"] in (STEP, "/admin/"), address
    assert not is_in(browser)


def _address(name: str) -> str:
    for arguments in ([1], [], [1, 1]):
        try:
            return reverse(f"admin:{name}", args=arguments)
        except NoReverseMatch:  # another number of arguments
            continue
    return reverse(f"admin:{name}", kwargs={"app_label": "directory"})


def test_half_way_in_nobody_is_staff_anywhere(required, curator, secret):
    browser = Client()
    give_password(browser)
    assert "_auth_user_id" not in browser.session


def test_who_has_a_factor_is_asked_for_it_also_where_none_is_required(curator, secret):
    browser = Client()
    assert give_password(browser)["Location"] == STEP
    assert not is_in(browser)


def test_without_a_factor_the_password_is_enough_where_none_is_required(curator):
    browser = Client()
    assert give_password(browser)["Location"] == reverse("admin:index")
    assert is_in(browser)


def test_a_code_opens_the_desk_once(required, sign_in, secret):
    sign_in()
    other = Client()
    give_password(other)
    page = other.post(STEP, {"code": code_of(secret)})
    assert "used already" in page.content.decode()
    assert not is_in(other)


def test_a_code_of_an_earlier_half_minute_is_not_taken_after_a_later_one(required, sign_in, secret):
    sign_in()
    other = Client()
    give_password(other)
    other.post(STEP, {"code": code_of(secret, ago=1)})
    assert not is_in(other)


def test_the_next_code_opens_it_again(required, sign_in, clock):
    sign_in()
    clock.shift(30)
    assert is_in(sign_in())


@pytest.mark.parametrize("ago", [-1, 1])
def test_a_clock_may_be_half_a_minute_wrong(required, curator, secret, ago):
    browser = Client()
    give_password(browser)
    assert browser.post(STEP, {"code": code_of(secret, ago=ago)}).status_code == 302


@pytest.mark.parametrize("code", ["", "abc", "12345", "٣٣٣٣٣٣", "1" * 400, "\0", "{}"])
def test_nonsense_is_a_wrong_code(required, curator, secret, code):
    browser = Client()
    give_password(browser)
    assert browser.post(STEP, {"code": code}).status_code == 200
    assert not is_in(browser)


@pytest.mark.parametrize("answer", ["{}", "[]", "nonsense", '{"id": 1}', "null", '{"rawId": "AA", "response": {}}'])
def test_nonsense_is_no_passkey(required, curator, secret, answer):
    browser = Client()
    give_password(browser)
    assert browser.post(STEP, {"credential": answer}).status_code == 200
    assert not is_in(browser)


def test_a_recovery_code_opens_the_desk_once_and_the_others_are_counted(required, curator, secret, clock):
    codes = factors.new_codes(user=curator)
    assert len(set(codes)) == 10
    browser = Client()
    give_password(browser)
    browser.post(STEP, {"code": codes[3]})
    assert "Recovery codes left: 9" in browser.get(reverse("admin:index")).content.decode()
    other = Client()
    give_password(other)
    other.post(STEP, {"code": codes[3]})
    assert not is_in(other)
    assert factors.codes_left(curator) == 9


def test_the_password_waits_a_quarter_of_an_hour_for_the_second_step(required, curator, secret, clock):
    browser = Client()
    give_password(browser)
    clock.shift(15 * 60)
    assert browser.post(STEP, {"code": code_of(secret)})["Location"] == LOGIN
    assert not is_in(browser)


def test_a_password_that_changes_half_way_ends_the_sign_in(required, curator, secret):
    browser = Client()
    give_password(browser)
    curator.set_password("another-one-4242")
    curator.save()
    assert browser.post(STEP, {"code": code_of(secret)})["Location"] == LOGIN


def test_who_has_no_factor_sets_one_up_before_any_page_opens(required, curator):
    browser = Client()
    assert give_password(browser)["Location"] == STEP
    assert browser.get(STEP)["Location"] == SET_UP
    page = browser.get(SET_UP).content.decode()
    shown = re.search(r'sign-in-secret">([A-Z2-7 ]+)<', page)
    assert shown
    assert not is_in(browser)
    answer = browser.post(SET_UP, {"code": code_of(shown[1].replace(" ", ""))})
    codes = re.findall(r"<li>(\d{5} \d{5})</li>", answer.content.decode())
    assert len(codes) == 10
    assert "no-store" in answer["Cache-Control"]
    assert is_in(browser)
    assert browser.get(SET_UP).status_code == 302  # the codes are shown this once
    assert codes[0] not in browser.get(OWN).content.decode()


def test_the_code_that_set_an_app_up_does_not_sign_in(required, curator):
    secret = factors.new_secret()
    assert factors.add_app(user=curator, secret=secret, code=code_of(secret))
    assert factors.check_code(user=curator, code=code_of(secret)) == ""


def test_a_wrong_code_sets_nothing_up_and_keeps_the_picture(required, curator):
    browser = Client()
    give_password(browser)
    before = re.search(r"base64,([^\"]+)", browser.get(SET_UP).content.decode())
    page = browser.post(SET_UP, {"code": "000000"}).content.decode()
    assert "not right" in page
    assert before is not None
    assert before[1] in page
    assert not factors.has_any(curator)


def test_who_has_a_factor_adds_none_with_the_password_alone(required, curator, secret):
    browser = Client()
    give_password(browser)
    assert browser.get(SET_UP)["Location"] == STEP
    assert browser.post(SET_UP, {"code": "123456"})["Location"] == STEP


def test_a_code_from_a_mail_opens_nothing_of_the_desk(required, curator, secret):
    """A reader's session knows no staff, whatever the account becomes (directory.engagement.readers)."""
    reader = User.objects.create_user("reader", email="somebody@example.com")
    browser = Client()
    browser.force_login(reader, backend="directory.engagement.readers.ReaderBackend")
    User.objects.filter(pk=reader.pk).update(is_staff=True, is_superuser=True)
    assert not is_in(browser)


def test_a_session_from_before_the_second_step_was_required_is_out(required, curator):
    browser = Client()
    browser.force_login(curator, backend="django.contrib.auth.backends.ModelBackend")
    assert not is_in(browser)


def test_secrets_lie_encrypted_when_there_is_a_key(settings, curator):
    settings.STAFF_FACTOR_KEYS = ["a key of these tests"]
    secret = factors.new_secret()
    factors.add_app(user=curator, secret=secret, code=code_of(secret))
    codes = factors.new_codes(user=curator)
    kept = {row.type: str(row.data) for row in Authenticator.objects.all()}
    assert all(SEALED in data for data in kept.values())
    assert secret not in kept["totp"]
    assert factors.check_code(user=curator, code=codes[0]) == "recovery_codes"


def test_an_older_key_still_opens_them_and_the_first_one_seals(settings, curator, clock):
    settings.STAFF_FACTOR_KEYS = ["the old one"]
    secret = factors.new_secret()
    factors.add_app(user=curator, secret=secret, code=code_of(secret))
    settings.STAFF_FACTOR_KEYS = ["the new one", "the old one"]
    clock.shift(60)
    assert factors.check_code(user=curator, code=code_of(secret)) == "totp"
    settings.STAFF_FACTOR_KEYS = ["the new one"]
    clock.shift(60)
    assert factors.check_code(user=curator, code=code_of(secret)) == "totp"


def test_a_lost_key_is_said_and_is_no_fault(required, settings, curator):
    settings.STAFF_FACTOR_KEYS = ["a key that gets lost"]
    secret = factors.new_secret()
    factors.add_app(user=curator, secret=secret, code=code_of(secret))
    settings.STAFF_FACTOR_KEYS = []
    browser = Client()
    give_password(browser)
    assert "can’t be read" in browser.post(STEP, {"code": "123456"}).content.decode()


def test_it_is_off_on_a_persons_own_machine():
    assert configured.STAFF_SECOND_FACTOR is False
