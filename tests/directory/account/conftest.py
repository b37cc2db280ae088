"""Readers who sign in as a reader does: by the code of the newest mail."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

SIGN_IN, CODE = "/account/sign-in/", "/account/code/"


def newest_code() -> str:
    code: str = re.findall(r"^\d{4}-\d{4}$", str(mail.outbox[-1].body), re.MULTILINE)[0]
    return code


def asks(browser, email, **more):
    return browser.post(SIGN_IN, {"email": email, **more})


def signs_in(browser, email, **more):
    asks(browser, email, **more)
    return browser.post(CODE, {"code": newest_code(), **more})


@pytest.fixture
def reader(db):
    """A browser that is signed in as reader@example.org."""
    browser = Client()
    assert signs_in(browser, "reader@example.org")["Location"] == reverse("account")
    return browser
