"""Pages of the desk that staff open daily: no barrier in either theme, nothing wider than a phone for any text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import AXE, RULES
from tests.browser.test_worklists import session, staff  # noqa: F401 - fixtures

PAGES = (
    "/admin/",
    "/admin/worklists/?kind=links",
    "/admin/directory/override/conflicts/",
    "/admin/directory/releaseproposal/",
    "/admin/directory/releaseproposal/add/",
    "/admin/directory/program/",
    "/admin/directory/link/?state=all",
    "/admin/directory/duplicatepair/",
)
#: The label of Django's search field is a picture of a magnifying glass, with its text.
DJANGOS_OWN = {"label-title-only"}
#: A school and a program whose every text is one word, and a reader's report about them.
LONG = """
import uuid
from directory.engagement.error_reports import receive
from directory.models import ErrorReport, FieldOfStudy, Release
from directory.pipeline.refresh import refresh
from tests.directory.invented import program, school
held = {"slug": "long-words", "release": Release.objects.first()}
at = school(999999, name="Mapleforkcollege" * 12, website="https://maplefork.example/" + "x" * 150, **held)
course = program(at, field=FieldOfStudy.objects.get(cip="51.0707"), title="Healthinformation" * 11, **held)
receive(report=ErrorReport(
    sent=uuid.uuid4(), kind="school", slug=at.slug, title=at.name, school=at, fact="county", label="County",
    said="Elm" * 90, should_be="Oak" * 90,
))
refresh([at.pk])
print(at.pk, course.pk)
"""
GONE = """
from directory.models import ErrorReport, Program, School
from directory.pipeline.refresh import refresh
ErrorReport.objects.filter(slug="long-words").delete()
Program.objects.filter(slug="long-words").delete()
School.objects.filter(slug="long-words").delete()
refresh()
"""


@pytest.fixture(scope="module")
def long_words(site: str, site_environ: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The keys of a school and a program with long words."""

    def run(script: str) -> str:
        command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", script]
        done = subprocess.run(  # noqa: S603 - our own command
            command, cwd=settings.BASE_DIR, env=site_environ, check=True, stdout=subprocess.PIPE, text=True
        )
        return done.stdout

    at, course = run(LONG).split()[-2:]
    yield at, course
    run(GONE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_and_nothing_wider_than_a_phone(staff, scheme):  # noqa: F811 - the fixture
    page = staff(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # axe itself writes styles into the page
    found, wide = {}, []
    for address in PAGES:
        page.goto(address)
        page.evaluate(AXE)
        look = "rules => axe.run('#content', {runOnly: rules, preload: false}).then(done => done.violations)"
        found[address] = [
            f"{rule['id']}: {node['html'][:120]}"
            for rule in page.evaluate(look, RULES)
            for node in rule["nodes"]
            if rule["id"] not in DJANGOS_OWN
        ]
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            wide.append(address)
    assert not any(found.values()), found
    assert wide == []


def test_long_words_make_no_page_wider(reader, staff, long_words):  # noqa: F811 - the fixture
    at, course = long_words
    desk = (
        "/admin/directory/school/?q=999999", f"/admin/directory/school/{at}/change/", "/admin/directory/errorreport/",
        f"/admin/directory/program/{course}/change/", "/admin/worklists/?kind=reports", "/admin/moderation/",
    )  # fmt: skip
    public = (
        "/schools/long-words/", "/programs/long-words/", "/programs/?q=Mapleforkcollege",
        "/schools/?q=Mapleforkcollege", "/corrections/?about=school:long-words", "/programs/long-words/reviews/write/",
    )  # fmt: skip
    wide = []
    for open_page, addresses in ((staff, desk), (reader, public)):
        page = open_page(viewport=PHONE)
        for address in addresses:
            assert page.goto(address).status == 200, address
            if page.evaluate("document.scrollingElement.scrollWidth") > PHONE["width"]:
                wide.append(address)
    assert wide == []


def test_a_row_of_a_list_is_a_card_on_a_phone_and_a_line_at_a_desk(staff):  # noqa: F811 - the fixture
    page = staff(viewport=PHONE)
    page.goto("/admin/directory/program/")
    cell = page.locator("#result_list tbody tr").first.locator("td[data-label='School']")
    row = page.locator("#result_list tbody tr").first.bounding_box()
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"School"'
    assert row["height"] > 100
    assert row["x"] + row["width"] <= PHONE["width"]
    page.set_viewport_size(DESK)
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == "none"


def test_a_folded_table_is_found_by_typing_in_the_sidebar(staff):  # noqa: F811 - the fixture
    page = staff(viewport=DESK)
    page.goto("/admin/directory/program/")
    hidden = page.locator("#nav-sidebar").get_by_role("link", name="ZIP codes")
    expect(hidden).to_be_hidden()
    page.locator("#nav-filter").fill("zip")
    expect(hidden).to_be_visible()
    page.locator("#nav-filter").fill("")
    expect(hidden).to_be_hidden()


def test_without_scripts_a_folded_table_is_two_presses_away(staff):  # noqa: F811 - the fixture
    page = staff(viewport=PHONE, java_script_enabled=False)
    page.goto("/admin/")
    page.locator("summary", has_text="Code lists").press("Enter")
    page.get_by_role("link", name="ZIP codes", exact=True).click()
    expect(page).to_have_url("/admin/directory/zippoint/")
