"""Without JavaScript, on paper, and over a slow line."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import PAGES, visit

LIMIT = 35_000  # bytes of HTML and style, packed
#: A whole guide is a small book; its HTML alone may have 60,000 bytes.
LONGER = {"a career": 60_000}


def test_search_narrow_read_and_leave_without_javascript(reader):
    page = reader(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    page.get_by_label("What do you want to study or become?").fill("coding")
    page.get_by_label("Where?").fill("43215")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/programs/?*where=43215*")
    all_of_them = int(re.findall(r"[\d,]+", page.locator("#count").inner_text())[0])
    expect(page.get_by_text("within 50 miles, the usual distance")).to_be_visible()

    page.locator("form.facets > details > summary").click()
    page.get_by_role("checkbox", name=re.compile("^Public")).check()
    page.get_by_role("button", name="Show results").click()
    page.wait_for_url("**/programs/?*control=public*")
    assert "where=43215" in page.url
    assert "q=coding" in page.url
    fewer = int(re.findall(r"[\d,]+", page.locator("#count").inner_text())[0])
    assert 0 < fewer <= all_of_them

    first = page.get_by_role("article").first
    assert re.search(r"\d+ miles? away|under 1 mile away", first.inner_text())
    title = first.get_by_role("heading").inner_text()
    first.get_by_role("heading").get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.get_by_role("heading", name="What it costs")).to_be_visible()
    way = page.locator("aside a[href^='/go/']").first
    answer = page.request.get(way.get_attribute("href") or "", max_redirects=0)
    assert answer.status == 302
    assert re.match(r"https?://[\w.-]+\.[a-z]+", answer.headers["location"])


def test_nothing_found_is_left_by_a_way_on_without_javascript(reader):
    page = reader(viewport=PHONE, java_script_enabled=False)
    page.goto("/programs/?state=OH&max_price=1")
    way = page.locator(".empty li").first
    promised = int(re.findall(r"([\d,]+) programs?", way.inner_text())[-1].replace(",", ""))
    way.get_by_role("link").click()
    page.wait_for_url(lambda url: "max_price=1" not in url or "state=OH" not in url)
    assert int(re.findall(r"[\d,]+", page.locator("#count").inner_text())[0].replace(",", "")) == promised


@pytest.mark.parametrize("where", ["programs", "a program"])
def test_on_paper_there_is_the_record_and_nothing_to_press(reader, where):
    page = reader(viewport=DESK)
    visit(page, PAGES[where])
    expect(page.locator(".site-head")).to_be_visible()
    page.emulate_media(media="print")
    for gone in (".site-head", "form.search", "form.facets", "aside .actions", "nav[aria-label='Result pages']"):
        for each in page.locator(gone).all():
            expect(each).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )


def packed(response: Response) -> int:
    return len(gzip.compress(response.body(), 6))


def weigh(page: Page, where: str | tuple[str, str]) -> dict[str, int]:
    """Packed bytes of the page and of its style sheets and scripts, by address."""
    heard: list[Response] = []
    page.on("response", lambda response: heard.append(response))
    visit(page, where)
    last = max(place for place, each in enumerate(heard) if each.request.resource_type == "document")
    kinds = ("document", "stylesheet", "script")
    return {each.url: packed(each) for each in heard[last:] if each.request.resource_type in kinds}


def test_every_page_is_light(reader):
    heavy = {}
    for name, where in PAGES.items():
        page = reader(viewport=PHONE)  # a fresh cache
        parts = weigh(page, where)
        page.context.close()
        assert any(url.endswith(".css") for url in parts), parts
        if sum(parts.values()) > LONGER.get(name, LIMIT):
            heavy[name] = parts
    assert heavy == {}


def test_a_page_asks_nobody_else_for_anything(reader, site):
    page = reader(viewport=PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("home", "programs near a ZIP", "a program", "a school"):
        visit(page, PAGES[name])
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert page.context.cookies() == []
