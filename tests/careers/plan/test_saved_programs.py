"""The saved programs on the plan's page: notes, undo, deletion, and a page for those who have none."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.plan.kept import kept
from directory.engagement.readers import BACKEND
from directory.models import Program
from tests.careers.plan.asking import SLUG, press, words
from tests.directory import catalogue as small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_without_anything_saved_it_says_how_to_begin_and_makes_no_session(client):
    assert "Nothing saved yet" in words(client)
    assert not Session.objects.exists()
    assert not client.cookies


def test_it_is_nobody_elses(client):
    response = client.get("/plan/")
    assert "no-store" in response["Cache-Control"]
    assert 'name="robots" content="noindex"' in response.content.decode()


def test_a_saved_program_stands_there_with_its_figures(client):
    press(client, save=SLUG)
    text = words(client)
    assert "Saved programs (1)" in text
    assert "Health Information/Medical Records Technology Maple Fork College , Maple Fork, OH" in text
    assert "Add a note" in text


def test_a_note_is_kept_and_shown_as_typed(client):
    press(client, save=SLUG)
    response = press(client, "/plan/note/", program=SLUG, note="<b>Ask</b>\nabout parking")
    assert (response.status_code, response["Location"]) == (303, f"/plan/#card-{SLUG}")
    page = client.get("/plan/").content.decode()
    assert "&lt;b&gt;Ask&lt;/b&gt;<br>about parking" in page


def test_a_note_that_is_too_long_comes_back_whole_with_its_message(client):
    press(client, save=SLUG)
    press(client, "/plan/note/", program=SLUG, note="short")
    response = press(client, "/plan/note/", program=SLUG, note="x" * 1001)
    page = response.content.decode()
    assert response.status_code == 422
    assert "x" * 1001 in page
    assert "A note holds 1,000 characters, and this one has 1,001." in page
    assert f'aria-describedby="note-error-{SLUG}"' in page


def test_a_note_without_its_program_is_handed_back(client):
    response = press(client, "/plan/note/", program=SLUG, note="Ask about parking")
    assert response.status_code == 422
    assert "Ask about parking" in response.content.decode()
    assert not Session.objects.exists()


def test_what_was_taken_off_can_be_put_back(client):
    press(client, save=SLUG)
    assert press(client, remove=SLUG, at="saved")["Location"] == "/plan/#saved"
    assert "You took Health Information/Medical Records Technology at Maple Fork College off your list." in words(
        client
    )
    press(client, undo="1", at="saved")
    assert "Saved programs (1)" in words(client)
    assert "You took" not in words(client)


def test_deleting_leaves_nothing_behind(client):
    press(client, save=SLUG)
    press(client, save="cedar-coding-certificate")
    press(client, remove=SLUG)
    assert press(client, "/plan/delete/")["Location"] == "/plan/?done=deleted"
    assert not Session.objects.exists()
    assert "Your plan is deleted" in words(client, "/plan/?done=deleted")


def test_a_session_that_ended_breaks_nothing(client):
    press(client, save=SLUG)
    Session.objects.all().delete()
    assert "Nothing saved yet" in words(client)
    press(client, save=SLUG)
    assert "Saved programs (1)" in words(client)


def test_a_closed_school_is_said(client):
    program = Program.objects.get(school__slug="fern-hollow-school")
    press(client, save=program.slug)
    assert "look for another school" in words(client)


def test_an_address_that_asks_something_else_is_told_so(client):
    assert "This page has no filter “colour”" in words(client, "/plan/?colour=red")


@pytest.mark.parametrize("address", ["/plan/note/", "/plan/delete/"])
def test_nothing_changes_by_reading(client, address):
    press(client, save=SLUG)
    assert client.get(address).status_code == 405
    assert "Saved programs (1)" in words(client)


def test_one_program_or_many_ask_the_same_of_the_database(client):
    counts = []
    slugs = list(Program.objects.filter(listing__isnull=False).values_list("slug", flat=True))
    assert len(slugs) > len(small.SCHOOLS)
    for some in (slugs[:1], slugs):
        for slug in some:
            press(client, save=slug)
        with CaptureQueriesContext(connection) as asked:
            client.get("/plan/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


def test_the_account_page_counts_what_is_kept(client):
    reader = User.objects.create_user("reader", email="reader@reader.example")
    client.force_login(reader, BACKEND)
    press(client, save=SLUG)
    press(client, save="cedar-coding-certificate")
    press(client, "/plan/note/", program=SLUG, note="Ask about parking")
    assert kept(reader=reader) == [
        ("Saved programs", "2, 1 of them with a note", "/plan/"),
        ("Your plan", "None", "/plan/"),
    ]
    assert "2, 1 of them with a note" in words(client, "/account/")
