"""The history of a listing names the files that wrote it, and credits no person with what they said."""

from __future__ import annotations

import pytest
from django.urls import reverse

from directory.models import Program, School
from directory.pipeline.load import Order, load
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_ipeds import HD, awards, completions

pytestmark = pytest.mark.django_db


def bring(sample, folder):
    return load(Order(sample.write(folder), sample.source, keep=True)).run


def history(row) -> str:
    return reverse(f"admin:directory_{row._meta.model_name}_history", args=[row.pk])


def test_the_history_of_a_program_names_the_files_that_wrote_it(tmp_path, desk, django_assert_max_num_queries):
    for sample in (CIP, HD):
        sample.load(tmp_path)
    bring(completions(awards(100101, "51.0707", 3, 4), year=2023), tmp_path)
    bring(completions(awards(100101, "51.0707", 3, 5), year=2024), tmp_path)
    with django_assert_max_num_queries(40):
        shown = desk.get(history(Program.objects.get())).content.decode()
    assert "an official file" in shown
    assert f"It stands on <b>{Program.objects.get().release}</b>, file c2024_a.csv" in shown
    assert shown.count("Brought it.") == 1
    assert "<del>2023</del>" in shown
    assert "<ins>2024</ins>" in shown


def test_how_a_file_wrote_a_school_is_not_credited_to_its_first_editor(tmp_path, edit, chief, desk):
    bring(HD, tmp_path)
    maple = School.objects.get(unitid=100101)
    edit(maple, city="Elm", why="Their site says so")
    first, second = maple.history.order_by("pk")
    assert (first.history_user, first.city) == (None, "Maple Fork")
    assert (second.history_user, second.city) == (chief, "Elm")
    first.history_user = chief  # as former versions kept it
    first.save()
    shown = desk.get(history(maple)).content.decode()
    assert "as an official file left it" in shown
    assert shown.count(f"<td>{chief}</td>") == 1
