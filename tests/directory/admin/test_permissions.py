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

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelves(chief):
    fill(1, chief)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_without_a_permission_a_table_is_closed(staff, shelves, model):
    browser, row = staff(), model._base_manager.first()
    add = reverse(f"admin:directory_{model._meta.model_name}_add")
    for page in (listing(model), address(row), address(row, "history"), address(row, "delete"), add):
        assert browser.get(page).status_code == 403
        assert browser.post(page).status_code == 403


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_who_may_look_may_look_and_no_more(staff, shelves, model):
    browser, row = staff(f"view_{model._meta.model_name}"), model._base_manager.first()
    assert browser.get(listing(model)).status_code == 200
    page = browser.get(address(row))
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    before = list(model._base_manager.values())
    for view in ("change", "delete"):
        assert browser.post(address(row, view), {"post": "yes"}).status_code == 403
    assert browser.post(reverse(f"admin:directory_{model._meta.model_name}_add")).status_code == 403
    assert list(model._base_manager.values()) == before


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
