"""Every table has a list that opens, searches and filters, and asks the database as much for one row as for fifty."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from simple_history.models import HistoricalChanges

from directory.models import Program, School
from directory.staff_desk import READERS_OWN
from tests.directory.admin.conftest import address
from tests.directory.admin.shelves import fill
from tests.directory.invented import school

pytestmark = pytest.mark.django_db
MODELS = [
    model
    for model in apps.get_app_config("directory").get_models()
    if not issubclass(model, HistoricalChanges) and not model._meta.auto_created
    if model.__name__ not in READERS_OWN
]
MANY = 50


def listing(model, query=""):
    return reverse(f"admin:directory_{model._meta.model_name}_changelist") + query


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_table_is_on_the_desk_with_search_and_columns(model):
    desk = admin.site._registry[model]
    assert desk.search_fields
    assert len(desk.list_display) > 1
    assert desk.show_full_result_count is False


def test_what_belongs_to_one_reader_is_on_no_page_of_the_desk():
    assert not {model.__name__ for model in admin.site._registry} & {*READERS_OWN, "EmailAddress", "EmailConfirmation"}


def test_lists_ask_the_same_for_one_row_and_for_fifty(desk, chief):
    fill(1, chief)
    few = {model: _queries(desk, model) for model in MODELS}
    fill_more(chief)
    many = {model: _queries(desk, model) for model in MODELS}
    assert {model.__name__: counts for model, counts in many.items() if counts != few[model]} == {}
    assert max(many.values()) <= 20


def fill_more(chief):
    for model in reversed(MODELS):
        model._base_manager.all().delete()
    fill(MANY, chief)


def _queries(desk, model):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = desk.get(listing(model))
    assert response.status_code == 200
    return len(asked)


@pytest.fixture
def full(desk, chief):
    fill(2, chief)
    return desk


def test_every_list_searches_filters_and_opens_its_rows(full):
    for model in MODELS:
        shown = full.get(listing(model)).context["cl"]
        queries = [choice["query_string"] for each in shown.filter_specs for choice in list(each.choices(shown))[:3]]
        for query in ("?q=maple+51.10+100001", *queries):
            assert full.get(listing(model, query)).status_code == 200, (model, query)
        assert full.get(address(model._base_manager.first())).status_code == 200, model


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("maple", 2), ('"Fork College 1"', 1), ("100002", 1), ("information", 2), ("51.1001", 1), ("51.10", 2),
        ("college 51.1000", 1), ("HIT", 2), ("nowhere", 0), ('"', 0), ("maple nowhere", 0),
    ],
)  # fmt: skip
def test_programs_are_found_by_school_field_code_and_title(full, words, found):
    assert full.get(listing(Program), {"q": words}).context["cl"].result_count == found


def test_programs_of_one_school_are_a_click_away(full):
    at = Program.objects.latest("pk").school
    page = full.get(address(at)).content.decode()
    link = f"{listing(Program)}?school__id__exact={at.pk}"
    assert link in page
    assert full.get(link).context["cl"].result_count == 1


@pytest.mark.parametrize("query", ["?p=9999", "?foo__bar=1"])
def test_a_list_says_that_it_could_not_read_its_address(desk, monkeypatch, query):
    monkeypatch.setattr(admin.site._registry[School], "list_per_page", 1)
    school(100001), school(100002)
    response = desk.get(listing(School, query), follow=True)
    assert response.status_code == 200
    assert "This list has no such page or filter" in response.content.decode()


def test_a_list_that_was_read_says_nothing(desk):
    assert "This list has no such" not in desk.get(listing(Program)).content.decode()
