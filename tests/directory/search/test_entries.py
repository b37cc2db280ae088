"""The table of names follows from the facts; only what differs is written."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.curation import overrides
from directory.models import FieldOfStudy, FormerSlug, Program, School, SearchEntry, Synonym
from directory.search.entries import lines, rebuild_entries
from directory.search.synonyms import load_synonyms
from directory.search.understand import understand
from directory.search.vocabulary import load
from tests.directory.invented import program, school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def entry(kind, key):
    return SearchEntry.objects.get(kind=kind, key=str(key))


def test_every_field_school_and_exam_has_an_entry():
    assert entry("field", "51.0707").names == "HIT\nmedical records"
    assert entry("school", School.objects.get(name="Maple Fork College").pk).label == "Maple Fork College"
    assert SearchEntry.objects.filter(kind="certification").exists()


def test_a_second_building_writes_nothing():
    with CaptureQueriesContext(connection) as asked:
        assert rebuild_entries() == 0
    assert not [each for each in asked if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_only_what_changed_is_written():
    FieldOfStudy.objects.filter(cip="51.0707").update(everyday_names="HIT, charts")
    FieldOfStudy.objects.get(cip="51.2706").programs.all().delete()
    FieldOfStudy.objects.filter(cip="51.2706").delete()
    new = school(100099, name="Wren Hill College")
    assert rebuild_entries() >= 3
    assert entry("field", "51.0707").names == "HIT\ncharts"
    assert not SearchEntry.objects.filter(kind="field", key="51.2706").exists()
    assert entry("school", new.pk).label == "Wren Hill College"


def test_some_schools_can_be_rebuilt_without_the_others():
    changed, other = School.objects.order_by("pk")[:2]
    School.objects.update(name="Renamed College")
    course = changed.programs.first() or program(changed)
    Program.objects.filter(pk=course.pk).update(title="Reading of Charts")
    rebuild_entries([changed.pk])
    assert entry("school", changed.pk).label == "Renamed College"
    assert entry("school", other.pk).label != "Renamed College"
    assert entry("program", course.pk).label == "Reading of Charts"
    Program.objects.filter(pk=course.pk).update(title="")
    rebuild_entries([changed.pk])
    assert not SearchEntry.objects.filter(kind="program", key=str(course.pk)).exists()


def test_former_names_are_kept_as_names(django_user_model):
    at = school(100098, name="Wren Hill College")
    FormerSlug.objects.create(slug="lark-hill-seminary-100098", school=at)
    staff = django_user_model.objects.create_user("curator")
    overrides.correct(target=at, column="name", value="Wren Hill University", reason="They said so", by=staff)
    rebuild_entries([at.pk])
    assert "lark hill seminary" in entry("school", at.pk).lesser_names
    assert "Wren Hill College" in entry("school", at.pk).lesser_names


def test_what_was_built_is_read_with_few_queries_and_understood_with_none():
    Synonym.objects.create(words="chart reader", means="HIT")
    Synonym.objects.create(words="chart writer", means="HIM", active=False)
    with CaptureQueriesContext(connection) as asked:
        vocabulary = load()
    assert len(asked) <= 5
    with CaptureQueriesContext(connection) as asked:
        found = understand("chart reader in Birch Valley, OH", vocabulary)
    assert len(asked) == 0
    assert list(found.terms[0].fields) == ["51.0707"]
    assert [each.values for each in found.inferred] == [("Birch Valley, OH",)]
    assert "chart writer" not in vocabulary.synonyms


def test_the_shipped_synonyms_are_added_once_and_never_over_staffs_own():
    Synonym.objects.create(words="emr", means="their own", active=False)
    assert load_synonyms() > 20
    assert load_synonyms() == 0
    assert Synonym.objects.get(words="emr").means == "their own"


def test_names_stand_once_and_without_the_label():
    assert lines(["A  b", "a B", "C", "c", "", "Label"], without="label") == "A b\nC"


def test_the_daily_refresh_brings_in_words_that_are_missing_and_leaves_those_of_staff():
    FieldOfStudy.objects.filter(cip="51.0707").update(everyday_names="")
    field = FieldOfStudy.objects.get(cip="51.0707")
    call_command("refresh", stdout=StringIO())
    field.refresh_from_db()
    assert "HIT" in field.everyday_names
    Synonym.objects.get(words="tri c").delete()
    Synonym.objects.filter(words="nova").update(means="kiteflying")
    FieldOfStudy.objects.filter(pk=field.pk).update(everyday_names="moonlore")
    call_command("refresh", stdout=StringIO())
    field.refresh_from_db()
    assert field.everyday_names == "moonlore"
    assert Synonym.objects.get(words="nova").means == "kiteflying"
    assert not Synonym.objects.filter(words="tri c").exists()
