"""The careers that ship, and what the starter catalogue takes of this part."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from simple_history.utils import update_change_reason

from careers.models import Career
from careers.starter import STARTER_TABLES, load_careers, shipped_careers
from careers.vocab import Basis
from tests.careers import world
from tests.directory.invented import field_of_study

pytestmark = pytest.mark.django_db


def occupations_for_all():
    for row in shipped_careers():
        made = world.occupation(row["soc"], f"Occupation {row['soc']}")
        if not made.onet.filter(code=row["onet"]).exists():
            world.onet(made, row["onet"][-2:])


def test_every_shipped_career_says_where_it_is_counted_and_why():
    for row in shipped_careers():
        assert row["basis"] in Basis.values
        assert row["evidence"]
        assert row["onet"].startswith(row["soc"])
        assert len(row["summary"]) > 40


def test_no_shipped_career_is_counted_under_the_retired_code():
    assert "29-2071" not in {row["soc"] for row in shipped_careers()}


def test_careers_are_added_once_and_what_staff_changed_stays():
    occupations_for_all()
    first = load_careers()
    assert len(first.added) == len(shipped_careers()) == Career.objects.count()
    coder = Career.objects.get(slug="medical-coder")
    coder.summary = "Better words."
    coder.save()
    update_change_reason(coder, "clearer")
    again = load_careers()
    assert (again.added, len(again.kept)) == ([], len(shipped_careers()))
    assert Career.objects.get(slug="medical-coder").summary == "Better words."
    assert Career.history.filter(slug="medical-coder").count() == 2


def test_careers_wait_for_their_occupation():
    world.onet(world.occupation("29-2072"))
    loaded = load_careers()
    assert "medical-coder" in loaded.added
    assert "cancer-registrar" in loaded.waiting
    out = io.StringIO()
    call_command("load_careers", stdout=out)
    assert "cancer-registrar" in out.getvalue()


@pytest.mark.parametrize("column", ["evidence", "summary"])
def test_the_database_keeps_a_career_without_evidence_or_words_out(column):
    keepers = world.occupation()
    with pytest.raises(IntegrityError), transaction.atomic():
        world.career(keepers, **{column: ""})


def test_a_figure_has_a_value_or_a_reason():
    keepers = world.occupation()
    with pytest.raises(IntegrityError), transaction.atomic():
        world.pay(keepers, annual_median=None, annual_median_note="")
    with pytest.raises(IntegrityError), transaction.atomic():
        world.projection(keepers, training=None, training_note="")


def test_the_starter_tables_come_in_an_order_in_which_they_load():
    seen: set[type[models.Model]] = set()
    for model, _ in STARTER_TABLES:
        needed = {
            other
            for other in (field.related_model for field in model._meta.concrete_fields)
            if other and other._meta.app_label == "careers"
        }
        assert needed <= seen | {model}, model
        seen.add(model)


def test_the_starter_takes_figures_of_all_and_words_of_the_field():
    keepers = world.lamp_keepers()
    far = world.occupation("45-1011", "Far Away Farmers")
    world.pay(far)
    world.task(world.onet(far), 99)
    world.leads(field_of_study("01.0101", "Farming"), far)
    rows = {model.__name__: set(query().values_list("pk", flat=True)) for model, query in STARTER_TABLES}
    assert {"29-2072", "45-1011"} <= rows["Occupation"]
    assert len(rows["Pay"]) == 4
    assert len(rows["Task"]) == 2
    assert rows["OnetOccupation"] == {"29-2072.00", "29-9021.00"}
    assert rows["FieldOccupation"] == {keepers.field_links.get().pk}


def test_the_starter_takes_only_the_newest_year():
    keepers = world.occupation()
    world.pay(keepers)
    world.pay(keepers, year=2024)
    world.projection(keepers)
    world.projection(keepers, base_year=2023)
    tables = {model.__name__: query for model, query in STARTER_TABLES}
    assert [row.year for row in tables["Pay"]()] == [2025]
    assert [row.base_year for row in tables["Projection"]()] == [2024]
