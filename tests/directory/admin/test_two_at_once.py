"""Two people at one listing: the second is told what the first changed, and loses nothing that was typed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client

from directory.models import Override, ProgramFact
from directory.pipeline.refresh import refresh
from directory.vocab import Source
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.invented import fact, program, release, school

pytestmark = pytest.mark.django_db
WHY = "The school wrote to us"


@pytest.fixture
def other():
    browser = Client()
    browser.force_login(User.objects.create_superuser("pat", password="not used"))
    return browser


@pytest.fixture
def at():
    found = school(website="www.maplefork.example")
    program(found)
    refresh()
    return found


def save(browser, row, page, **changes):
    return browser.post(address(row), {**filled_in(page), **changes})


def test_the_second_to_change_a_field_is_told_who_was_first_and_can_send_again(desk, other, at):
    first, second = desk.get(address(at)), other.get(address(at))
    assert errors(save(desk, at, first, website="one.example", why=WHY)) == {}
    refused = save(other, at, second, website="two.example", why="I saw it there")
    (said,) = errors(refused)["website"]
    assert said.startswith("chief has changed this since the page was opened: it is “one.example” now.")
    typed = filled_in(refused)
    assert (typed["website"], typed["why"]) == ("two.example", "I saw it there")
    assert Override.objects.get(active=True).value == "one.example"
    assert errors(other.post(address(at), typed)) == {}
    at.refresh_from_db()
    assert at.website == "two.example"


def test_two_fields_of_one_school_are_changed_side_by_side(desk, other, at):
    first, second = desk.get(address(at)), other.get(address(at))
    save(desk, at, first, website="one.example", why=WHY)
    assert errors(save(other, at, second, county="Elm", why=WHY)) == {}
    at.refresh_from_db()
    assert (at.website, at.county) == ("one.example", "Elm")


def test_the_same_change_twice_is_no_conflict(desk, other, at):
    first, second = desk.get(address(at)), other.get(address(at))
    save(desk, at, first, website="one.example", why=WHY)
    assert errors(save(other, at, second, website="one.example", why=WHY)) == {}


def test_a_school_that_staff_entered_is_guarded_alike(desk, other):
    own = school(None, name="Example Academy", slug="example-academy", release=release(Source.STAFF, "2025"))
    first, second = desk.get(address(own)), other.get(address(own))
    save(desk, own, first, county="Oak", why=WHY)
    assert "it is “Oak” now" in errors(save(other, own, second, county="Elm", why=WHY))["county"][0]
    own.refresh_from_db()
    assert own.county == "Oak"


def test_a_fact_keeps_what_the_first_changed_in_another_field(desk, other, at):
    kept = fact(at.programs.get(), ProgramFact.Kind.PRICE, "4200", checked_on=dt.date(2025, 3, 1))
    first, second = desk.get(address(kept)), other.get(address(kept))
    save(desk, kept, first, note="With books")
    assert errors(save(other, kept, second, value="4300")) == {}
    kept.refresh_from_db()
    assert (kept.value, kept.note) == ("4300", "With books")
    third, fourth = desk.get(address(kept)), other.get(address(kept))
    save(desk, kept, third, value="4400")
    assert "it is “4400” now" in errors(save(other, kept, fourth, value="4500"))["value"][0]
