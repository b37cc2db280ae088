"""Staff work through a worklist by keyboard alone, with single keys and without them, on a phone and at a desk."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import AXE, RULES
from tests.browser.test_keyboard import LOOK, focus_on

#: Of the starter catalogue a few statements match no program.
LIST = "/admin/worklists/?kind=unmatched"
IGNORED = f"{LIST}&show=ignore"
SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
SIGN_IN = """
from django.contrib.auth.models import User
from django.test import Client
browser = Client()
browser.force_login(User.objects.get_or_create(username="chief", is_staff=True, is_superuser=True)[0])
print(browser.cookies["sessionid"].value)
"""


@pytest.fixture(scope="module")
def session(site: str, site_environ: dict[str, str]) -> str:
    """The cookie of somebody who is signed in at the desk."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", SIGN_IN]
    said = subprocess.run(  # noqa: S603 - our own command
        command, cwd=settings.BASE_DIR, env=site_environ, check=True, stdout=subprocess.PIPE, text=True
    )
    return said.stdout.split()[-1]


@pytest.fixture
def staff(reader: Callable[..., Page], site: str, session: str) -> Callable[..., Page]:
    """Opens a page of a superuser: `staff(viewport=PHONE)`."""

    def open_page(**options: object) -> Page:
        page = reader(**options)
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        return page

    return open_page


def put_back(page: Page) -> None:
    """Take back what was ignored, so that the next test finds what this one found."""
    page.goto(IGNORED)
    for box in page.locator(".worklist-row input").all():
        box.check()
    page.get_by_role("button", name="Put back on the list").click()
    expect(page.get_by_text("put back on the list")).to_be_visible()


@SIZES
def test_a_case_is_ignored_with_single_keys(staff, viewport):
    page = staff(viewport=viewport)
    page.goto(LIST)
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator(".worklist-row").nth(1)
    expect(second.get_by_role("checkbox")).to_be_focused()
    page.keyboard.press("x")
    expect(second.get_by_role("checkbox")).to_be_checked()
    page.keyboard.press("d")
    expect(page.locator("#decide")).to_be_focused()
    focus_on(page, "here.id === 'id_note'", presses=10)
    page.keyboard.type("xjd is typed, and moves nothing")
    expect(page.get_by_label("Note")).to_have_value("xjd is typed, and moves nothing")
    focus_on(page, "here.value === 'ignore'", presses=5)
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 case ignored for as long as the facts stay as they are.")).to_be_visible()
    page.goto(IGNORED)
    expect(page.get_by_text("“xjd is typed, and moves nothing”")).to_be_visible()
    put_back(page)


@SIZES
def test_without_scripts_everything_is_reached_by_tab_and_pressed(staff, viewport):
    page = staff(viewport=viewport, java_script_enabled=False)
    page.goto(LIST)
    expect(page.get_by_text("Single keys work on this page")).to_be_hidden()
    mine = page.locator(".worklist-row").filter(has=page.locator(".worklist-take button")).first
    words = mine.locator("h3").inner_text()
    mine.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(mine.locator("h3 a")).to_be_focused()
    page.keyboard.press("Tab")
    expect(mine.locator(".worklist-take button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 case given to chief.")).to_be_visible()
    expect(page.locator(".worklist-row").filter(has_text=words).get_by_text("Yours").first).to_be_visible()


def test_enter_in_a_field_decides_nothing_and_says_what_is_lacking(staff):
    page = staff(viewport=DESK)
    page.goto(LIST)
    page.locator(".worklist-row").first.get_by_role("checkbox").check()
    page.get_by_label("Put off until").press("Enter")
    expect(page.get_by_text("Press one of the buttons")).to_be_visible()
    expect(page.locator(".worklist-row").first.get_by_role("checkbox")).to_be_checked()
    page.goto(IGNORED)
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()


def test_single_keys_can_be_switched_off_and_stay_off(staff):
    page = staff(viewport=DESK)
    page.goto(LIST)
    page.keyboard.press("?")
    expect(page.locator(".worklist-keys")).to_have_attribute("open", "")
    page.get_by_label("Single keys work on this page").uncheck()
    page.goto(LIST)
    page.keyboard.press("j")
    expect(page.locator("body")).to_be_focused()


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
@pytest.mark.parametrize("address", [LIST, "/admin/moderation/", "/admin/moderation/log/"])
def test_the_pages_break_no_rule_of_axe_and_do_not_scroll_sideways(staff, viewport, scheme, address):
    page = staff(viewport=viewport, color_scheme=scheme, bypass_csp=True)  # axe itself writes styles into the page
    page.goto(address)
    page.evaluate(AXE)
    # What stands around the content is Django's own; its style sheets are not fetched a second time.
    look = "rules => axe.run('#content-main', {runOnly: rules, preload: false}).then(done => done.violations)"
    found = page.evaluate(look, RULES)
    assert [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@SIZES
def test_tab_follows_the_reading_order_and_shows_where_it_is(staff, viewport):
    page = staff(viewport=viewport)
    page.goto(LIST)
    page.locator("#cases").focus()
    page.evaluate("() => { window.before = document.activeElement; }")
    for _ in range(14):
        page.keyboard.press("Tab")
        focus = page.evaluate(LOOK)
        if focus is None:
            break
        assert focus["onwards"], focus
        assert focus["shown"], focus
        assert focus["marked"], focus
