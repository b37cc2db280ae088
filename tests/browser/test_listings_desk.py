"""A curator changes listings at the desk: many at once, by spreadsheet, for later; merges two; goes back to a state."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import AXE, RULES

SCHOOLS = "/admin/directory/school/"
OURS = f"{SCHOOLS}?q=Example+College"
WHY = "The college told us."
#: Two listings of ours, so that no other test finds a school of the starter catalogue changed.
BEGIN = """
from django.contrib.auth.models import Group, User
from django.test import Client
from directory.curation import by_hand
from directory.models import School
from directory.pipeline.refresh import refresh
from directory.vocab import Role
release = by_hand.staff_release(2025)
for number, town in enumerate(("Elm", "Oak")):
    held = dict(city=town, county="Old", state="OH", control=1, sector=4, release=release)
    School.objects.update_or_create(slug=f"example-{number}", defaults=dict(name=f"Example College {town}", **held))
refresh(())
curator, _ = User.objects.get_or_create(username="curator", is_staff=True)
curator.groups.add(Group.objects.get(name=Role.CURATOR))
browser = Client()
browser.force_login(curator)
print(browser.cookies["sessionid"].value)
"""


@pytest.fixture(scope="module")
def session(site: str, site_environ: dict[str, str]) -> str:
    """The cookie of a curator, who finds two schools to change."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", BEGIN]
    said = subprocess.run(  # noqa: S603 - our own command
        command, cwd=settings.BASE_DIR, env=site_environ, check=True, stdout=subprocess.PIPE, text=True
    )
    return said.stdout.split()[-1]


@pytest.fixture
def curator(reader: Callable[..., Page], site: str, session: str) -> Callable[..., Page]:
    """Opens a page of the curator: `curator(PHONE)`."""

    def open_page(viewport: dict[str, int]) -> Page:
        page = reader(viewport=viewport, bypass_csp=True)  # axe itself writes styles into the page
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        return page

    return open_page


def look(page: Page) -> None:
    """What is shown breaks no rule of axe and does not scroll sideways."""
    page.evaluate(AXE)
    # What stands around the content is Django's own, and so is the empty head of a column in a table of its forms.
    here = "{include: '#content-main', exclude: '.inline-group th:empty'}"
    ask = f"rules => axe.run({here}, {{runOnly: rules, preload: false}}).then(done => done.violations)"
    found = page.evaluate(ask, RULES)
    assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def press(page: Page, name: str = "", at: str = "") -> None:
    with page.expect_navigation():
        (page.locator(at) if at else page.get_by_role("button", name=name)).first.click()


def county(page: Page, name: str) -> str:
    page.goto(OURS)
    press(page, at=f"#result_list a:has-text('{name}')")
    return page.get_by_label("County").first.input_value()


def undo(page: Page) -> None:
    look(page)
    press(page, "Undo the whole batch")
    expect(page.get_by_text("Undone:")).to_be_visible()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_many_are_changed_at_once_and_put_back(curator, viewport):
    page = curator(viewport)
    page.goto(OURS)
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("change_several")
    press(page, at="button[name=index]")
    look(page)
    page.get_by_label("County", exact=True).check()
    page.get_by_label("County, new value").fill("New")
    press(page, "Preview")
    expect(page.get_by_text("Say why")).to_be_visible()
    look(page)
    page.get_by_label("Why").fill(WHY)
    press(page, "Preview")
    expect(page.get_by_role("heading", name="Preview: nothing is saved yet")).to_be_visible()
    look(page)
    press(page, "Apply 2 changes")
    expect(page.get_by_text("You can undo all of it here.")).to_be_visible()
    undo(page)
    assert county(page, "Example College Elm") == "Old"


def test_a_list_goes_out_as_csv_and_comes_back_edited(curator, tmp_path):
    page = curator(DESK)
    page.goto(OURS)
    with page.expect_download() as begun:
        page.get_by_role("link", name="Export as CSV").click()
    sheet = tmp_path / "edited.csv"
    begun.value.save_as(sheet)
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == ["Example College Elm", "Example College Oak"]
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "county": "Sheet"} for row in rows)
    press(page, at="a:has-text('Upload a spreadsheet')")
    look(page)
    page.get_by_label("File").set_input_files(sheet)
    press(page, "Compare with what stands here")
    expect(page.get_by_text("2 rows read")).to_be_visible()
    look(page)
    page.get_by_label("Why").fill(WHY)
    press(page, "Apply 2 changes")
    undo(page)
    assert county(page, "Example College Oak") == "Old"


def test_a_change_is_prepared_for_a_day_and_cancelled(curator):
    page = curator(DESK)
    assert county(page, "Example College Elm") == "Old"
    press(page, at="a:has-text('Prepare a change for later')")
    page.get_by_label("County", exact=True).check()
    page.get_by_label("County, new value").fill("Later")
    page.get_by_label("Why").fill(WHY)
    page.get_by_label("Not now, but at").fill("2090-01-01T06:00")
    press(page, "Preview")
    look(page)
    press(page, "Keep 1 change for 1 January 2090, 06:00 (UTC)")
    expect(page.get_by_text("Nothing changes before.")).to_be_visible()
    look(page)
    press(page, "Cancel it")
    expect(page.get_by_text("No listing was changed.")).to_be_visible()
    assert county(page, "Example College Elm") == "Old"


def test_two_become_one_and_two_again(curator):
    page = curator(DESK)
    page.goto("/admin/directory/merge/two/")
    page.get_by_label("What").select_option("school")
    page.locator("[name=one]").fill("example-0")
    page.get_by_label("The other").fill("/schools/example-1/")
    look(page)
    press(page, at="#content-main [type=submit]")
    page.get_by_label("This one stays: Example College Oak").check()
    page.get_by_label("Why they are one").fill(WHY)
    look(page)
    press(page, "Show what merging would do")
    look(page)
    press(page, "Merge them")
    expect(page.get_by_role("heading", name="What went along")).to_be_visible()
    look(page)
    page.get_by_role("textbox").last.fill("They are two towns.")
    press(page, "Undo this merge")
    expect(page.get_by_text("Undone: both stand by themselves again.")).to_be_visible()


def test_two_states_are_compared_and_the_older_one_comes_back(curator):
    page = curator(DESK)
    for words in ("First", "Second"):
        county(page, "Example College Oak")
        page.get_by_label("County").first.fill(words)
        page.get_by_label("Why").first.fill(WHY)
        press(page, at="[name=_save]")
    county(page, "Example College Oak")
    press(page, at=".historylink")
    page.locator("[name=old]").nth(2).check()
    press(page, "Compare the two chosen")
    expect(page.locator("ins", has_text="Second")).to_be_visible()
    look(page)
    press(page, at="a:has-text('Go back to this')")
    press(page, "Go back")
    expect(page.get_by_text("Nothing was changed.")).to_be_visible()
    look(page)
    page.get_by_label("Why").fill("It was right before.")
    page.locator("[name=field][value=county]").check()
    press(page, "Go back")
    expect(page.get_by_text("As it was on")).to_be_visible()
    assert county(page, "Example College Oak") == "First"
