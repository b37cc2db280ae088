"""A review from the first word to the last press: with the keyboard, without JavaScript, through signing in."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_account import code
from tests.browser.test_every_page import WRITING, barriers, visit
from tests.browser.test_keyboard import focus_on

SAID = "The evening classes fit around my shifts, and teachers answered within a day. Ask early about the placement."


def open_form(page: Page) -> None:
    visit(page, ("/programs/", WRITING))
    expect(page.get_by_role("heading", level=1, name="Your review")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_write_sign_in_send_and_withdraw_without_javascript(reader, letters, viewport):
    page = reader(viewport=viewport, java_script_enabled=False)
    address = f"{uuid.uuid4().hex}@mail.example"
    open_form(page)
    page.get_by_role("radio", name="Graduate").check()
    page.get_by_label("Year").select_option(index=2)
    page.get_by_role("group", name="All in all").get_by_role("radio", name="4 Good").check()
    page.get_by_role("group", name="Teaching").get_by_role("radio", name="5 Very good").check()
    text = page.get_by_label("What should the next student know?")
    text.fill("x" * 50_000)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("50,000 characters; at most 5,000 fit")
    assert text.input_value() == "x" * 50_000
    expect(page.get_by_role("group", name="Teaching").get_by_role("radio", name="5 Very good")).to_be_checked()
    text.fill(SAID)
    page.get_by_role("button", name="Go on").click()

    page.get_by_role("textbox", name="E-mail address").fill(address)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/code/**")
    page.get_by_role("textbox", name="Code").fill(code(letters, address))
    page.keyboard.press("Enter")
    page.wait_for_url("**/reviews/write/")
    expect(page.get_by_text("Your text is back, and not sent yet.")).to_be_visible()
    assert text.input_value() == SAID
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("waits to be read by us")
    assert text.input_value() == SAID

    page.get_by_role("link", name="Withdraw it").click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_role("status")).to_contain_text("deleted")


def test_the_form_is_filled_in_with_the_keyboard_alone(reader):
    page = reader(viewport=DESK)
    open_form(page)
    focus_on(page, "here.name === 'role'")
    page.keyboard.press("ArrowRight")
    focus_on(page, "here.name === 'year'", presses=2)
    page.keyboard.press("ArrowDown")
    for name in ("overall", "teaching"):
        focus_on(page, f"here.name === '{name}'", presses=2)
        outline = page.evaluate("getComputedStyle(document.activeElement.nextElementSibling).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    focus_on(page, "here.name === 'text'")
    page.keyboard.type("Too short.")
    focus_on(page, "here.type === 'submit'", presses=2)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Say a little more")
    assert page.locator("[name=role]:checked").count() == 1
    assert page.locator("[name=overall]:checked").count() == 1
    assert page.get_by_label("What should the next student know?").input_value() == "Too short."
    page.get_by_role("alert").get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "text"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK, {"width": 320, "height": 640}], ids=["phone", "desk", "narrow"])
def test_a_form_with_everything_wrong_has_no_barrier(reader, viewport, scheme):
    page = reader(viewport=viewport, color_scheme=scheme)
    open_form(page)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_people_do_not_meet_the_field_for_machines(reader):
    page = reader(viewport=DESK)
    open_form(page)
    trap = page.locator("[name=homepage]")
    assert trap.evaluate("field => field.getBoundingClientRect().right") < 0
    assert trap.get_attribute("tabindex") == "-1"
