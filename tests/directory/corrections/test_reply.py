"""A school's right of reply to a reported error: by an address at its own domain, read by staff first."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.engagement.error_reports import advance, receive
from directory.models import ErrorReport, School
from directory.vocab import ReportState
from tests.directory.reviews.people import browser_of, reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
SAID = "The price on our page holds since August, and the old one was last year’s."


def report(**columns: Any) -> ErrorReport:
    School.objects.filter(slug="maple-fork-college").update(website="https://www.maplefork.edu/")
    school = School.objects.get(slug="maple-fork-college")
    given: dict[str, Any] = {
        "sent": uuid.uuid4(), "kind": "school", "slug": school.slug, "title": school.name, "school": school,
        "fact": "county", "label": "County", "said": "Oak", "should_be": "Elm",
    }  # fmt: skip
    made = receive(report=ErrorReport(**{**given, **columns}))
    return advance(report=made, to=ReportState.CHECKING, by=None)


def path(of: ErrorReport) -> str:
    return reverse("correction_reply", args=[of.number])


def test_an_address_at_the_schools_domain_replies_and_staff_read_it_first(client):
    made = report()
    school = browser_of(reader("registrar@maplefork.edu"))
    assert 'name="text"' in school.get(path(made)).content.decode()
    assert school.post(path(made), {"text": SAID}).status_code == 302
    made.refresh_from_db()
    assert (made.reply, made.reply_domain, made.reply_shown) == (SAID, "maplefork.edu", None)
    public = client.get(made.get_absolute_url()).content.decode()
    assert SAID not in public
    assert "once staff have read them" in public
    ErrorReport.objects.update(reply_shown=True)
    public = client.get(made.get_absolute_url()).content.decode()
    assert SAID in public
    assert "from a confirmed address at maplefork.edu" in public


def test_nobody_else_replies(client):
    made = report()
    stranger = browser_of(reader("ann@mail.example"))
    page = stranger.get(path(made)).content.decode()
    assert "maplefork.edu" in page
    assert 'name="text"' not in page
    refused = stranger.post(path(made), {"text": SAID}).content.decode()
    assert "Not sent yet" in refused
    assert SAID in refused
    made.refresh_from_db()
    assert made.reply == ""


def test_who_is_not_signed_in_signs_in_and_finds_the_words_again():
    made, browser = report(), Client()
    away = browser.post(path(made), {"text": SAID})
    assert away["Location"].startswith("/account/sign-in/?next=")


@pytest.mark.parametrize("typed", [{"text": "x" * 3_001}, {"text": SAID, "homepage": "spam"}, {"text": ""}])
def test_of_who_is_not_signed_in_nothing_is_kept_that_could_not_be_sent(typed):
    made, browser = report(), Client()
    page = browser.post(path(made), typed)
    assert page.status_code == 200
    assert "Not sent yet" in page.content.decode()
    assert typed["text"] in page.content.decode()
    assert "sessionid" not in browser.cookies


def test_the_sign_in_page_says_that_the_reply_waits():
    made, browser = report(), Client()
    away = browser.post(path(made), {"text": SAID})["Location"]
    assert "Your reply is kept in this browser, and not sent yet" in browser.get(away).content.decode()


def test_a_report_that_nobody_has_read_or_that_is_none_has_no_reply():
    unread = ErrorReport.objects.get(pk=report().pk)
    ErrorReport.objects.filter(pk=unread.pk).update(state=ReportState.RECEIVED)
    browser = browser_of(reader("registrar@maplefork.edu"))
    assert browser.get(path(unread), follow=True).status_code == 404
    assert browser.get(path(report(school=None, kind="certification", slug="rhit")), follow=True).status_code == 404
    assert browser.get("/corrections/nonsense/reply/").status_code == 404


def test_an_old_form_comes_back_with_its_words():
    made = report()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(reader("registrar@maplefork.edu"), backend="django.contrib.auth.backends.ModelBackend")
    page = browser.post(path(made), {"text": SAID}).content.decode()
    assert SAID in page
    assert "Not sent yet" in page
