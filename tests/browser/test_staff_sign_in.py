"""Staff come in with the keyboard: an app's code, a passkey of the browser's own, a form after the session is over."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESK, PHONE, free_port, is_complaint, wait_until_ready

PASSWORD = "correct-horse-42"
PEOPLE = f"""
from django.contrib.auth.models import User
for name in ("app", "passkey", "late", "bare"):
    User.objects.create_superuser(name, password={PASSWORD!r})
"""
VIRTUAL = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site without a catalogue whose staff need a second factor, by a name for which browsers allow passkeys."""
    port = free_port()
    environ = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('desk') / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "STAFF_SECOND_FACTOR": "1",
        "PORT": str(port),
    }

    def manage(*command: str) -> None:
        subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR, env=environ, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    manage("migrate", "--noinput", "--verbosity", "0")
    manage("shell", "--no-imports", "-c", PEOPLE)
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environ, stdout=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", server, at="/healthz")
            yield f"http://localhost:{port}"
        finally:
            server.terminate()


@pytest.fixture
def opened(browser: Browser, desk: str) -> Iterator[Callable[..., Page]]:
    """A page at the door of the desk; what the browser complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**{"base_url": desk, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.goto("/admin/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [text for text in complaints if "status of 403" not in text] == []


def give_password(page: Page, name: str) -> None:
    expect(page.get_by_label("Username:")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def code_of(secret: str, *, later: int = 0) -> str:
    """What an app shows; half a minute later is taken too, so that no test waits for it."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def set_up_an_app(page: Page) -> str:
    expect(page.get_by_role("heading", name="Set up a second step")).to_be_visible()
    assert fits(page)
    secret = (page.locator(".sign-in-secret").text_content() or "").replace(" ", "")
    page.get_by_label("The six digits").focus()
    page.keyboard.type(code_of(secret, later=-1))
    page.keyboard.press("Enter")
    expect(page.locator(".sign-in-codes li")).to_have_count(10)
    assert fits(page)
    return secret


@pytest.mark.parametrize("scripts", [True, False])
def test_an_app_is_set_up_and_asked_for_on_a_phone_by_keyboard(opened, scripts):
    page = opened(viewport=PHONE, java_script_enabled=scripts)
    if not scripts:
        expect(page.get_by_text("Use a passkey")).to_have_count(0)
        return
    assert fits(page)
    give_password(page, "app")
    secret = set_up_an_app(page)
    page.get_by_role("link", name="I have them. Go on").press("Enter")
    page.goto("/admin/second-factors/")
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Log out").press("Enter")
    page.goto("/admin/")
    give_password(page, "app")
    expect(page.get_by_label("Code")).to_be_focused()
    page.keyboard.type(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def test_at_a_bare_address_no_passkey_is_offered_and_the_page_says_why(opened, desk):
    page = opened(base_url=desk.replace("localhost", "127.0.0.1"), viewport=PHONE)
    give_password(page, "bare")
    expect(page.get_by_role("heading", name="Set up a second step")).to_be_visible()
    expect(page.get_by_text("127.0.0.1 is a bare number. Codes work here too.")).to_be_visible()
    expect(page.get_by_role("button", name="Make a passkey")).to_have_count(0)
    assert fits(page)


def test_a_passkey_is_made_and_shown(opened):
    page = opened(viewport=DESK, color_scheme="dark")
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})
    give_password(page, "passkey")
    page.get_by_role("button", name="Make a passkey").press("Enter")
    expect(page.locator(".sign-in-codes li")).to_have_count(10)
    page.get_by_role("link", name="I have them. Go on").press("Enter")
    page.get_by_role("button", name="Log out").press("Enter")
    page.goto("/admin/")
    give_password(page, "passkey")
    page.get_by_role("button", name="Use a passkey").press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def test_what_was_typed_comes_back_after_the_session_is_over(opened):
    page = opened(viewport=PHONE)
    give_password(page, "late")
    secret = set_up_an_app(page)
    page.goto("/admin/directory/agency/add/")
    page.get_by_label("Name:").fill("Example Agency <of> & words")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("nothing that you typed is lost")).to_be_visible()
    assert fits(page)
    give_password(page, "late")
    expect(page.get_by_label("Code")).to_be_focused()
    page.keyboard.type(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Example Agency <of> & words")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Back to the form").press("Enter")
    expect(page.get_by_text("Your session was over before this was sent")).to_be_visible()
    expect(page.get_by_label("Name:")).to_have_value("Example Agency <of> & words")
