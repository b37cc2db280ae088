"""From a result to a printed plan: on a phone, without a script, by the buttons that a reader sees."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import barriers


def plan(page: Page) -> None:
    """Save the first program of a list and work out the steps to an exam."""
    page.goto("/programs/?leads_to=rhit&where=OH")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.get_by_role("link", name="My plan").click()
    page.get_by_label("What do you want to reach?").select_option("rhit")
    page.get_by_label("Which saved program?").select_option(index=1)
    page.get_by_label("Hours a week").fill("20")
    page.get_by_label("Classes begin on").fill("2030-01-14")
    page.get_by_role("button", name="Work out my steps").click()


def test_without_a_script_a_reader_gets_from_a_result_to_dated_steps(reader):
    page = reader(viewport=PHONE, java_script_enabled=False)
    plan(page)
    expect(page.get_by_role("heading", name="Steps to RHIT")).to_be_visible()
    expect(page.locator("#step-term-1 time")).to_have_attribute("datetime", "2030-01-14")
    page.locator("#step-apply").get_by_role("button", name="Done").click()
    expect(page.locator("#step-apply")).to_contain_text("Not done yet")
    page.emulate_media(media="print")
    expect(page.locator("#choose")).to_be_hidden()
    expect(page.locator("#steps")).to_be_visible()


def test_the_keyboard_alone_saves_and_the_reader_stays_at_the_card(reader):
    page = reader(viewport=DESK)
    page.goto("/programs/?q=coding&where=OH")
    page.get_by_role("button", name="Save", exact=True).nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#card-*")
    expect(page.get_by_role("button", name="Saved")).to_have_count(1)
    expect(page.locator(".plan-link .count")).to_have_text("1 saved program")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_worked_out_plan_and_its_copy_have_no_barrier(reader, scheme):
    page = reader(viewport=PHONE, color_scheme=scheme)
    plan(page)
    page.get_by_role("button", name="Make a copy").click()
    copy = page.get_by_label("Copy of").input_value()
    for address in ("/plan/", copy):
        page.goto(address)
        for viewport in (PHONE, DESK):
            page.set_viewport_size(viewport)
            assert barriers(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
