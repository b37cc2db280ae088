"""A school that staff enter may be a draft: it lacks what it likes, and no reader finds it before it is published."""

from __future__ import annotations

import pytest
from django.urls import reverse

from directory.curation.links.register import of_schools
from directory.curation.merging import refusals
from directory.models import FormerSlug, Listing, Program, School, SearchEntry
from directory.pipeline.refresh import refresh
from directory.vocab import ListingState, SchoolState, Source
from tests.directory.admin.conftest import errors, filled_in
from tests.directory.admin.listings.conftest import WHY, bulk_form
from tests.directory.admin.listings.test_files import applied, as_csv, exported, upload
from tests.directory.invented import program, release, school

pytestmark = pytest.mark.django_db
ADD = "/admin/directory/school/add/"
SITE = "www.example.edu"


def entered(desk, **given):
    sent = {"name": "Example Academy", "control": 3, "why": WHY, **given}
    return desk.post(ADD, {**filled_in(desk.get(ADD)), **sent})


def draft(**columns):
    given = {"name": "Example Academy", "slug": "example-academy", "status": SchoolState.DRAFT, **columns}
    return school(None, release=release(Source.STAFF, "2025"), **given)


def test_what_staff_enter_is_a_draft_unless_they_say_otherwise_and_may_lack_its_place(desk):
    assert errors(entered(desk)) == {}
    made = School.objects.get()
    assert (made.status, made.city, made.state, str(made)) == (SchoolState.DRAFT, "", "", "Example Academy")
    assert desk.get(reverse("admin:directory_school_change", args=[made.pk])).status_code == 200


def test_a_draft_is_public_nowhere(client):
    made = draft(website=SITE)
    program(made, title="Example Coding", state=ListingState.WITHDRAWN)
    FormerSlug.objects.create(slug="example-before", school=made)
    refresh()
    for address in (
        "/schools/example-academy/",
        "/schools/example-before/",
        "/api/v1/schools/example-academy/",
        "/api/v1/schools/example-before/",
        "/go/example-academy/visit/",
        "/go/example-before/visit/",
        f"/programs/{Program.objects.get().slug}/",
        "/corrections/?about=school:example-academy",
    ):
        answer = client.get(address)
        assert answer.status_code == 404 or "Example Academy" not in answer.content.decode(), address
        assert "example-academy" not in answer.headers.get("Location", ""), address
    assert client.get("/schools/example-academi/").status_code == 404
    for address in (
        "/schools/?q=example+academy",
        "/api/v1/schools/?q=example+academy",
        "/suggest/?q=example",
        "/sitemap-schools.xml",
        "/schools/example-academi/",
        "/compare/?school=example-academy",
    ):
        assert "/schools/example-academy" not in client.get(address).content.decode(), address
    assert not Listing.objects.exists()
    assert not SearchEntry.objects.filter(label__startswith="Example").exists()
    assert not list(of_schools())


def test_a_programs_draft_is_no_suggestion(client):
    program(school(), title="Example Coding", state=ListingState.DRAFT, release=release(Source.STAFF, "2025"))
    refresh()
    assert not SearchEntry.objects.filter(label="Example Coding").exists()


def test_the_form_says_what_even_a_draft_of_a_school_needs(desk):
    form = desk.get(reverse("admin:directory_school_add")).context["adminform"].form
    assert {name for name, field in form.fields.items() if field.required} == {"name", "control", "status"}
    assert "needs its name and its control" in form.fields["status"].help_text


def test_publishing_says_everything_that_is_missing_at_once(edit):
    made = draft(city="", state="")
    (said,) = errors(edit(made, status=SchoolState.OPEN, why=WHY))["status"]
    for words in ("It has no city.", "It has no state.", "No address leads to it", "kept as a draft"):
        assert words in said
    made.refresh_from_db()
    assert made.status == SchoolState.DRAFT


def test_published_it_has_a_page_and_becomes_no_draft_again(edit, client, desk):
    made = draft()
    assert errors(edit(made, status=SchoolState.OPEN, website=SITE, why=WHY)) == {}
    assert client.get("/schools/example-academy/").status_code == 200
    made.refresh_from_db()
    shown = desk.get(reverse("admin:directory_school_change", args=[made.pk])).context["adminform"].form
    assert SchoolState.DRAFT not in dict(shown.fields["status"].choices)
    sent = {**bulk_form([made], {"status": SchoolState.DRAFT}), "_preview": "Preview"}
    (row,) = desk.post(reverse("admin:directory_school_bulk"), sent).context["preview"]["refused"]
    assert "Readers have seen this page" in row["refusal"]


def test_entering_a_public_school_is_as_strict(desk):
    assert "No address leads" in errors(entered(desk, status=SchoolState.OPEN))["status"][0]
    assert not School.objects.exists()
    given = {"status": SchoolState.OPEN, "city": "Elm", "state": "OH", "website": SITE}
    assert errors(entered(desk, **given)) == {}


def test_a_spreadsheet_publishes_a_draft_and_holds_it_to_the_same(desk, client):
    draft(website=SITE)
    draft(slug="example-other", name="Other Academy")
    rows = exported(desk)
    for row in rows:
        assert row["status"] == "draft"
        row["status"] = "open"
    page = upload(desk, as_csv(rows))
    assert [row["readers"] for row in page.context["preview"]["good"]] == ["Open. Its page becomes public."]
    assert "No address leads" in page.context["preview"]["refused"][0]["refusal"]
    applied(desk, page)
    assert client.get("/schools/example-academy/").status_code == 200
    assert client.get("/schools/example-other/").status_code == 404


def test_a_program_is_listed_at_no_draft(edit):
    made = program(draft(website=SITE), state=ListingState.DRAFT, release=release(Source.STAFF, "2025"))
    assert "The school is a draft" in errors(edit(made, state=ListingState.LISTED, why=WHY))["state"][0]


def test_what_readers_know_is_not_merged_into_a_draft():
    at, other = school(release=release(Source.STAFF, "2025")), draft()
    assert any("is a draft" in said for said in refusals.against(gone=at, survivor=other))
    assert refusals.against(gone=other, survivor=at) == []


def test_a_draft_that_is_corrected_stays_one(edit):
    made = draft(city="")
    assert errors(edit(made, county="Elm", why=WHY)) == {}
    made.refresh_from_db()
    assert (made.county, made.status, made.city) == ("Elm", SchoolState.DRAFT, "")
