"""Staff correct what an official file says with a reason; the lists follow at once, and there is a way back."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from directory.curation import overrides
from directory.curation.revisions import BEFORE, differing, revisions
from directory.models import FormerSlug, Listing, Override, Program, School, ZipPoint
from directory.pipeline.refresh import refresh
from directory.vocab import ListingState, SchoolState, Source
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.invented import program, release, school

pytestmark = pytest.mark.django_db
WHY = "The school wrote to us"


@pytest.fixture
def maple_fork():
    at = school(website="www.maplefork.example", latitude=40.0, longitude=-82.0, closed_on=None)
    program(at)
    refresh()
    return at


def test_a_correction_is_kept_as_an_override_with_who_and_why(edit, maple_fork, chief):
    edit(
        maple_fork,
        name="Maple Fork Community College",
        why=WHY,
        evidence_url="https://maplefork.example/about",
    )
    override = Override.objects.get()
    assert (override.target, override.column) == (maple_fork, "name")
    assert (override.official_value, override.value) == ("Maple Fork College", "Maple Fork Community College")
    assert (override.reason, override.made_by, override.evidence_url) == (
        WHY,
        chief,
        "https://maplefork.example/about",
    )
    maple_fork.refresh_from_db()
    assert maple_fork.name == "Maple Fork Community College"


def test_the_lists_follow_a_correction_at_once(edit, maple_fork):
    other = program(school(100002, name="Other College"))
    refresh()
    edit(maple_fork, name="Maple Fork Community College", state="IN", why=WHY)
    listing = Listing.objects.get(school=maple_fork)
    assert (listing.school_name, listing.state) == ("Maple Fork Community College", "IN")
    assert Listing.objects.get(program=other).school_name == "Other College"


def test_a_reason_is_some_sentences_long(edit, maple_fork):
    response = edit(maple_fork, name="Maple Fork Community College", why="Why " * 300)
    assert "at most 1000 characters" in errors(response)["why"][0]
    assert filled_in(response)["name"] == "Maple Fork Community College"
    assert not Override.objects.exists()


def test_a_correction_without_a_reason_is_refused(edit, maple_fork):
    response = edit(maple_fork, name="Maple Fork Community College")
    assert list(errors(response)) == ["why"]
    assert not Override.objects.exists()
    maple_fork.refresh_from_db()
    assert maple_fork.name == "Maple Fork College"


def test_saving_without_a_change_writes_nothing(edit, maple_fork):
    before = maple_fork.history.count()
    assert edit(maple_fork).status_code == 302
    assert not Override.objects.exists()
    assert maple_fork.history.count() == before


@pytest.mark.parametrize("row", ["school", "program"])
def test_a_reason_without_a_change_is_said_to_change_nothing(edit, maple_fork, chief, row):
    target = maple_fork if row == "school" else maple_fork.programs.get()
    before = target.history.count()
    response = edit(target, why=WHY)
    (said,) = get_messages(response.wsgi_request)
    assert "Nothing was changed" in str(said)
    assert not LogEntry.objects.exists()
    assert target.history.count() == before


def test_a_change_is_said_to_be_one(edit, maple_fork):
    (said,) = get_messages(edit(maple_fork, county="Maple", why=WHY).wsgi_request)
    assert "was changed successfully" in str(said)


def test_the_form_says_that_readers_see_the_reason(desk, edit, maple_fork):
    assert "It is public" in desk.get(address(maple_fork)).content.decode()
    edit(maple_fork, county="Maple", why=WHY)
    assert "Readers see the reason" in desk.get(address(Override.objects.get())).content.decode()


@pytest.mark.parametrize(
    ("column", "sent", "value", "stored"),
    [
        ("city", "Oak Fork", "Oak Fork", "Oak Fork"),
        ("control", "2", 2, 2),
        ("latitude", "41.5", 41.5, 41.5),
        ("status", "closed", "closed", SchoolState.CLOSED),
        ("successor_unitid", "100777", 100777, 100777),
        ("open_admission", "true", True, True),
        ("eight_keys", "on", True, True),
        ("website", "https://new.example/", "https://new.example/", "https://new.example/"),
        ("website", "", "", ""),
    ],
)
def test_each_kind_of_column_can_be_corrected(edit, maple_fork, column, sent, value, stored):
    school(100777)
    response = edit(maple_fork, **{column: sent}, why=WHY)
    assert errors(response) == {}
    override = Override.objects.get()
    assert (override.column, override.value) == (column, value)
    maple_fork.refresh_from_db()
    assert getattr(maple_fork, column) == stored


def test_every_correctable_column_of_both_can_be_edited_and_no_other_official_one(desk, maple_fork):
    for row, also in ((maple_fork, set()), (maple_fork.programs.get(), {"slug"})):
        form = desk.get(address(row)).context["adminform"].form
        assert set(form.fields) == {"why", "evidence_url", *overrides.CORRECTABLE[type(row)], *also}


@pytest.mark.parametrize("sent", ["javascript:alert(1)", "someone@maplefork.example", "//elsewhere.example"])
def test_an_address_that_no_reader_can_be_sent_to_is_refused(edit, maple_fork, sent):
    assert list(errors(edit(maple_fork, apply_url=sent, why=WHY))) == ["apply_url"]
    assert not Override.objects.exists()


def test_what_an_import_changed_while_the_form_was_open_is_not_taken_for_a_correction(desk, maple_fork):
    sent = filled_in(desk.get(address(maple_fork)))
    School.objects.update(website="www.new.example", county="Maple")
    desk.post(address(maple_fork), {**sent, "city": "Oak Fork", "why": WHY})
    assert [override.column for override in Override.objects.all()] == ["city"]
    maple_fork.refresh_from_db()
    assert (maple_fork.city, maple_fork.website, maple_fork.county) == (
        "Oak Fork",
        "www.new.example",
        "Maple",
    )


def test_correcting_again_keeps_the_first_official_value(edit, maple_fork):
    edit(maple_fork, name="Maple Fork Community College", why=WHY)
    edit(maple_fork, name="Maple Fork State College", why="Renamed again")
    override = Override.objects.get()
    assert (override.official_value, override.value) == ("Maple Fork College", "Maple Fork State College")
    assert override.reason == "Renamed again"


def test_entering_the_official_value_gives_the_correction_up(edit, maple_fork):
    edit(maple_fork, name="Maple Fork Community College", why=WHY)
    edit(maple_fork, name="Maple Fork College", why="They were right")
    override = Override.objects.get()
    assert not override.active
    assert Listing.objects.get(school=maple_fork).school_name == "Maple Fork College"


def test_the_form_says_what_the_official_file_says(edit, desk, maple_fork):
    edit(maple_fork, name="Maple Fork Community College", why=WHY)
    assert "The official file says “Maple Fork College”" in desk.get(address(maple_fork)).content.decode()


def test_the_history_names_the_reason_and_the_person(edit, desk, maple_fork, chief):
    edit(maple_fork, name="Maple Fork Community College", why=WHY)
    newest = maple_fork.history.first()
    assert (newest.history_change_reason, newest.history_user) == (WHY, chief)
    assert WHY in desk.get(address(maple_fork, "history")).content.decode()


def test_a_failure_leaves_everything_as_it_was(edit, maple_fork, monkeypatch):
    def broken(_: object) -> None:
        raise RuntimeError("the rebuild broke")

    monkeypatch.setattr("directory.admin.corrections.refresh", broken)
    with pytest.raises(RuntimeError):
        edit(maple_fork, name="Maple Fork Community College", why=WHY)
    assert not Override.objects.exists()
    assert School.objects.get().name == "Maple Fork College"


def test_a_program_is_taken_off_the_list_with_a_reason(edit, maple_fork):
    at = maple_fork.programs.get()
    assert list(errors(edit(at, state="withdrawn"))) == ["why"]
    edit(at, state="withdrawn", why="The college has ended it")
    at.refresh_from_db()
    assert at.state == ListingState.WITHDRAWN
    assert not Listing.objects.get(program=at).listed
    assert Override.objects.get().official_value == "listed"


def test_a_program_with_a_new_address_goes_on_answering_under_the_old_one(edit, client, maple_fork):
    at = maple_fork.programs.get()
    old = at.slug
    edit(at, slug="health-information-at-maple-fork", why=WHY)
    assert FormerSlug.objects.get().slug == old
    assert client.get(f"/go/{old}/visit/")["Location"] == "/go/health-information-at-maple-fork/visit/"
    edit(at, slug=old, why="Back again")
    assert [former.slug for former in FormerSlug.objects.all()] == ["health-information-at-maple-fork"]
    assert not Override.objects.exists()


def test_an_address_that_leads_to_another_listing_is_refused(edit, maple_fork):
    other = program(school(100002))
    FormerSlug.objects.create(slug="once-another", program=other)
    at = maple_fork.programs.get()
    for slug in (other.slug, "once-another"):
        assert list(errors(edit(at, slug=slug, why=WHY))) == ["slug"]


@pytest.mark.parametrize("row", ["school", "program"])
def test_neither_a_school_nor_a_program_is_ever_deleted(desk, maple_fork, row):
    target = maple_fork if row == "school" else maple_fork.programs.get()
    assert desk.post(address(target, "delete"), {"post": "yes"}).status_code == 403
    listing = desk.get(f"/admin/directory/{row}/")
    assert b"delete_selected" not in listing.content
    assert School.objects.count() == Program.objects.count() == 1


@pytest.mark.parametrize(
    ("point", "field", "words"),
    [
        ({"latitude": "40.0", "longitude": ""}, "longitude", "both latitude and longitude"),
        ({"latitude": "", "longitude": "-83.0"}, "latitude", "both latitude and longitude"),
        ({"latitude": "400", "longitude": "-83.0"}, "latitude", "Nothing of the United States lies there"),
        ({"latitude": "40.0", "longitude": "-183.5"}, "longitude", "Nothing of the United States lies there"),
    ],
)
def test_a_point_that_is_none_is_refused_in_words_beside_its_field(edit, point, field, words):
    at = school(190_100)
    found = errors(edit(at, **point, why="Moved"))
    assert list(found) == [field]
    assert words in found[field][0]
    assert edit(at, why="").status_code == 302


def test_a_school_without_a_point_is_put_on_the_map(edit):
    at = school(190_100)
    assert errors(edit(at, latitude="40.5", longitude="-83.5", why="Looked up")) == {}
    at.refresh_from_db()
    assert (at.latitude, at.longitude) == (40.5, -83.5)


def test_the_day_of_a_closing_is_corrected_with_the_status(edit, maple_fork):
    assert errors(edit(maple_fork, status="closed", closed_on="2025-06-30", why=WHY)) == {}
    maple_fork.refresh_from_db()
    assert (maple_fork.status, maple_fork.closed_on) == (SchoolState.CLOSED, dt.date(2025, 6, 30))


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"zip_code": "abc"}, "zip_code", "five digits"),
        ({"zip_code": "4321"}, "zip_code", "five digits"),
        ({"zip_code": "00007"}, "zip_code", "no ZIP code 00007"),
        ({"zip_code": "43902-1234"}, "zip_code", "no ZIP code 43902"),
        ({"zip_code": "85001"}, "zip_code", "85001 lies in Arizona, and the school in Ohio"),
        ({"latitude": "-34", "longitude": "-86"}, "latitude", "Nothing of the United States lies there"),
        ({"latitude": "40", "longitude": "8"}, "longitude", "Nothing of the United States lies there"),
        ({"latitude": "33", "longitude": "-112"}, "latitude", "far outside of Ohio"),
        ({"state": "AZ"}, "latitude", "far outside of Arizona"),
        ({"successor_unitid": "100001"}, "successor_unitid", "its own successor"),
        ({"successor_unitid": "999998"}, "successor_unitid", "no school with the UNITID 999998"),
        ({"closed_on": "2024-06-30"}, "closed_on", "The status is “Open”"),
        ({"status": "closed", "closed_on": "2031-01-01"}, "closed_on", "still to come"),
        ({"website": 'https://evil.example/<script>"'}, "website", "no web address"),
        ({"apply_url": "https://maple.example/{apply}"}, "apply_url", "no web address"),
    ],
)
def test_what_cannot_be_is_refused_in_words_beside_its_field(edit, maple_fork, sent, field, words):
    for code, state, latitude, longitude in (("43901", "OH", 40.0, -83.0), ("85001", "AZ", 33.4, -112.0)):
        ZipPoint.objects.create(
            zip_code=code, city="Somewhere", state=state, latitude=latitude, longitude=longitude,
            release=release(Source.ZIP_POINTS, "2020"),
        )  # fmt: skip
    with time_machine.travel(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), tick=False):
        found = errors(edit(maple_fork, **sent, why=WHY))
    assert list(found) == [field]
    assert words in found[field][0]
    assert not Override.objects.exists()


@pytest.mark.parametrize("sent", ["43215", "43215-1234", "432151234", ""])
def test_a_zip_code_of_five_or_nine_digits_is_taken(edit, maple_fork, sent):
    School.objects.update(zip_code="43901")
    assert errors(edit(maple_fork, zip_code=sent, why=WHY)) == {}


def test_what_an_official_file_says_hinders_no_other_correction(edit, maple_fork):
    School.objects.update(zip_code="unknown", closed_on=dt.date(2031, 1, 1), website="www.maple.example/a b")
    assert errors(edit(maple_fork, county="Maple", why=WHY)) == {}


def test_a_closed_school_opens_again_without_its_day(edit, maple_fork):
    School.objects.update(status=SchoolState.CLOSED, closed_on=dt.date(2025, 6, 30))
    assert list(errors(edit(maple_fork, status="open", why=WHY))) == ["closed_on"]
    assert errors(edit(maple_fork, status="open", closed_on="", why=WHY)) == {}


def lines(row):
    """Of each line of the history, the newest first: what it changed, and why."""
    found = [*row.history.order_by("-history_date", "-history_id")]
    return [
        ([each.attname for each in differing(older, newer)], newer.history_change_reason)
        for newer, older in pairwise(found)
    ]


def test_one_save_of_several_fields_is_one_line_of_history(edit, maple_fork):
    edit(maple_fork, name="Maple Fork Community College", county="Maple", city="Oak Fork", why=WHY)
    assert lines(maple_fork) == [(["name", "city", "county"], WHY)]
    # One given up, one corrected: one line too.
    edit(maple_fork, name="Maple Fork College", county="Oak", why="Their letter")
    assert lines(maple_fork)[0] == (["name", "county"], "Their letter")
    assert len(lines(maple_fork)) == 2


def test_a_new_address_and_a_new_title_are_one_line_of_history(edit, maple_fork):
    row = maple_fork.programs.get()
    old = row.slug
    edit(row, title="Coding and Billing", slug="maple-fork-coding", why=WHY)
    assert lines(row) == [(["slug", "title"], WHY)]
    assert FormerSlug.objects.get().slug == old


def test_what_a_file_wrote_or_the_form_tidied_up_is_not_among_what_a_person_changed(edit, maple_fork):
    edit(maple_fork, county="Maple", why=WHY)
    School.objects.filter(pk=maple_fork.pk).update(address=" 1 Main St ")
    edit(maple_fork, city="Oak Fork", why="Their letter")
    assert lines(maple_fork) == [(["city"], "Their letter"), (["address"], BEFORE), (["county"], WHY)]
    first = revisions(School, maple_fork.pk)[1]
    assert (first.kind, first.who) == ("", None)


def test_how_it_stood_before_anybody_changed_it_is_nobodys_change(desk, edit, maple_fork):
    School.history.all().delete()
    edit(maple_fork, county="Maple", why=WHY)
    page = desk.get(address(maple_fork, "history")).content.decode()
    assert page.count("Changed: ") == 1
    assert "as an official file left it" in page
    assert "Changed County." in LogEntry.objects.get().get_change_message()
