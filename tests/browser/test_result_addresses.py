"""Results live in their address: Back, reload and another reader see the same, with and without JavaScript."""

from __future__ import annotations

import pytest

from tests.browser.conftest import DESK, PHONE

ADDRESSES = (
    "/programs/",
    "/programs/?q=medical+coder+near+me",
    "/programs/?q=helth+informaton+tech+ohio",
    "/programs/?q=HIT+online",
    "/programs/?q=St.+John%27s",
    "/programs/?q=RHIT+programs+43215",
    "/programs/?q=cheap+coding+certificate",
    "/programs/?q=%22phoenix%22",
    "/programs/?q=zzzqqqxx",
    "/programs/?q=coding&where=43215&within=100&sort=distance",
    "/programs/?where=Columbus%2C+OH&level=associate&level=certificate",
    "/programs/?where=Ohio&online_too=1",
    "/programs/?leads_to=rhit&leads_to=rhia&state=TX&state=FL",
    "/programs/?min_price=5000&max_price=9999&sort=price",
    "/programs/?control=public&delivery=online&length=1-2-years",
    "/programs/?cip=51.07&page=3&per_page=10",
    "/programs/?accreditation=stated&sort=name",
    "/programs/?q=coding&level=phd",
    "/programs/?within=50mi&colour=red&q=%3Cb%3E%26%25",
    "/programs/?q=%F0%9F%98%80&where=Nowhere",
)


def seen(page) -> tuple[str, list[str], list[str], list[str]]:
    """What a reader sees of the results: heading, programs in order, chips, and every choice that is ticked."""
    return (
        page.locator("#count").inner_text(),
        page.locator("article h2").all_inner_texts(),
        page.locator(".chip").all_inner_texts(),
        page.locator("input:checked").evaluate_all("all => all.map(one => one.name + one.value)"),
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_twenty_addresses_survive_back_reload_and_sharing(reader, scripts):
    page, other = reader(viewport=DESK, java_script_enabled=scripts), reader(viewport=PHONE)
    for address in ADDRESSES:
        page.goto(address)
        first = seen(page)
        assert first[0].partition(" ")[0].replace(",", "").isdecimal(), address
        page.reload()
        assert seen(page) == first, address
        page.goto("/data/")
        page.go_back()
        assert page.url.endswith(address), address
        assert seen(page) == first, address
        other.goto(page.url)
        assert seen(other)[0] == first[0], address
        assert seen(other)[3] == first[3], address


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_back_after_a_choice_shows_the_choice_as_it_was(reader, scripts):
    page = reader(viewport=DESK, java_script_enabled=scripts)
    page.goto("/programs/?where=43215")
    before = seen(page)
    page.locator('input[name="level"][value="associate"]').check()
    page.get_by_role("button", name="Show results").click()
    page.wait_for_url("**level=associate**")
    assert seen(page) != before
    page.go_back()
    assert seen(page) == before
