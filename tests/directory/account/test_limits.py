"""Nobody keeps the owner of an address from signing in, and nobody guesses a code."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from directory.engagement import sign_in_limits
from directory.models import Tally
from tests.directory.account.conftest import CODE, asks, newest_code

pytestmark = pytest.mark.django_db
EMAIL = "owner@example.org"
OWNER, STRANGER = "198.51.100.1", "203.0.113.9"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2026, 3, 2, 12, 1, tzinfo=dt.UTC), tick=False) as moved:
        yield moved


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def use_up(address: str, tries: int = 50) -> int:
    """How many codes somebody gets who asks on and on."""
    return sum(asks(at(address), EMAIL).status_code == 302 for _ in range(tries))


def test_a_stranger_who_asks_on_and_on_does_not_lock_the_owner_out(clock):
    for _ in range(8):
        assert use_up(STRANGER, 8) <= 5
        clock.shift(dt.timedelta(minutes=15))
    owner = at(OWNER)
    assert asks(owner, EMAIL).status_code == 302
    owner.post(CODE, {"code": newest_code()})
    assert User.objects.get().email == EMAIL


def test_a_strangers_wrong_tries_are_the_strangers(clock):
    owner, stranger = at(OWNER), at(STRANGER)
    asks(owner, EMAIL)
    code = newest_code()
    asks(stranger, EMAIL)
    for _ in range(5):
        stranger.post(CODE, {"code": "0000-0000"})
    owner.post(CODE, {"code": code})
    assert User.objects.exists()


def test_all_networks_together_get_so_many_codes_of_an_address():
    got = sum(use_up(f"203.0.113.{number}", 6) for number in range(10))
    assert got == sign_in_limits.ADDRESS.most
    assert len(mail.outbox) == got


def test_the_wait_that_is_told_is_the_real_one(clock):
    use_up(STRANGER, 5)
    assert "Try again in 14 minutes" in asks(at(STRANGER), EMAIL).content.decode()
    for _ in range(2):
        clock.shift(dt.timedelta(minutes=15))
        use_up(STRANGER, 5)
    clock.shift(dt.timedelta(minutes=15))
    assert "Try again in 12 hours" in asks(at(STRANGER), EMAIL).content.decode()


def test_no_row_names_the_address_or_the_network():
    asks(at(STRANGER), EMAIL)
    for row in Tally.objects.all():
        assert EMAIL not in str(vars(row))
        assert STRANGER not in str(vars(row))


def test_tries_that_all_read_the_same_session_are_three_all_the_same(monkeypatch):
    """What many at once do: each begins before another one has written that it failed."""
    browser = at(STRANGER)
    asks(browser, EMAIL)
    before = Session.objects.get().session_data
    looked_at: list[str] = []
    monkeypatch.setattr(
        "directory.engagement.sign_in.compare_user_code", lambda *, actual, expected: looked_at.append(actual)
    )
    key = browser.cookies["sessionid"].value
    for number in range(20):
        Session.objects.update_or_create(
            pk=key, defaults={"session_data": before, "expire_date": timezone.now() + dt.timedelta(hours=1)}
        )
        browser.cookies["sessionid"] = key
        browser.post(CODE, {"code": f"0000-{number:04}"})
    assert len(looked_at) == sign_in_limits.TRIES.most
