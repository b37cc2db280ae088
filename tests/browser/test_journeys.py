"""What a reader comes for, done in a browser: with a phone, without JavaScript, with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE


def find_coding_in_ohio(page: Page) -> None:
    page.goto("/")
    page.get_by_label("What do you want to study or become?").fill("coding")
    page.get_by_label("Where?").fill("OH")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/programs/?*")


@pytest.mark.parametrize("options", [{"viewport": PHONE}, {"viewport": DESK, "java_script_enabled": False}])
def test_from_the_front_door_to_the_school(reader, options):
    page = reader(**options)
    find_coding_in_ohio(page)
    first = page.get_by_role("article").first
    assert re.search(r", OH\b", first.inner_text())
    title = first.get_by_role("heading").inner_text()
    first.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    leaving = page.get_by_label("Actions and page contents").locator("a[href^='/go/']").first
    assert leaving.get_attribute("rel") == "nofollow"
    # Asked for without following it: the tests reach no address but the site's own.
    answer = page.request.get(leaving.get_attribute("href"), max_redirects=0)
    assert answer.status == 302
    assert re.match(r"https?://", answer.headers["location"])


def test_back_brings_the_same_results_and_the_address_can_be_shared(reader):
    page = reader(viewport=PHONE)
    find_coding_in_ohio(page)
    address, heading = page.url, page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("article").first.get_by_role("heading").get_by_role("link").click()
    page.wait_for_url(re.compile(r"/programs/[^?]+/$"))
    page.go_back()
    assert page.url == address
    assert page.get_by_role("heading", level=1).inner_text() == heading
    assert page.get_by_label("Where?").input_value() == "OH"

    other = reader(viewport=DESK)
    other.goto(address)
    assert other.get_by_role("heading", level=1).inner_text() == heading


def test_the_search_can_be_used_with_the_keyboard_alone(reader):
    page = reader(viewport=DESK)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("RHIT")
    page.keyboard.press("Enter")
    page.wait_for_url("**/programs/?*q=RHIT*")
    expect(page.get_by_role("article").first).to_be_visible()


def test_a_filter_can_be_put_on_and_taken_off_again(reader):
    page = reader(viewport=DESK, java_script_enabled=False)
    page.goto("/programs/?state=OH")
    all_of_them = page.get_by_role("heading", level=1).inner_text()
    page.goto("/programs/?state=OH&level=associate")
    fewer = page.get_by_role("heading", level=1).inner_text()
    assert fewer != all_of_them
    page.get_by_role("link", name=re.compile("Associate")).first.click()
    assert "level=" not in page.url
    assert page.get_by_role("heading", level=1).inner_text() == all_of_them


def test_a_wrong_zip_is_said_beside_the_field_and_the_other_filters_still_apply(reader):
    page = reader(viewport=PHONE)
    page.goto("/programs/?where=00001&level=associate")
    field = page.get_by_label("Where?")
    assert field.get_attribute("aria-invalid") == "true"
    expect(page.locator(f"#{field.get_attribute('aria-describedby')}")).to_be_visible()
    assert page.get_by_role("article").count() > 0
