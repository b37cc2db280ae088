"""Nothing about a report tells who sent it or who answered for the school, also where they were signed in."""

from __future__ import annotations

import importlib
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection

from directory.engagement.error_reports import advance, receive
from directory.models import ErrorReport, School
from directory.vocab import ReportState
from tests.directory.reviews.people import browser_of, reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
FORM = "/corrections/?about=school:maple-fork-college&fact=county"


def named(report: ErrorReport) -> set[Any]:
    return {line.history_user for line in report.history.all()}


def test_who_is_signed_in_and_reports_or_takes_back_stands_in_no_history():
    browser = browser_of(reader())
    place = browser.post(FORM, {"should_be": "Elm", "form": uuid.uuid4().hex})["Location"]
    report = ErrorReport.objects.get()
    assert named(report) == {None}
    path, _, key = place.partition("?key=")
    assert browser.post(path, {"key": key}).status_code == 303
    report.refresh_from_db()
    assert report.state == ReportState.WITHDRAWN
    assert named(report) == {None}


def test_who_answers_for_a_school_stands_in_no_history_and_neither_do_the_words():
    School.objects.filter(slug="maple-fork-college").update(website="https://www.maplefork.edu/")
    school = School.objects.get(slug="maple-fork-college")
    report = receive(
        report=ErrorReport(
            sent=uuid.uuid4(),
            kind="school",
            slug=school.slug,
            title=school.name,
            school=school,
            fact="county",
            label="County",
            said="Oak",
            should_be="Elm",
        )
    )
    report = advance(report=report, to=ReportState.CHECKING, by=None)
    browser = browser_of(reader("dean@maplefork.edu"))
    browser.post(f"/corrections/{report.number}/reply/", {"text": "Our page says Oak."})
    report.refresh_from_db()
    assert report.reply == "Our page says Oak."
    assert named(report) == {None}
    assert not hasattr(report.history.first(), "reply")


def test_what_stood_in_the_history_before_is_emptied_but_for_staff():
    report = receive(
        report=ErrorReport(
            sent=uuid.uuid4(), kind="certification", slug="rhit", title="RHIT", label="Fee", should_be="$300"
        )
    )
    boss = User.objects.create_user("boss", is_staff=True)
    for who in (reader(), boss):
        report._history_user = who
        report.save()
    migration = importlib.import_module("directory.migrations.0020_reports_name_no_reader")
    migration.forget_readers(apps, SimpleNamespace(connection=connection))
    assert named(report) == {None, boss}
