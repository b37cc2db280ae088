"""The payback panel, filled in with the keyboard on a phone and without JavaScript, in every state it can have."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import barriers, visit

ANSWERED = "?pb_pay_now=20000&pb_hours=5&pb_chance=80"
STATES = {
    "answered": ANSWERED,
    "never at one end": "?pb_pay_now=50000&pb_hours=5&pb_chance=80&pb_months_to=40",
    "misread": "?pb_pay_now=abc&pb_hours=-1&pb_chance=1e9&pb_job=none&pb_colour=red",
    "something missing": "?pb_pay_now=20000",
}


def program(page: Page) -> str:
    """The address of a program whose price is known."""
    visit(page, ("/programs/?q=health+information+associate&max_price=20000", r"^/programs/[\w-]+/$"))
    return page.url.partition("?")[0]


def test_three_numbers_typed_with_the_keyboard_give_an_answer_without_javascript(reader):
    page = reader(viewport=PHONE, java_script_enabled=False)
    page.goto(program(page))
    page.locator("#pb-pay-now").focus()
    for number in ("20,000", "5", "80"):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Work it out", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"pb_pay_now=20%2C000&pb_hours=5&pb_chance=80.*#payback$"))
    expect(page.locator(".payback-answer")).to_contain_text("after you finish")
    expect(page.locator("#pb-pay-now")).to_have_value("20,000")
    expect(page.get_by_role("img", name=re.compile("From the first day of study"))).to_be_visible()


@pytest.mark.parametrize("state", STATES)
def test_no_state_has_a_barrier_or_is_wider_than_the_screen(reader, state):
    page = reader(viewport=PHONE, color_scheme="light")
    page.goto(program(page) + STATES[state])
    found = {}
    for viewport in (PHONE, DESK):
        for scheme in ("light", "dark"):
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            found[viewport["width"], scheme] = barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert not any(found.values()), found
