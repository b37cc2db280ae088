"""People at the door of the desk, and a clock that stands still."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from directory.staff import factors

NOON = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)
PASSWORD = "correct-horse-42"
LOGIN, STEP, SET_UP = "/admin/login/", "/admin/second-step/", "/admin/second-step/set-up/"
OWN = "/admin/second-factors/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Noon of a day, until a test moves it: `clock.shift(seconds)`."""
    cache.clear()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def required(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_superuser("curator", password=PASSWORD)


def code_of(secret: str, *, ago: int = 0) -> str:
    """What the app shows now, or so many half minutes ago."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 - ago)))


@pytest.fixture
def secret(curator: User) -> str:
    """The curator's app, set up a while ago."""
    made = factors.new_secret()
    with time_machine.travel(NOON - dt.timedelta(days=1), tick=False):
        assert factors.add_app(user=curator, secret=made, code=code_of(made))
    return made


def give_password(browser: Client, *, name: str = "curator", password: str = PASSWORD, **more: str) -> Any:
    return browser.post(LOGIN, {"username": name, "password": password, "next": reverse("admin:index"), **more})


@pytest.fixture
def sign_in(curator: User, secret: str) -> Callable[..., Client]:
    """A browser in which the curator has taken both steps."""

    def both(browser: Client | None = None) -> Client:
        browser = browser or Client()
        assert give_password(browser)["Location"] == STEP
        answer = browser.post(STEP, {"code": code_of(secret)})
        assert answer.status_code == 302, answer.content.decode()
        return browser

    return both


def is_in(browser: Client) -> bool:
    return browser.get(reverse("admin:index")).status_code == 200
