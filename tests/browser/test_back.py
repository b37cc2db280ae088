"""Back shows the choices of the address that it leads to, also where the browser kept the page in memory."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserType, expect

#: Playwright switches the memory for pages off, and readers have it on.
WITHOUT_MEMORY = "--disable-back-forward-cache"


@pytest.mark.parametrize("left_out", [[], [WITHOUT_MEMORY]], ids=["loaded anew", "out of memory"])
def test_what_was_ticked_before_is_not_ticked_after_back(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], site: str, left_out: list[str]
) -> None:
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=left_out)
    try:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{site}/programs/")
        if not page.get_by_role("button", name="Show results").is_visible():
            page.get_by_text("Filters", exact=True).click()
        associate = page.get_by_role("checkbox", name="Associate")
        associate.check()
        page.get_by_role("button", name="Show results").click()
        page.wait_for_url("**level=associate**")
        expect(associate).to_be_checked()
        page.go_back(wait_until="commit")
        expect(page).to_have_url(f"{site}/programs/")  # no event of loading comes from memory
        expect(associate).not_to_be_checked()
    finally:
        browser.close()
