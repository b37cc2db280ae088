"""Careers at the staff desk: official tables are read, careers are kept with evidence and history."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from simple_history.models import HistoricalChanges

from careers.models import Career, GuideVersion
from careers.publishing import add_shipped
from directory.models import SearchEntry
from directory.staff_desk import READERS_OWN
from tests.careers import world
from tests.directory.invented import field_of_study

pytestmark = pytest.mark.django_db

MODELS = [
    each
    for each in apps.get_app_config("careers").get_models()
    if not issubclass(each, HistoricalChanges) and each.__name__ not in READERS_OWN
]
#: Kept by staff; all others come from files, or are written through a guide's version.
KEPT = (Career, GuideVersion)
OFFICIAL = [model for model in MODELS if model not in KEPT]


@pytest.fixture
def desk(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("chief", password="not used"))
    return client


def listing(model, query=""):
    return reverse(f"admin:careers_{model._meta.model_name}_changelist") + query


def fill(numbers):
    """Rows in every table, `numbers` of each."""
    field = field_of_study()
    for number in numbers:
        one = world.occupation(f"29-90{number}", f"Readers {number}")
        whole = world.onet(one)
        world.pay(one)
        world.projection(one)
        world.attainment(one)
        world.task(whole, number)
        world.technology(whole, "Wickware")
        world.title(whole, "Lighter")
        world.interest(whole, "1.B.1.a", 5)
        world.job_zone(whole)
        world.related(whole, world.onet(one, "01", f"Part {number}"), 1)
        world.leads(field, one)
        reader = world.career(one, f"reader-{number}", title=f"Reader {number}")
        add_shipped(career=reader, sections={"setting": "A tower."}, note="", digest=f"{number}")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_table_is_there_with_search_filters_and_columns(model):
    table = admin.site._registry[model]
    assert table.search_fields
    assert len(table.list_display) > 2


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_lists_open_search_and_cost_the_same_for_one_row_and_for_many(desk, model):
    fill(range(10, 11))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(listing(model)).status_code == 200
        return len(captured)

    queries()
    few = queries()
    fill(range(11, 30))
    assert queries() == few
    assert desk.get(listing(model, "?q=lamp+29")).status_code == 200


@pytest.mark.parametrize("model", OFFICIAL, ids=lambda model: model.__name__)
def test_official_tables_are_only_read(desk, model):
    fill([10])
    row = model._default_manager.first()
    change = reverse(f"admin:careers_{model._meta.model_name}_change", args=[row.pk])
    assert desk.get(change).status_code == 200
    assert desk.post(change, {}).status_code == 403
    assert desk.get(reverse(f"admin:careers_{model._meta.model_name}_add")).status_code == 403


def form(**changes):
    return {
        "title": "Lamp keeper", "slug": "lamp-keeper", "summary": "Keeps lamps.", "everyday_names": "", "order": "1",
        "occupation": "29-2072", "onet": "29-2072.00", "basis": "title", "evidence": "Lighter",
        "mapping_note": "", **changes,
    }  # fmt: skip


def test_a_career_is_added_with_its_history(desk):
    world.lamp_keepers()
    sent = desk.post(reverse("admin:careers_career_add"), form())
    assert sent.status_code == 302
    assert Career.history.get().history_user.username == "chief"
    entries = SearchEntry.objects.filter(kind=SearchEntry.Kind.CAREER, key="lamp-keeper")
    assert entries.exists(), "whoever searches programs for it finds them at once"
    desk.post(reverse("admin:careers_career_delete", args=[Career.objects.get().pk]), {"post": "yes"})
    assert not entries.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"evidence": "Moon Walker"}, "evidence"),
        ({"basis": "definition", "evidence": "Moon Walker"}, "evidence"),
        ({"basis": "name", "evidence": "Moon Walkers"}, "evidence"),
        ({"onet": "29-9021.00"}, "onet"),
    ],
)
def test_a_career_without_its_evidence_in_the_tables_is_refused(desk, changes, field):
    world.lamp_keepers()
    sent = desk.post(reverse("admin:careers_career_add"), form(**changes))
    assert list(sent.context["adminform"].form.errors) == [field]
    assert not Career.objects.exists()


def test_the_address_of_a_career_is_not_changed(desk):
    made = world.career(world.lamp_keepers())
    address = reverse("admin:careers_career_change", args=[made.pk])
    assert desk.post(address, form(slug="other", title="Keeper of lamps")).status_code == 302
    assert Career.objects.values_list("slug", "title").get() == ("lamp-keeper", "Keeper of lamps")


def test_occupations_are_chosen_by_typing(desk):
    world.lamp_keepers()
    asked = {"app_label": "careers", "model_name": "career", "field_name": "occupation", "term": "lamp"}
    found = desk.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [each["id"] for each in found] == ["29-2072"]
