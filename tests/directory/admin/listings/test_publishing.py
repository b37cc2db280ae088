"""A draft needs what names it and is public nowhere; what a listed program needs is said all at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Listing, Program, ProgramFact
from directory.pipeline.refresh import refresh
from directory.vocab import ListingState, Source
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.admin.listings.conftest import WHY, bulk_form
from tests.directory.admin.listings.test_undo import undo
from tests.directory.invented import fact, field_of_study, program, release, school

pytestmark = pytest.mark.django_db
ADD = "/admin/directory/program/add/"
SITE = "www.example.edu"


def entered(desk, at, state):
    given = {"school": at.pk, "field": field_of_study().pk, "award_level": 3, "why": WHY, "state": state}
    return desk.post(ADD, {**filled_in(desk.get(ADD)), **given})


def draft(**columns):
    return program(school(**columns), state=ListingState.DRAFT, release=release(Source.STAFF, "2025"))


def test_a_draft_may_be_incomplete_and_is_public_nowhere(desk, client):
    assert errors(entered(desk, school(), ListingState.DRAFT)) == {}
    made = Program.objects.get()
    assert not Listing.objects.exists()
    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get(f"/api/v1/programs/{made.slug}/").status_code == 404
    assert client.get(f"/go/{made.slug}/visit/").status_code in (404, 410)
    assert made.display_title not in client.get(made.school.get_absolute_url()).content.decode()


def test_the_form_says_what_even_a_draft_of_a_program_needs(desk):
    form = desk.get(ADD).context["adminform"].form
    assert {name for name, field in form.fields.items() if field.required} == {
        "school",
        "field",
        "award_level",
        "state",
    }
    for words in ("needs its school, field of study and award level", "called by its field until it has a title"):
        assert words in form.fields["state"].help_text
    said = errors(desk.post(ADD, {**filled_in(desk.get(ADD)), "state": ListingState.DRAFT, "why": WHY}))
    assert {*said} == {"school", "field", "award_level"}


def test_listing_it_says_everything_that_is_missing_beside_the_field(edit):
    made = draft(city=" ")
    fact(made, ProgramFact.Kind.GRADUATION_RATE, "80 %")
    (said,) = errors(edit(made, state=ListingState.LISTED, why=WHY))["state"]
    for words in ("The school has no city.", "No address leads", "“Graduation rate” has neither a year", "as a draft"):
        assert words in said
    made.refresh_from_db()
    assert made.state == ListingState.DRAFT


def test_a_complete_draft_becomes_a_page(edit, client):
    made = draft(website=SITE)
    assert errors(edit(made, state=ListingState.LISTED, why=WHY)) == {}
    assert Listing.objects.get().listed
    assert client.get(made.get_absolute_url()).status_code == 200


def test_a_program_page_that_somebody_opened_is_address_enough(edit):
    made = draft()
    fact(made, ProgramFact.Kind.PROGRAM_URL, "https://example.edu/hit", checked_on=dt.date(2025, 9, 1))
    assert errors(edit(made, state=ListingState.LISTED, why=WHY)) == {}


NO_ADDRESS = "Applications are taken at the campus only"


def test_no_address_with_its_reason_is_enough_and_readers_are_told(edit, client):
    made = draft()
    said = fact(made, ProgramFact.Kind.APPLY_URL, "", checked_on=dt.date(2025, 9, 1))
    assert "If there is none, say so" in errors(edit(made, state=ListingState.LISTED, why=WHY))["state"][0]
    ProgramFact.objects.filter(pk=said.pk).update(note=NO_ADDRESS)
    assert errors(edit(made, state=ListingState.LISTED, why=WHY)) == {}
    page = client.get(made.get_absolute_url()).content.decode()
    assert NO_ADDRESS in page
    assert "Not published by the school" in page
    assert client.get(f"/go/{made.slug}/apply/").status_code == 404


@pytest.mark.parametrize(
    ("given", "beside"),
    [
        ({}, "value"),
        ({"note": "By telephone only"}, "checked_on"),
        ({"checked_on": "2025-09-01"}, "value"),
        ({"note": "By telephone only", "checked_on": "2025-09-01"}, ""),
    ],
)
def test_the_form_of_a_fact_asks_why_there_is_no_address_and_who_looked_when(desk, given, beside):
    made = draft()
    add = reverse("admin:directory_programfact_add")
    sent = {"program": made.pk, "kind": "apply-url", "value": "", "reliability": "high", **given}
    answer = desk.post(add, {**filled_in(desk.get(add)), **sent, "evidence_url": "https://www.example.edu/apply"})
    assert beside in "".join(errors(answer)) if beside else errors(answer) == {}


def test_an_address_that_is_found_later_takes_the_place_of_the_reason_and_undone_gives_it_back(desk, bulk):
    made = draft(website=SITE)
    fact(made, ProgramFact.Kind.APPLY_URL, "", checked_on=dt.date(2025, 9, 1), note=NO_ADDRESS)
    before = list(ProgramFact.objects.values())
    bulk([made], {"apply_url": "https://apply.example.edu", "apply_url_opened_on": "2025-10-01"})
    now = ProgramFact.objects.get()
    assert (now.value, now.note, now.checked_on) == ("https://apply.example.edu", "", dt.date(2025, 10, 1))
    undo(desk)
    assert list(ProgramFact.objects.values()) == before


def test_entering_a_listed_program_is_as_strict(desk):
    page = entered(desk, school(), ListingState.LISTED)
    assert "No address leads" in errors(page)["state"][0]
    assert not Program.objects.exists()


def test_what_was_public_becomes_no_draft_again(edit):
    made = program(school(website=SITE), release=release(Source.STAFF, "2025"))
    refresh()
    assert "Readers have seen this page" in errors(edit(made, state=ListingState.DRAFT, why=WHY))["state"][0]


def test_an_official_program_that_lacks_an_address_can_still_be_corrected(edit):
    made = program(school())
    refresh()
    assert errors(edit(made, title="HIT", why=WHY)) == {}


def last_address():
    """A listed program whose only way is a page that somebody opened."""
    row = program(school(website=""))
    return fact(row, ProgramFact.Kind.PROGRAM_URL, "https://example.edu/coding", checked_on=dt.date(2025, 8, 1))


@pytest.mark.parametrize("change", [{"facts-0-DELETE": "on"}, {"facts-0-kind": "credits", "facts-0-value": "30"}])
def test_the_last_address_of_a_listed_program_stays(edit, change):
    stated = last_address()
    response = edit(stated.program, **change, why=WHY)
    assert "No address leads to the program" in errors(response)["__all__"][0]
    assert ProgramFact.objects.get().value == stated.value
    assert filled_in(response)["why"] == WHY


def test_the_last_address_stays_on_its_own_page_too(desk, edit):
    stated = last_address()
    page = address(stated, "delete")
    assert "No address leads to the program" in desk.get(page).content.decode()
    desk.post(page, {"post": "yes"})
    changed = edit(stated, kind="credits", value="30")
    assert "No address leads to the program" in errors(changed)["__all__"][0]
    assert ProgramFact.objects.get().value == stated.value
    day = stated.checked_on
    another = fact(stated.program, ProgramFact.Kind.APPLY_URL, "https://example.edu/apply", checked_on=day)
    desk.post(page, {"post": "yes"})
    assert ProgramFact.objects.get() == another


def test_the_last_address_goes_with_the_page_or_for_another(edit):
    stated = last_address()
    off = edit(stated.program, **{"facts-0-DELETE": "on"}, state=ListingState.WITHDRAWN, why=WHY)
    assert errors(off) == {}
    assert not ProgramFact.objects.exists()


def test_what_an_official_page_lacks_already_hinders_no_other_row(edit):
    row = program(school(website=""))
    fact(row, ProgramFact.Kind.CREDITS, "30", checked_on=dt.date(2025, 8, 1))
    assert errors(edit(row, **{"facts-0-DELETE": "on"}, why=WHY)) == {}


def test_many_at_once_are_held_to_the_same(desk):
    good, bad = draft(unitid=100071, website=SITE), draft(unitid=100072)
    sent = bulk_form([good, bad], {"state": ListingState.LISTED})
    shown = desk.post(reverse("admin:directory_program_bulk"), {**sent, "_preview": "Preview"}).context["preview"]
    assert [row["name"] for row in shown["good"]] == [f"{good}, {good.school.name}"]
    assert "No address leads" in shown["refused"][0]["refusal"]


def test_publishing_many_is_looked_at_with_as_many_queries_as_one(desk):
    some = [draft(unitid=100100 + number, website=SITE) for number in range(50)]

    def asked(rows):
        with CaptureQueriesContext(connection) as queries:
            sent = bulk_form(rows, {"state": ListingState.LISTED})
            desk.post(reverse("admin:directory_program_bulk"), {**sent, "_preview": "Preview"})
        return len(queries)

    asked(some[:1])
    assert asked(some[:1]) == asked(some) <= 20
