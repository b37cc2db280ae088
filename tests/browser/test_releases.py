"""A publisher's way with a year of a file in a real browser: upload, preview, approve, load, take back.

Two small years of schools that do not exist, with known differences. What is held afterwards is compared row by row.
The site runs on a database of its own, because nobody else's test should find these schools.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, free_port, wait_until_ready
from tests.directory.importers.files import Sample
from tests.directory.importers.samples_ipeds import ANNE, BROOK, MAPLE, hd, school

LAST_YEAR = hd(MAPLE, ANNE, BROOK, year=2023)
THIS_YEAR = hd(
    school(100101, "Maple University", CITY="Oak"),
    BROOK,
    school(100404, "Oak College"),
    school("=1+1", "No"),
    year=2024,
)
WHOLE = hd(school(100101, "Maple University", CITY="Oak"), BROOK, school(100404, "Oak College"), year=2024)
PASSWORD = "long-and-odd-42"
#: Tables without the history of their migrations, which takes half a minute, and three people of staff.
MAKE = f"""
import django
django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
settings.MIGRATION_MODULES = {{config.label: None for config in apps.get_app_configs()}}
call_command("migrate", run_syncdb=True, verbosity=0)
from django.contrib.auth.models import Group, User
for name, role in (("ada", "publisher"), ("bo", "publisher"), ("vi", "viewer")):
    User.objects.create_user(name, password="{PASSWORD}", is_staff=True).groups.add(Group.objects.get(name=role))
"""
ROWS = """
SELECT s.unitid, s.name, s.city, s.status, r.vintage FROM directory_school AS s
JOIN directory_release AS r ON r.id = s.release_id ORDER BY s.unitid
"""
HELD_LAST_YEAR = [
    "100101|Maple Fork College|Maple Fork|open|2023-24",
    "100202|Institut Sainte-Anne|Río Hondo|open|2023-24",
    "100303|Brook Business Institute|Brook|closed|2023-24",
]
HELD_THIS_YEAR = [
    "100101|Maple University|Oak|open|2024-25",
    "100202|Institut Sainte-Anne|Río Hondo|gone|2023-24",
    "100303|Brook Business Institute|Brook|closed|2024-25",
    "100404|Oak College|Maple Fork|open|2024-25",
]


class Site:
    """A site of its own with an empty catalogue, and its commands."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.database = folder / "db.sqlite3"
        self.address = f"http://127.0.0.1:{self.port}"
        self.environ = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "MEDIA_ROOT": str(folder / "media"),
            "OFFICIAL_DATA_DIR": str(folder),
            "MAIL_DIR": str(folder / "mail"),
            "PORT": str(self.port),
        }

    def run(self, *command: str) -> None:
        subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, *command], cwd=settings.BASE_DIR, env=self.environ, check=True, stdout=subprocess.DEVNULL
        )

    def work(self) -> None:
        self.run("manage.py", "work_proposals", "--once")

    def rows(self) -> list[str]:
        with closing(sqlite3.connect(self.database)) as held:
            return ["|".join(map(str, row)) for row in held.execute(ROWS)]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("releases"))
    site.run("-c", MAKE)
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    with subprocess.Popen(  # noqa: S603 - our own server
        command, cwd=settings.BASE_DIR, env=site.environ, stdout=subprocess.DEVNULL
    ) as server:
        try:
            wait_until_ready(site.address, server, at="/healthz")  # it holds no data yet
            yield site
        finally:
            server.terminate()


def sign_in(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.address}/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def propose(page: Page, site: Site, sample: Sample) -> None:
    """From the first page of the desk, by what one reads there."""
    page.goto(f"{site.address}/admin/directory/releaseproposal/")
    page.get_by_role("link", name="Add proposed file").click()
    page.get_by_role("link", name="IPEDS institution directory (HD)").click()
    expect(page.get_by_text("Columns it must have")).to_be_visible()
    page.get_by_label("Or a file of yours").set_input_files(
        {"name": sample.name, "mimeType": "text/csv", "buffer": sample.content()}
    )
    page.get_by_label("Note").fill("From the publisher’s page")
    page.get_by_role("button", name="Check this file").click()
    expect(page.get_by_role("heading", name="Waits to be checked")).to_be_visible()


@pytest.fixture
def person(browser, empty):
    """Opens a window of somebody's own, without or with JavaScript."""
    contexts = []

    def open_page(name: str, **options: object) -> Page:
        context = browser.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        page: Page = context.new_page()
        sign_in(page, empty, name)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_a_year_is_loaded_over_another_and_taken_back(empty, person):
    ada, bo = person("ada", viewport=DESK), person("bo", viewport=PHONE, java_script_enabled=False)
    propose(ada, empty, LAST_YEAR)
    empty.work()
    # the page looks again by itself
    expect(ada.get_by_role("heading", name="Waits for approval")).to_be_visible(timeout=15_000)
    assert empty.rows() == []
    ada.get_by_role("button", name="Approve and load").click()
    expect(ada.get_by_role("heading", name="Approved, waits to be loaded")).to_be_visible()
    empty.work()
    expect(ada.get_by_role("heading", name="Loaded", exact=True)).to_be_visible(timeout=15_000)
    assert empty.rows() == HELD_LAST_YEAR

    propose(ada, empty, THIS_YEAR)
    address = ada.url
    empty.work()
    ada.goto(address)
    expect(ada.get_by_text("1 of 4 rows would stay out")).to_be_visible()
    expect(ada.get_by_text("nothing is taken off", exact=False).first).to_be_visible()
    with ada.expect_download() as table:
        ada.get_by_role("link", name="All of them as a table (csv)").click()
    lines = Path(table.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "line,column,value,reason"
    assert lines[1].startswith("5,UNITID,'=1+1,")
    ada.get_by_role("link", name="Refuse…").click()
    ada.get_by_role("button", name="Refuse it").click()
    expect(ada.get_by_text("Say why; the reason is kept.")).to_be_visible()
    ada.get_by_label("Reason").fill("Line 5 is broken; a whole copy follows.")
    ada.get_by_role("button", name="Refuse it").click()
    expect(ada.get_by_role("heading", name="Refused", exact=True)).to_be_visible()
    assert empty.rows() == HELD_LAST_YEAR

    propose(bo, empty, WHOLE)
    address = bo.url
    empty.work()
    bo.goto(address)
    ada.goto(address)
    for words in ("1 of 3 schools", "Institut Sainte-Anne", "Maple Fork College → Maple University"):
        expect(ada.locator("#content-main")).to_contain_text(words.split(" → ")[0])
    # two press at once: the one is through, the other sees who was quicker
    bo.get_by_role("button", name="Approve and load").click()
    expect(bo.get_by_role("heading", name="Approved, waits to be loaded")).to_be_visible()
    ada.get_by_role("button", name="Approve and load").click()
    expect(ada.get_by_role("alert")).to_contain_text("bo, approved")
    sent: list[str] = []
    ada.on("request", lambda each: sent.append(f"{each.method} {each.url}"))
    with ada.expect_request(address, timeout=15_000):
        pass  # the answer to the press looks again by itself, too
    empty.work()
    expect(ada.get_by_role("heading", name="Loaded", exact=True)).to_be_visible(timeout=15_000)
    assert ada.url == address
    assert [each for each in sent if each.startswith("POST") or "/approve/" in each] == []  # the press is not sent anew
    bo.goto(address)
    expect(bo.get_by_role("heading", name="Loaded", exact=True)).to_be_visible()
    assert empty.rows() == HELD_THIS_YEAR

    bo.get_by_role("link", name="Take this load back…").click()
    bo.get_by_label("Reason").fill("A preliminary file")
    bo.get_by_role("button", name="Take it back").click()
    expect(bo.get_by_role("heading", name="Is being taken back")).to_be_visible()
    empty.work()
    bo.goto(address)
    expect(bo.get_by_role("heading", name="Taken back", exact=True)).to_be_visible()
    assert empty.rows() == HELD_LAST_YEAR


def test_a_viewer_looks_and_has_nothing_to_press(empty, person):
    page = person("vi", viewport=DESK)
    page.goto(f"{empty.address}/admin/directory/releaseproposal/")
    assert page.get_by_role("link", name="Add proposed file").count() == 0
    page.get_by_role("link", name="hd2023.csv").first.click()
    expect(page.get_by_role("heading", name="Loaded", exact=True)).to_be_visible()
    assert page.get_by_role("link", name="Take this load back…").count() == 0
    assert page.get_by_role("link", name="download").count() == 0
