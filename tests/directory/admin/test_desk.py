"""The front page of the desk in the order of the work, and pages that the content security policy lets through."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.contrib.auth import get_user
from django.forms import ModelChoiceField
from django.test import RequestFactory
from django.urls import reverse

from directory.staff_desk import DAILY, GROUPS, PAGES
from tests.architecture.test_templates import INLINE
from tests.directory.admin.conftest import address
from tests.directory.admin.shelves import fill
from tests.directory.admin.test_lists import MODELS, listing
from tests.directory.invented import field_of_study

pytestmark = pytest.mark.django_db


def test_tables_stand_under_headings_in_the_order_of_the_work(desk):
    apps = desk.get(reverse("admin:index")).context["app_list"]
    names = [app["name"] for app in apps]
    assert names[: len(GROUPS)] == list(GROUPS)
    tables = {app["name"]: [model["object_name"] for model in app["models"]] for app in apps}
    assert tables["Schools and programs"] == ["Conflicts", *GROUPS["Schools and programs"]]
    assert tables["Worklists"] == ["Worklists", *GROUPS["Worklists"]]


def test_daily_work_comes_first_and_the_rest_is_folded_but_where_one_is(desk):
    def folds(address):
        return {app["name"]: app for app in desk.get(address).context["available_apps"]}

    found = folds(reverse("admin:index"))
    daily = [model["name"] for model in found["Schools and programs"]["daily"]]
    assert daily == ["Open conflicts", "Schools", "Programs", "Corrections", "Likely duplicates"]
    assert found["Official figures"]["daily"] == []
    assert not any(app["is_open"] for app in found.values())
    assert {model["object_name"] for app in found.values() for model in app["models"]} >= DAILY
    inside = folds(reverse("admin:directory_merge_changelist"))
    assert [name for name, app in inside.items() if app["is_open"]] == ["Schools and programs"]


def test_who_may_not_see_corrections_is_not_led_to_their_conflicts(staff):
    page = staff("view_school").get(reverse("admin:index")).content.decode()
    assert "Open conflicts" not in page
    assert "Schools" in page


def test_no_table_is_lost_between_the_headings(desk):
    apps = desk.get(reverse("admin:index")).context["app_list"]
    shown = [model["object_name"] for app in apps for model in app["models"] if app["app_label"] == "directory"]
    pages = {name for pages in PAGES.values() for _, name, _, _ in pages}
    assert pages <= set(shown)
    shown = [name for name in shown if name not in pages]
    assert sorted(shown) == sorted(model.__name__ for model in MODELS)


def test_staff_see_only_headings_with_something_for_them(staff):
    apps = staff("view_importrun").get(reverse("admin:index")).context["app_list"]
    assert [(app["name"], [model["name"] for model in app["models"]]) for app in apps] == [
        ("Official files", ["Import runs"])
    ]


def test_nobody_but_staff_gets_in(client, db):
    for model in MODELS:
        assert client.get(listing(model))["Location"].startswith("/admin/login/")


@pytest.fixture
def full(desk, chief):
    fill(2, chief)
    return desk


def test_nothing_on_a_page_is_blocked_by_the_policy(full):
    for model in MODELS:
        row = model._base_manager.first()
        pages = [listing(model), address(row), address(row, "history")]
        if admin.site._registry[model].has_add_permission(_request(full)):
            pages.append(reverse(f"admin:directory_{model._meta.model_name}_add"))
        for page in pages:
            response = full.get(page)
            assert response.status_code == 200, page
            assert "unsafe" not in response["Content-Security-Policy"], page
            html = response.content.decode()
            assert [(page, what) for what, pattern in INLINE.items() if pattern.search(html)] == []


def test_no_form_holds_a_box_with_all_schools_programs_or_accreditors(full):
    boxes = [
        (model.__name__, name)
        for model in MODELS
        for form in _forms(full.get(address(model._base_manager.first())).context)
        for name, field in form.fields.items()
        if isinstance(field, ModelChoiceField) and not field.widget.is_hidden
        if not isinstance(getattr(field.widget, "widget", field.widget), AutocompleteMixin)
    ]
    assert boxes == []


def _forms(context):
    """The forms of a page that the admin made itself; desks with pages of their own have forms of their own."""
    if "adminform" not in context:
        return []
    return [context["adminform"].form, *(inline.formset.empty_form for inline in context["inline_admin_formsets"])]


def test_a_choice_of_programs_names_the_school(full):
    found = full.get(
        reverse("admin:autocomplete"),
        {"app_label": "directory", "model_name": "programfact", "field_name": "program", "term": "maple"},
    ).json()["results"]
    assert [re.search(r"Maple Fork College \d", each["text"]) is not None for each in found] == [True, True]


def test_a_program_can_only_be_of_a_six_digit_field(full):
    field_of_study("51.10", "Health Information, the family")
    asked = {"app_label": "directory", "model_name": "program", "field_name": "field", "term": "health"}
    found = full.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [each["text"][:7] for each in found] == ["51.1000", "51.1001"]


def _request(browser):
    request = RequestFactory().get("/")
    request.session = browser.session
    request.user = get_user(request)
    return request
