"""The comparison of the two awards and the pathway map, with a keyboard, without a script, and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import barriers
from tests.browser.test_keyboard import focus_on

CHOICE = "/certificate-or-associate/"


@pytest.mark.parametrize(
    "question", ["", "?goal=rhia", "?goal=medical-coder&where=OH", "?goal=xyz&where=Atlantis", "?goal=privacy-officer"]
)
def test_no_barrier_in_any_answer(reader, question):
    page = reader(viewport=PHONE)
    page.goto(CHOICE + question)
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found[scheme] = barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not any(found.values()), found


def test_goal_and_place_are_chosen_with_the_keyboard_on_a_phone(reader):
    page = reader(viewport=PHONE)
    page.goto(CHOICE)
    focus_on(page, "here.id === 'd-goal'")
    page.keyboard.type("RHIT")
    page.keyboard.press("Tab")
    page.keyboard.type("43215")
    page.keyboard.press("Enter")
    page.wait_for_url("**/certificate-or-associate/?goal=rhit&where=43215")
    expect(page.locator(".answer-main")).to_contain_text("only an associate degree helps")
    sides = page.locator("tr.differs .side").all_inner_texts()
    assert {"Certificate", "Associate degree"} <= set(sides)


def test_a_mistake_stands_beside_its_field_and_is_tied_to_it(reader):
    page = reader(viewport=PHONE)
    page.goto(f"{CHOICE}?goal=rhit&where=Atlantis")
    field = page.locator("#d-where")
    assert field.get_attribute("aria-invalid") == "true"
    described = field.get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("We know no city “Atlantis”")
    expect(page.locator(".answer-main")).to_contain_text("RHIT")


def test_what_decides_is_opened_with_the_keyboard(reader):
    page = reader(viewport=PHONE)
    page.goto(f"{CHOICE}?goal=rhit")
    focus_on(page, "here.matches('.decide summary')", presses=200)
    page.keyboard.press("Enter")
    expect(page.locator(".decide details[open] .decided").first).to_be_visible()


def test_on_paper_the_form_is_gone_and_what_decides_is_there(reader):
    page = reader(viewport=DESK)
    page.goto(f"{CHOICE}?goal=rhit")
    page.emulate_media(media="print")
    expect(page.locator("#d-goal")).to_be_hidden()
    expect(page.locator(".answer-main")).to_be_visible()
    expect(page.locator(".decide details .decided li").first).to_be_visible()


def lit(page: Page) -> dict[str, list[str]]:
    return {
        name: page.locator(f".net-stop.is-{name}").evaluate_all("stops => stops.map(stop => stop.id)")
        for name in ("here", "near")
    }


def test_pointing_at_an_exam_lights_what_opens_it_and_what_it_leads_to(reader):
    page = reader(viewport=DESK)
    page.goto("/pathways/")
    page.locator("#stop-rhit").hover()
    found = lit(page)
    assert found["here"] == ["stop-rhit"]
    assert "stop-510707-associate" in found["near"]
    assert "stop-510707-certificate" not in found["near"]
    assert "stop-29-2072" in found["near"]
    assert page.locator(".net-lines path").count() >= 2
    page.locator("h1").hover()
    assert lit(page) == {"here": [], "near": []}


def test_reaching_a_stop_with_the_keyboard_lights_the_same(reader):
    page = reader(viewport=DESK)
    page.goto("/pathways/")
    focus_on(page, "here.closest('#stop-rhit')", presses=200)
    assert lit(page)["here"] == ["stop-rhit"]
    assert "stop-510707-associate" in lit(page)["near"]


def test_the_map_is_complete_without_a_script(reader):
    page = reader(viewport=PHONE, java_script_enabled=False)
    page.goto("/pathways/")
    assert page.locator(".net ol").count() >= 3
    expect(page.locator("#stop-rhit")).to_contain_text("associate programs")
    page.locator("#stop-510707-associate a[href='#stop-rhit']").click()
    assert page.url.endswith("#stop-rhit")


def test_the_lit_map_keeps_its_contrast(reader):
    page = reader(viewport=DESK)
    page.goto("/pathways/?cip=51.0707")
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.locator("#stop-rhit").hover()
        found[scheme] = barriers(page)
    assert not any(found.values()), found
