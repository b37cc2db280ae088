"""From a list to an alert: sign-in by the code of a real mail, with the keyboard, and everything deleted at the end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import barriers


def code(letters: Path, email: str) -> str:
    mails = [path.read_text() for path in letters.glob("*.eml")]
    return next(re.findall(r"^(\d{4}-\d{4})\r?$", mail, re.MULTILINE)[0] for mail in mails if f"To: {email}" in mail)


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_a_search_becomes_an_alert_and_the_account_can_be_deleted(reader, letters, viewport, scheme):
    email = f"{scheme}@example.org"
    page = reader(viewport=viewport, color_scheme=scheme)
    found = {}

    def look(name: str) -> None:
        found[name] = barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], name

    page.goto("/programs/?q=coding&state=OH")
    page.get_by_role("link", name="Alert me when this list changes").click()
    page.get_by_role("textbox", name="E-mail address").fill("no address")
    page.keyboard.press("Enter")
    page.locator("#email-error").wait_for()
    look("a mistake at the address")
    page.get_by_role("textbox", name="E-mail address").fill(email)
    page.keyboard.press("Enter")
    page.get_by_label("Code, eight digits").fill("0000-0000")
    page.keyboard.press("Enter")
    page.locator("#code-error").wait_for()
    look("a wrong code")
    page.get_by_label("Code, eight digits").fill(code(letters, email))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Get an alert for this search").wait_for()
    look("the alert")
    page.get_by_role("button", name="Save and mail me").press("Enter")
    page.get_by_role("heading", name="Saved searches").wait_for()
    look("the account")
    page.get_by_role("link", name="Delete my account and everything").press("Enter")
    page.get_by_role("heading", name="Delete your account and everything in it?").wait_for()
    look("deleting")
    page.get_by_role("button", name="Delete everything").press("Enter")
    page.get_by_role("heading", name="Your account is gone").wait_for()
    page.goto("/account/")
    assert "/account/sign-in/" in page.url
    assert not any(found.values()), found
