"""A record of accreditation tells what happened to it, and a change says why."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from directory.models import Accreditation, Agency, ProgramFact
from directory.vocab import Source
from tests.directory.admin.conftest import address, errors
from tests.directory.admin.test_lists import listing
from tests.directory.invented import program, release, school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def today():
    with time_machine.travel("2026-11-02 12:00", tick=False):
        yield


@pytest.fixture
def record():
    course = program(school())
    agency = Agency.objects.create(name="Commission", acronym="CAHIIM", programmatic=True)
    return Accreditation.objects.create(
        school=course.school, program=course, agency=agency, status="accredited", checked_on=dt.date(2025, 9, 1)
    )


def told(browser, record):
    html = browser.get(address(record)).content.decode()
    found = re.search(r'<ol class="record-timeline">(.*?)</ol>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def test_a_change_stands_in_the_timeline_with_who_when_why_and_evidence(edit, desk, record):
    answer = edit(
        record, status="probation", checked_on="2026-11-01", why="Their letter",
        evidence_url="https://accreditor.example/letter",
    )  # fmt: skip
    assert answer.status_code == 302
    words = told(desk, record)
    assert words.startswith("Status: Accredited → Probation 2 Nov 2026, 12:00, chief; checked on 1 Nov 2026, evidence")
    assert "Their letter" in words


def test_a_change_without_a_reason_is_refused_and_loses_nothing(edit, record):
    page = edit(record, status="probation", note="My own words")
    assert "Say why" in " ".join(errors(page)["why"])
    assert "My own words" in page.content.decode()
    record.refresh_from_db()
    assert record.status == "accredited"


def test_a_record_that_only_files_wrote_says_so(desk, record):
    record.history.all().delete()  # an import leaves no entry
    assert "Nobody has changed it here" in desk.get(address(record)).content.decode()


def test_a_reason_and_an_address_are_shown_as_text(edit, desk, record):
    edit(record, note="x", why="<script>alert(1)</script>")
    assert "<script>alert(1)" not in desk.get(address(record)).content.decode()


@pytest.mark.parametrize(("checked", "words"), [("2025-09-28", "yes"), ("2025-09-28", "soon"), ("2025-09-27", "no")])
def test_records_that_are_overdue_are_a_click_away(desk, record, checked, words):
    Accreditation.objects.update(checked_on=checked)
    Accreditation.objects.create(
        school=record.school, agency=record.agency, status="accredited", release=release(Source.DAPIP, "2020"),
        external_key="dapip-1", checked_on=checked,
    )  # fmt: skip
    for asked in ("yes", "soon", "no"):
        found = desk.get(listing(Accreditation), {"confirmed": asked}).context["cl"].result_count
        assert found == (asked == words or (words, asked) in {("yes", "soon"), ("soon", "yes")})


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"value": "120", "year": "2024"}, "value", "percentage"),
        ({"value": "many", "year": "2024"}, "value", "percentage"),
        ({"value": "nan", "year": "2024"}, "value", "percentage"),
        ({"value": "87"}, "year", "which year"),
        ({"kind": "further-outcome", "value": "40 of 52", "year": "2024"}, "note", "Name the measure"),
    ],
)
def test_a_published_outcome_is_a_percentage_of_a_year(desk, record, changes, field, why):
    given = {"program": record.program_id, "kind": "graduation-rate", "reliability": "high",
             "evidence_url": "https://maplefork.example/outcomes", **changes}  # fmt: skip
    page = desk.post("/admin/directory/programfact/add/", given)
    assert why in " ".join(errors(page)[field])
    assert not ProgramFact.objects.exists()


def test_a_percent_sign_is_read_and_the_unit_filled_in(desk, record):
    given = {"program": record.program_id, "kind": "graduation-rate", "reliability": "high", "value": "87.5 %",
             "evidence_url": "https://maplefork.example/outcomes", "year": "2023-24"}  # fmt: skip
    desk.post("/admin/directory/programfact/add/", given)
    held = ProgramFact.objects.get()
    assert (held.value, held.unit) == ("87.5", "percent")
