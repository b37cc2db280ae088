"""A curator loads an accreditor's list that leaves one program out, and readers see that it was withdrawn."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK

#: A curator, and two programs of the catalogue that staff know to be accredited. Runs in the site's own environment.
PREPARE = """
import datetime, json
from django.contrib.auth.models import Group, User
from django.utils import timezone
from directory.models import Accreditation, Agency, Program
from directory.pipeline.refresh import refresh
curator = User.objects.create_user("curator", password="list-of-programs-42", is_staff=True)
curator.groups.add(Group.objects.get(name="curator"))
agency, _ = Agency.objects.update_or_create(acronym="CAHIIM", defaults={"programmatic": True})
rows = Program.objects.listed().filter(field__cip="51.0707", award_level=3, accreditations=None)
found = list(rows.select_related("school").order_by("pk")[:2])
asked = timezone.localdate() - datetime.timedelta(days=30)
for each in found:
    Accreditation.objects.create(school=each.school, program=each, agency=agency, status="accredited", checked_on=asked)
refresh({each.school_id for each in found})
print(json.dumps([
    [each.slug, each.school.unitid, each.school.name, each.school.city, each.school.state] for each in found
]))
"""


@pytest.fixture
def programs(site: str, site_environ: dict[str, str]) -> list[list[Any]]:
    """Slug, UNITID, name, city and state of the program that stays on the list, and of the one that does not."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", PREPARE],
        cwd=settings.BASE_DIR, env=site_environ, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: list[list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_program_that_left_the_list_is_withdrawn_for_readers_until_it_is_undone(
    reader: Callable[..., Page], programs: list[list[Any]], tmp_path: Path
) -> None:
    (kept, *named), (gone, *_) = programs
    path = tmp_path / "list.csv"
    cells = ",".join(f'"{cell}"' for cell in (*named, "Health Information", "Associate", "Accredited"))
    path.write_text(f"UNITID,Institution,City,State,Program,Degree,Status\n{cells}\n", encoding="utf-8-sig")
    page, public = reader(viewport=DESK), reader(viewport=DESK)
    page.goto("/admin/login/?next=/admin/directory/accreditorlist/add/")
    page.fill("#id_username", "curator")
    page.fill("#id_password", "list-of-programs-42")
    page.press("#id_password", "Enter")
    page.click(".select2-selection")
    page.keyboard.type("CAHIIM")
    page.click(".select2-results__option--highlighted:has-text('CAHIIM')")
    page.fill("#id_source_url", "https://accreditor.example.com/programs")
    page.click("text=Today")
    page.check("#id_whole")
    page.set_input_files("#id_file", path)
    page.click("input[name=_save]")
    expect(page.locator("#id_school")).to_have_value("1")
    page.fill("#id_cips", "51.0707")
    page.click("text=Go on")
    expect(page.locator("#confirmed")).to_be_attached()
    expect(page.locator("#gone")).to_contain_text("by our record")
    page.check("#id_clear_gone")
    page.click("input[value=Apply]")
    expect(page.locator(".messagelist")).to_contain_text("is applied")
    assert status(public, gone) == "not-accredited"
    expect(public.locator("#accreditation")).to_contain_text("withdrawn for this program")
    assert status(public, kept) == "accredited"
    page.click("text=Undo this list")
    expect(page.locator(".messagelist")).to_contain_text("Undone")
    assert status(public, gone) == "accredited"
    expect(public.locator("#accreditation")).not_to_contain_text("withdrawn")


def status(page: Page, slug: str) -> str:
    """What the API says; the reader's page is open afterwards."""
    answer = page.request.get(f"/api/v1/programs/{slug}/").json()
    page.goto(f"/programs/{slug}/")
    found: str = answer["accreditation"]["status"]
    return found
