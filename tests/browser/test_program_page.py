"""A program's record on a phone, by keyboard, without scripts and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import barriers, visit

PROGRAM = ("/programs/?q=health+information+associate&max_price=20000&accreditation=stated", r"^/programs/[\w-]+/$")
ANSWERED = "?pb_pay_now=20000&pb_hours=5&pb_chance=80"
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 600);
})"""


def program(page: Page) -> str:
    visit(page, PROGRAM)
    return page.url.partition("?")[0]


def test_the_way_to_the_school_is_one_tap_from_the_top_and_from_the_end(reader):
    page = reader(viewport=PHONE)
    page.goto(program(page))
    way = page.locator(".way-out .btn")
    for at in ("0", "document.body.scrollHeight / 2"):
        page.evaluate(f"window.scrollTo({{top: {at}, behavior: 'instant'}})")
        expect(way).to_be_in_viewport()
    assert re.match(r"^/go/[\w-]+/(program|apply|visit|aid)/$", way.get_attribute("href") or "")
    page.evaluate("window.scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    foot, bar = page.locator(".site-foot").bounding_box(), page.locator(".way-out").bounding_box()
    assert foot
    assert bar
    assert bar["y"] + bar["height"] <= foot["y"] + 1  # it never lies over the foot


def test_on_a_desk_the_way_stands_in_the_column_alone(reader):
    page = reader(viewport=DESK)
    page.goto(program(page))
    expect(page.locator(".way-out")).to_be_hidden()
    expect(page.locator(".onpage .actions .btn").first).to_be_in_viewport()


def test_what_takes_the_focus_is_never_under_the_bar(reader):
    page = reader(viewport=PHONE)
    page.goto(program(page))
    bar = page.locator(".way-out").bounding_box()
    assert bar
    top = PHONE["height"] - bar["height"]
    for _ in range(45):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(() => { const at = document.activeElement; if (at.closest('.way-out')) return null; "
            "const box = at.getBoundingClientRect(); return [box.top, box.bottom]; })()"
        )
        if box:
            assert box[0] < top, page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_a_place_typed_without_a_script_shows_what_is_nearer_and_keeps_the_payback(reader):
    page = reader(viewport=PHONE, java_script_enabled=False)
    page.goto(program(page) + ANSWERED)
    page.locator("#like-where").fill("43215")
    page.locator(".like-form button").click()
    page.wait_for_url(re.compile(r"where=43215.*#similar$"))
    expect(page.locator("#similar")).to_contain_text("counted from 43215")
    assert "pb_hours=5" in page.url
    page.locator("#like-where").fill("nowhere at all")
    page.locator(".like-form button").click()
    expect(page.locator("#like-where-error")).to_be_visible()
    expect(page.locator("#like-where")).to_have_value("nowhere at all")


def test_a_misread_place_has_no_barrier(reader):
    page = reader(viewport=PHONE)
    page.goto(f"{program(page)}?where=99999")
    assert not barriers(page)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_while_the_page_loads(reader, viewport):
    page = reader(viewport=viewport)
    page.goto(program(page), wait_until="load")
    assert page.evaluate(SHIFTS) < 0.01


@pytest.mark.parametrize("asked", ["", ANSWERED], ids=["as it is", "with the payback answered"])
def test_it_prints_on_four_letter_pages_at_most(reader, asked):
    page = reader(viewport=DESK)
    page.goto(program(page) + asked)
    paper = page.pdf(format="Letter", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type /Page\b", paper)) <= 4
    page.emulate_media(media="print")
    for gone in (".way-out", ".onpage", ".like-form", ".report", ".site-head"):
        expect(page.locator(gone).first).to_be_hidden()
