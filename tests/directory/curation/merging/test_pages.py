"""What readers meet after a merge: every old address leads to the listing that stands, at once."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from directory.curation.merging.merge import merge, schools_of
from directory.engagement.reviews import Words, send
from directory.engagement.shortlist_stores import Rows, Saved
from directory.models import ClickCount, Program, Review, SavedProgram, School
from directory.pipeline.refresh import refresh
from tests.directory.invented import field_of_study, program, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Program, Program]:
    """Merged: the one that is gone, and the one that stands."""
    at = school(website="https://maplefork.example/")
    gone = program(at, field=field_of_study("51.0713", "Medical Insurance Coding Specialist/Coder"), slug="coding-old")
    kept = program(at, slug="coding-new")
    refresh()
    become_one(gone, kept)
    return gone, kept


def become_one(gone: Program | School, kept: Program | School) -> None:
    refresh(schools_of(merge(gone=gone, survivor=kept, reason="One program", by=None)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/programs/coding-old/", "/programs/coding-new/"),
        ("/programs/coding-old/?where=43215", "/programs/coding-new/?where=43215"),
        ("/programs/coding-old/reviews/", "/programs/coding-new/reviews/"),
        ("/go/coding-old/visit/", "/go/coding-new/visit/"),
        ("/api/v1/programs/coding-old/", "/api/v1/programs/coding-new/"),
    ],
)
def test_an_old_address_leads_to_the_one_that_stands(client, pair, old, new):
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (301, new)


def test_lists_search_sitemap_api_and_comparison_know_one_program(client, pair):
    assert b"coding-old" not in client.get("/sitemap-programs.xml").content
    found = client.get("/api/v1/programs/?q=coder").json()["results"]
    assert "coding-old" not in [each["slug"] for each in found]
    assert client.get("/api/v1/programs/").json()["count"] == 1
    assert b"coding-old" not in client.get("/schools/maple-fork-100001/").content
    page = client.get("/compare/?program=coding-old&program=coding-new").content
    assert b"coding-new" in page


def test_nobody_is_led_twice_after_a_chain_of_merges(client, pair):
    _first, second = pair
    third = program(second.school, field=field_of_study("51.0714", "Billing"), slug="billing")
    refresh()
    become_one(second, third)
    for old in ("coding-old", "coding-new"):
        assert client.get(f"/programs/{old}/").headers["Location"] == "/programs/billing/"


def test_the_address_that_nobody_has_is_no_page(client, pair):
    gone, _ = pair
    gone.refresh_from_db()
    assert client.get(gone.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("address", ["/go/{}/visit/", "/programs/{}/reviews/", "/corrections/?about=program:{}"])
def test_no_page_answers_for_a_program_that_is_gone(client, pair, address):
    gone, _ = pair
    gone.refresh_from_db()
    assert client.get(address.format(gone.slug)).status_code == 404
    assert client.post("/shortlist/", {"save": gone.slug}).status_code == 404


@pytest.mark.parametrize("address", ["/schools/{}/", "/go/{}/visit/", "/corrections/?about=school:{}"])
def test_no_page_answers_for_a_school_that_is_gone(client, address):
    gone, kept = school(website="https://oldfork.example/"), school(100002, name="Maple Fork College Main")
    become_one(gone, kept)
    gone.refresh_from_db()
    assert client.get(address.format(gone.slug)).status_code == 404


def test_a_school_that_is_gone_is_not_compared(client):
    gone, kept = school(name="Old Fork Institute"), school(100002, name="Maple Fork College Main")
    become_one(gone, kept)
    gone.refresh_from_db()
    page = client.get(f"/compare/?school={gone.slug}&school={kept.slug}").content.decode()
    assert "Old Fork Institute" not in page
    assert "We know no school" in page


def test_a_school_and_its_clicks_follow(client):
    gone, kept = school(), school(100002, name="Maple Fork College Main", website="https://maplefork.example/")
    become_one(gone, kept)
    assert client.get("/schools/maple-fork-100001/").headers["Location"] == "/schools/maple-fork-100002/"
    assert client.get("/schools/100001/").headers["Location"] == "/schools/maple-fork-100002/"
    assert client.get("/api/v1/schools/maple-fork-100001/").headers["Location"].endswith("maple-fork-100002/")
    answer = client.get("/go/maple-fork-100001/visit/", follow=True, headers={"user-agent": "Firefox"})
    assert answer.redirect_chain[0] == ("/go/maple-fork-100002/visit/", 301)
    assert ClickCount.objects.get().school == kept


def test_a_list_in_a_session_shows_the_one_that_stands_and_can_be_changed(client):
    at = school()
    gone = program(at, field=field_of_study("51.0713", "Coder"), slug="coding-old")
    kept = program(at, slug="coding-new")
    refresh()
    for slug in ("coding-old", "coding-new"):
        client.post("/shortlist/", {"save": slug})
    become_one(gone, kept)
    page = client.get("/plan/").content.decode()
    assert page.count('id="card-coding-new"') == 1
    assert "-away" not in page
    client.post("/shortlist/", {"remove": "coding-new"})
    client.post("/shortlist/", {"remove": "coding-new"})
    assert "card-coding-new" not in client.get("/plan/").content.decode()


def test_a_review_that_arrives_for_the_one_that_is_gone_is_one_of_the_other(pair):
    gone, kept = pair
    reader = User.objects.create_user("reader")
    year = timezone.now().year
    review, _ = send(reader=reader, program=gone, words=Words("student", year, "Good", "Good words.", {"overall": 4}))
    assert review.program == kept
    assert Review.objects.get() == review


def test_a_program_saved_at_that_moment_is_the_one_that_stands(client, pair):
    gone, kept = pair
    reader = User.objects.create_user("reader")
    SavedProgram.objects.create(reader=reader, program=kept, note="Mine", saved_at=timezone.now())
    with Rows(reader.pk, client.session).changing() as held:
        held[gone.pk] = Saved(gone.pk, "", timezone.now())
    assert list(SavedProgram.objects.values_list("program", "note")) == [(kept.pk, "Mine")]
