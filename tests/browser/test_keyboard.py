"""Everything can be reached, opened and pressed with the keyboard, in the order in which it is read."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE

#: What a press of Tab has to show: where the focus is, that it can be seen, and that it moved on in reading order.
LOOK = """() => {
    const here = document.activeElement;
    if (here === document.body) return null;
    const before = window.before;
    window.before = here;
    const box = here.getBoundingClientRect();
    const style = getComputedStyle(here);
    return {
        what: here.outerHTML.slice(0, 100),
        onwards: !before || Boolean(before.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING),
        shown: box.width > 0 && box.height > 0,
        marked: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    };
}"""


def focus_on(page: Page, condition: str, *, presses: int = 120) -> None:
    """Press Tab until the focused element fits a JavaScript condition on `here`."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => {{ const here = document.activeElement; return Boolean({condition}); }}"):
            return
    pytest.fail(f"The keyboard does not reach {condition}.")


@pytest.mark.parametrize("address", ["/", "/programs/?q=coding&state=OH", "/certifications/rhit/"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_tab_follows_the_reading_order_and_shows_where_it_is(reader, address, viewport):
    page = reader(viewport=viewport)
    page.goto(address)
    seen = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        focus = page.evaluate(LOOK)
        if focus is None:
            break
        assert focus["onwards"], focus
        assert focus["shown"], focus
        assert focus["marked"], focus
        seen += 1
    assert seen > 15


@pytest.mark.parametrize("address", ["/", "/programs/", "/schools/", "/data/", "/no-such-page/"])
def test_the_skip_link_is_first_and_leads_past_the_navigation(reader, address):
    page = reader(viewport=DESK)
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#main').contains(document.activeElement)")


def test_filters_open_and_apply_with_the_keyboard_on_a_phone(reader):
    page = reader(viewport=PHONE)
    page.goto("/programs/?state=OH")
    panel = page.locator("form.facets > details")
    assert panel.get_attribute("open") is None
    focus_on(page, "here.matches('form.facets > details > summary')")
    page.keyboard.press("Enter")
    assert panel.get_attribute("open") is not None
    focus_on(page, "here.name === 'level' && here.value === 'associate'")
    page.keyboard.press("Space")
    focus_on(page, "here.matches('form.facets button[type=submit]')", presses=150)
    page.keyboard.press("Enter")
    page.wait_for_url("**/programs/?*level=associate*")
    assert "state=OH" in page.url
    assert page.get_by_role("article").count() > 0


def test_a_chip_is_taken_off_with_the_keyboard(reader):
    page = reader(viewport=DESK)
    page.goto("/programs/?state=OH&level=associate")
    focus_on(page, "here.matches('.chip') && here.textContent.includes('Associate')", presses=200)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "level=" not in url)
    assert "state=OH" in page.url


def test_the_order_is_changed_with_the_keyboard(reader):
    page = reader(viewport=DESK)
    page.goto("/programs/?state=OH")
    page.locator("#sort").focus()
    page.keyboard.type("School")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/programs/?*sort=name*")
    names = page.locator("article .where a").all_inner_texts()
    assert names == sorted(names)


def test_details_of_a_record_open_with_the_keyboard(reader):
    page = reader(viewport=PHONE)
    page.goto("/programs/?q=51.0707&state=OH")
    page.get_by_role("article").first.get_by_role("heading").get_by_role("link").click()
    focus_on(page, "here.matches('main summary')", presses=80)
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.parentElement.open")
    page.keyboard.press("Space")
    assert not page.evaluate("document.activeElement.parentElement.open")
