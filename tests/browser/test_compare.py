"""Putting programs side by side: from the cards to the table and back, without scripts, on a phone, by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE

LIST = "/programs/?q=coding&where=OH"


def compare_first(page: Page, number: int) -> list[str]:
    """Ticks the first cards of the list and presses Compare; the names that were ticked."""
    page.goto(LIST)
    boxes = page.locator(".to-compare input")
    slugs = [boxes.nth(at).get_attribute("value") or "" for at in range(number)]
    for at in range(number):
        boxes.nth(at).check()
    page.get_by_role("form", name="Compare").get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Compare {number} programs")
    return slugs


def columns(page: Page) -> list[str]:
    addresses = page.locator(".col-title").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [address.split("/")[2] for address in addresses]


def test_without_scripts_cards_are_ticked_compared_moved_removed_and_added(reader):
    page = reader(viewport=DESK, java_script_enabled=False)
    slugs = compare_first(page, 3)
    assert columns(page) == slugs
    page.get_by_role("link", name=re.compile("to the right")).first.click()
    assert columns(page) == [slugs[1], slugs[0], slugs[2]]
    page.get_by_role("link", name=re.compile("^Remove")).first.click()
    assert columns(page) == [slugs[0], slugs[2]]
    page.get_by_role("link", name=re.compile("Only what differs")).click()
    assert page.locator("tr.same").count() == 0
    assert columns(page) == [slugs[0], slugs[2]]
    page.get_by_role("searchbox").fill("associate degree in Ohio")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=re.compile("^Add")).first.click()
    assert columns(page)[:2] == [slugs[0], slugs[2]]
    assert len(columns(page)) == 3


def test_on_a_phone_the_facts_stay_while_the_columns_move(reader):
    page = reader(viewport=PHONE)
    compare_first(page, 4)
    region = page.get_by_role("region", name=re.compile("the table"))
    before = page.locator("tbody tr.differs th").first.bounding_box()
    region.focus()
    for _ in range(60):
        page.keyboard.press("ArrowRight")
        if region.evaluate("region => region.scrollLeft > 50"):
            break
    assert region.evaluate("region => region.scrollLeft") > 50
    after = page.locator("tbody tr.differs th").first.bounding_box()
    assert before
    assert after
    assert abs(before["x"] - after["x"]) < 6  # where the region begins, and not away with the columns
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_tray_comes_with_the_first_tick_and_covers_nothing_that_has_the_focus(reader):
    page = reader(viewport=PHONE)
    page.goto(LIST)
    assert page.evaluate("getComputedStyle(document.getElementById('compare')).position") == "static"
    page.locator(".to-compare input").first.check()
    expect(page.locator("#compare [role=status]")).to_have_text("1 ticked. Tick one to three more.")
    covered = []
    for _ in range(40):
        page.keyboard.press("Tab")
        top, bottom, tray = page.evaluate(
            "() => { const at = document.activeElement.getBoundingClientRect();"
            " const tray = document.getElementById('compare');"
            " const bottom = tray.contains(document.activeElement) ? 0 : at.bottom;"
            " return [at.top, bottom, tray.getBoundingClientRect().top] }"
        )
        if bottom > tray and top < PHONE["height"] and tray < PHONE["height"]:
            covered.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    assert covered == []


def test_back_brings_the_ticks_back(reader):
    page = reader(viewport=DESK)
    slugs = compare_first(page, 2)
    page.go_back()
    ticked = page.locator(".to-compare input:checked").evaluate_all("boxes => boxes.map(box => box.value)")
    assert ticked == slugs


def test_the_address_can_be_copied(reader):
    page = reader(viewport=DESK, permissions=["clipboard-read", "clipboard-write"])
    compare_first(page, 2)
    page.get_by_role("button", name="Copy").click()
    expect(page.locator(".copied")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_with_the_keyboard_the_button_is_the_next_stop_after_a_ticked_box(reader):
    page = reader(viewport=PHONE, java_script_enabled=False)
    page.goto(LIST)
    boxes = page.locator(".card .to-compare input")
    expect(page.locator(".compare-now").first).to_be_hidden()
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.locator(".compare-now").first).to_be_focused()
    boxes.nth(1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare 2 programs")


def test_a_program_like_it_is_put_beside_the_one_on_the_page(reader):
    page = reader(viewport=PHONE, java_script_enabled=False)
    page.goto(LIST)
    page.get_by_role("article").first.get_by_role("heading").get_by_role("link").click()
    slug = page.url.rstrip("/").rpartition("/")[2]
    page.locator(".likes .to-compare input").first.check()
    page.locator(".likes .compare-now").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare 2 programs")
    assert columns(page)[0] == slug
