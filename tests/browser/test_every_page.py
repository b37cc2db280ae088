"""Every kind of page, on a phone and on a desk, in light and in dark: no barrier that a machine can find.

axe-core 4 (tests/browser/vendor) with the rules of WCAG 2.2 A and AA and its best practices.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: What is ticked on the list is what the page compares.
TICKED = "ticked"
#: Below the address of the first program of the list.
REVIEWS, WRITING = "reviews/", "reviews/write/"
PROGRAM = r"^/programs/[\w-]+/$"
# An address, or the list on which the first link of a kind stands.
PAGES: dict[str, str | tuple[str, str]] = {
    "home": "/",
    "programs": "/programs/?q=coding&where=OH",
    "programs near a ZIP": "/programs/?where=43215&within=100",
    "nothing found": "/programs/?state=OH&max_price=1",
    "a program": ("/programs/", PROGRAM),
    "schools": "/schools/",
    "a school": ("/schools/", r"^/schools/[\w-]+/$"),
    "certifications": "/certifications/",
    "a certification": "/certifications/rhit/",
    "careers": "/careers/",
    "a career": "/careers/medical-records-technician/",
    "certificate or associate": "/certificate-or-associate/?goal=rhit&where=43215",
    "pathways": "/pathways/",
    "an empty plan": "/plan/",
    "compare": "/compare/",
    "compared programs": ("/programs/?q=coding&where=OH", TICKED),
    "compared schools": ("/schools/", TICKED),
    "states": "/states/",
    "a state": "/states/oh/",
    "data": "/data/",
    "corrections": "/corrections/",
    "which fact is wrong": "/corrections/?about=certification:rhit",
    "report an error": "/corrections/?about=certification:rhit&fact=fee",
    "lists": "/lists/",
    "for veterans": "/lists/military-friendly/?veterans=yellow-ribbon&where=43215",
    "sign in": "/account/sign-in/",
    "reviews": ("/programs/", REVIEWS),
    "a review to write": ("/programs/", WRITING),
    "no such page": "/no-such-page/",
}


def visit(page: Page, where: str | tuple[str, str]) -> None:
    if isinstance(where, str):
        page.goto(where)
        return
    listing, pattern = where
    page.goto(listing)
    if pattern == TICKED:
        for number in range(2):
            page.locator(".to-compare input").nth(number).check()
        page.get_by_role("form", name="Compare").get_by_role("button").click()
        page.wait_for_url("**/compare/**")
        return
    below = pattern if pattern in (REVIEWS, WRITING) else ""
    pattern = PROGRAM if below else pattern
    links = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    page.goto(next(link for link in links if re.match(pattern, link or "")) + below)


def barriers(page: Page) -> list[str]:
    """Each of axe's violations with the places it names."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules}).then(result => result.violations)", RULES)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("name", PAGES)
def test_no_barrier_and_nothing_wider_than_the_screen(reader, name):
    page = reader(viewport=PHONE, color_scheme="light")
    visit(page, PAGES[name])
    found = {}
    for viewport in (PHONE, DESK):
        for scheme in ("light", "dark"):
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            found[viewport["width"], scheme] = barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert not any(found.values()), found
    assert page.locator("h1").count() == 1
    assert page.title()


def test_the_narrowest_phone_needs_no_sideways_scroll(reader):
    page = reader(viewport={"width": 320, "height": 640})
    wide = []
    for name, where in PAGES.items():
        visit(page, where)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(name)
    assert wide == []
