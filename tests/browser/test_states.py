"""The less happy states of pages: mistakes in the address, nothing found, records that have left the list."""

from __future__ import annotations

import csv
import io
import zipfile
from functools import cache

import pytest
from playwright.sync_api import expect

from directory.pipeline.starter import CATALOGUE
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import PAGES, barriers, visit

MISTAKES = "/programs/?q=!&where=00001&within=7&level=phd&max_price=cheap&min_price=x&sort=distance&page=9&colour=red"
MUCH = (
    "/programs/?q=medical&state=OH&state=TX&level=associate&level=certificate&accreditation=stated&accreditation=not-confirmed"
    "&control=public&cip=51.07&max_price=20000&sort=price&per_page=5&page=2"
)


@cache
def rows(table: str) -> list[dict[str, str]]:
    """A table of the starter catalogue, which the site was filled from."""
    with zipfile.ZipFile(CATALOGUE) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(f"directory.{table}.csv").decode())))


def off_the_list() -> str:
    """A program that its school no longer reports."""
    return next(f"/programs/{row['slug']}/" for row in rows("program") if row["state"] == "not-reported")


def of_a_closed_school(*, page: str) -> str:
    """A closed school, or a program of one."""
    closed = {number: row for number, row in enumerate(rows("school"), start=1) if row["status"] == "closed"}
    for row in rows("program"):
        if int(row["school_id"]) in closed:
            school = closed[int(row["school_id"])]
            return f"/programs/{row['slug']}/" if page == "program" else f"/schools/{school['slug']}/"
    raise LookupError("The starter catalogue has no closed school with a program.")


def without_an_address() -> str:
    """A way to a school's financial aid page that the school has not given."""
    for number, row in enumerate(rows("school"), start=1):
        if row["status"] == "open" and not row["aid_url"]:
            for program in rows("program"):
                if int(program["school_id"]) == number and program["state"] == "listed":
                    return f"/go/{program['slug']}/aid/"
    raise LookupError("Every school of the starter catalogue has an address for aid.")


STATES = {
    "mistakes in a question": lambda: MISTAKES,
    "a long question": lambda: MUCH,
    "nothing anywhere": lambda: "/programs/?q=plumbing&state=AK",
    "online programs elsewhere": lambda: "/programs/?where=43215&online_too=1&within=10",
    "mistakes in a question for schools": lambda: "/schools/?state=ZZ&control=church&sort=size&page=9&colour=red",
    "no such school": lambda: "/schools/?q=zzzzzz&state=OH",
    "a program off the list": off_the_list,
    "a program of a closed school": lambda: of_a_closed_school(page="program"),
    "a closed school": lambda: of_a_closed_school(page="school"),
    "a way out without an address": without_an_address,
    "a question with a thousand parameters": lambda: "/programs/?" + "a&" * 1001,
}


@pytest.mark.parametrize("name", STATES)
def test_no_barrier_in_a_less_happy_state(reader, name):
    page = reader(viewport=PHONE, color_scheme="light")
    page.goto(STATES[name]())
    assert page.locator("h1").count() == 1
    found = {"phone, light": barriers(page)}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="dark")
    found["desk, dark"] = barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= DESK["width"]
    assert not any(found.values()), found


@pytest.mark.parametrize("page_of", [off_the_list, lambda: of_a_closed_school(page="program")], ids=["off", "closed"])
def test_a_program_that_has_left_the_list_says_so_and_leads_nowhere(reader, page_of):
    page = reader(viewport=PHONE)
    page.goto(page_of())
    expect(page.get_by_text("This program is no longer on the list").first).to_be_visible()
    assert page.locator("a[href^='/go/']").count() == 0


def test_at_twice_the_size_nothing_needs_a_sideways_scroll(reader):
    """200 % zoom of a 1280 px window is a window of 640 px with two device pixels to each."""
    page = reader(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    wide = []
    for where in (*PAGES.values(), MISTAKES, MUCH):
        visit(page, where)
        if page.evaluate("document.documentElement.scrollWidth") > 640:
            wide.append(where)
    assert wide == []
