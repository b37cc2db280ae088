"""A career's guide in Chromium: structured data beside a strict policy, contents, paper, a narrow phone."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE

CAREER = "/careers/medical-records-technician/"
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => window.violations.push(event.violatedDirective));
"""


def test_structured_data_is_read_and_violates_no_policy(reader):
    page = reader(viewport=DESK)
    page.add_init_script(WATCH)
    answer = page.goto(CAREER)
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    data = json.loads(page.locator('script[type="application/ld+json"]').text_content())
    assert data["@type"] == "Occupation"
    assert page.evaluate("window.violations") == []


def test_the_contents_stand_open_on_a_desk_and_fold_on_a_phone(reader):
    page = reader(viewport=DESK)
    page.goto(CAREER)
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="Jobs now and projected").click()
    expect(page.locator("#projections")).to_be_in_viewport()
    expect(contents).to_be_in_viewport()

    phone = reader(viewport=PHONE, java_script_enabled=False)
    phone.goto(CAREER)
    contents = phone.locator(".contents nav")
    expect(contents).to_be_hidden()
    phone.locator("#contents").click()
    contents.get_by_role("link", name="Jobs now and projected").click()
    expect(phone.locator("#projections")).to_be_in_viewport()


def test_on_paper_what_is_folded_is_open_and_nothing_is_to_press(reader):
    page = reader(viewport=DESK)
    page.goto(CAREER)
    page.emulate_media(media="print")
    folded = page.locator("details:has(#other-names) details li").first
    expect(folded).to_be_visible()
    expect(page.locator(".onpage")).to_be_hidden()
    expect(page.locator(".near")).to_be_hidden()


def test_a_place_keeps_the_reader_at_the_programs(reader):
    page = reader(viewport=PHONE, java_script_enabled=False)
    page.goto(CAREER)
    page.get_by_label("Near you?").fill("43215")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/?where=43215#programs")
    expect(page.locator("#programs")).to_be_in_viewport()
    expect(page.get_by_text("near 43215", exact=False).first).to_be_visible()
