"""Each view of the desk obeys the permissions of the person who is signed in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from directory.models import Override
from tests.directory.admin.conftest import address
from tests.directory.admin.shelves import fill
from tests.directory.admin.test_lists import MODELS, listing
from tests.directory.invented import program, school
from tests.factories.state import fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelves(chief):
    fill(2, chief)  # what is about two listings needs two


def test_without_a_permission_every_table_is_closed(staff, shelves):
    browser = staff()
    opened = [
        (method, page)
        for model in MODELS
        for row in [model._base_manager.first()]
        for page in (listing(model), add(model), *(address(row, view) for view in ("change", "history", "delete")))
        for method in ("get", "post")
        if getattr(browser, method)(page).status_code != 403
    ]
    assert opened == []


def test_who_may_look_may_look_and_no_more(staff, shelves):
    browser = staff(*(f"view_{model._meta.model_name}" for model in MODELS))
    before = fingerprint(without=())
    for model in MODELS:
        row = model._base_manager.first()
        assert browser.get(listing(model)).status_code == 200, model
        page = browser.get(address(row))
        assert page.status_code == 200, model
        assert b'name="_save"' not in page.content, model
        for view in ("change", "delete"):
            assert browser.post(address(row, view), {"post": "yes"}).status_code == 403, model
        assert browser.post(add(model)).status_code == 403, model
    assert fingerprint(without=()) == before


def add(model):
    return reverse(f"admin:directory_{model._meta.model_name}_add")


def test_a_viewer_of_a_school_is_not_asked_for_a_reason(staff):
    page = staff("view_school").get(address(school()))
    assert b"Reason for the change" not in page.content


def test_a_curator_of_schools_corrects_schools_and_not_programs(staff, edit):
    at = program(school())
    browser = staff("change_school", "view_program")
    edit(at.school, browser=browser, name="Oak Fork", why="They said so")
    assert browser.post(address(at), {"title": "HIT", "why": "They said so"}).status_code == 403
    made = Override.objects.get()
    assert (made.column, made.made_by) == ("name", User.objects.get(username="curator"))


def test_staff_with_another_role_read_so_and_are_led_back_to_the_desk(staff):
    page = staff("view_school").get("/admin/directory/program/add/")
    words = page.content.decode()
    assert page.status_code == 403
    assert "Not part of your role" in words
    assert 'href="/admin/"' in words
    assert "your session ended" not in words
