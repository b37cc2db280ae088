"""Schools and programs that no official file names can be entered, with a reason and a release of their own."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from directory.curation.by_hand import is_by_hand
from directory.models import FormerSlug, Listing, Override, Program, Release, School
from directory.vocab import Control, ListingState, Source
from tests.directory.admin.conftest import errors, filled_in
from tests.directory.invented import field_of_study, program, release, school

pytestmark = pytest.mark.django_db
ADD_SCHOOL, ADD_PROGRAM = reverse("admin:directory_school_add"), reverse("admin:directory_program_add")
SITE = "www.maplefork.example"
WHY = "The state’s list names it"


@pytest.fixture(autouse=True)
def _in_2025():
    with time_machine.travel(dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def add(desk):
    def send(page, **fields):
        return desk.post(page, {**filled_in(desk.get(page)), **fields})

    return send


@pytest.fixture
def enter_school(add):
    def send(**fields):
        given = {"name": "Elm Academy", "city": "Elm", "state": "OH", "control": Control.FOR_PROFIT, "why": WHY}
        return add(ADD_SCHOOL, **{**given, **fields})

    return send


def test_a_school_without_a_unitid_gets_an_address_and_a_release_of_staff(enter_school, chief):
    assert errors(enter_school(website="elm.example")) == {}
    at = School.objects.get()
    assert (at.unitid, at.slug, at.website) == (None, "elm-academy-elm", "elm.example")
    assert (at.release.source, at.release.vintage, at.release.origin) == (Source.STAFF, "2025", Release.Origin.STAFF)
    entry = at.history.get()
    assert (entry.history_user, entry.history_change_reason) == (chief, WHY)


def test_two_schools_of_one_name_get_two_addresses(enter_school):
    FormerSlug.objects.create(slug="elm-academy-elm-2", school=school())
    enter_school()
    enter_school()
    assert sorted(School.objects.filter(unitid=None).values_list("slug", flat=True)) == [
        "elm-academy-elm",
        "elm-academy-elm-3",
    ]


def test_an_entry_without_a_reason_is_refused(enter_school):
    assert list(errors(enter_school(why=""))) == ["why"]
    assert not School.objects.exists()


def test_an_entry_with_an_address_of_another_is_refused(enter_school):
    taken = school().slug
    assert list(errors(enter_school(slug=taken))) == ["slug"]


def test_all_of_a_school_of_our_own_can_be_edited_without_an_override(enter_school, edit, chief):
    enter_school()
    at = School.objects.get()
    edit(at, name="Elm College", aliases="EC", slug="elm-college", why="Renamed")
    at.refresh_from_db()
    assert (at.name, at.aliases, at.slug) == ("Elm College", "EC", "elm-college")
    assert not Override.objects.exists()
    assert FormerSlug.objects.get().slug == "elm-academy-elm"
    assert {entry.history_change_reason for entry in at.history.all()} == {WHY, "Renamed"}


def test_a_school_of_our_own_needs_a_reason_for_a_change_too(enter_school, edit):
    enter_school()
    assert list(errors(edit(School.objects.get(), name="Elm College"))) == ["why"]


def test_a_program_that_the_school_does_not_report_is_listed_at_once(add):
    at, field = school(website=SITE), field_of_study()
    response = add(ADD_PROGRAM, school=at.pk, field=field.pk, award_level=3, title="HIT", why=WHY)
    assert errors(response) == {}
    entered = Program.objects.get()
    assert entered.slug == f"{field.slug}-associate-100001"
    assert (entered.first_year, entered.last_year, entered.state) == (2025, 2025, ListingState.LISTED)
    assert is_by_hand(entered)
    assert Listing.objects.get().title == "HIT"


def test_a_program_is_entered_once_and_only_in_a_field_of_six_digits(add):
    at = school(website=SITE)
    program(at)
    again = add(ADD_PROGRAM, school=at.pk, field=field_of_study().pk, award_level=3, why=WHY)
    assert list(errors(again)) == ["__all__"]
    family = add(ADD_PROGRAM, school=at.pk, field=field_of_study("51.07", "Family").pk, award_level=3, why=WHY)
    assert list(errors(family)) == ["field"]


def test_an_entered_program_is_withdrawn_with_a_reason(add, edit):
    at = school(website=SITE)
    add(ADD_PROGRAM, school=at.pk, field=field_of_study().pk, award_level=3, why=WHY)
    entered = Program.objects.get()
    assert list(errors(edit(entered, state="withdrawn"))) == ["why"]
    edit(entered, state="withdrawn", why="It never began")
    assert not Listing.objects.get().listed
    assert not Override.objects.exists()


def test_what_an_official_file_names_later_is_official(add, edit):
    at = school(website=SITE)
    add(ADD_PROGRAM, school=at.pk, field=field_of_study().pk, award_level=3, why=WHY)
    Program.objects.update(release=release(Source.IPEDS_COMPLETIONS, "2023-24"))
    edit(Program.objects.get(), title="HIT", why="Their own name for it")
    assert Override.objects.get().official_value == ""
