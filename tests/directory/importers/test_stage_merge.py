"""Rows wait in a stage and are brought in as additions, changes and removals, and nothing else is touched."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from directory.importers.merge import Absent, merge, nothing_removed
from directory.importers.stage import BATCH, Stage
from directory.models import FieldChange, FieldOfStudy
from directory.vocab import Source
from tests.directory import invented

FIELDS = ("old_cip", "new_cip", "old_title", "action")
KEY = ("old_cip", "new_cip")


@pytest.fixture
def release():
    return invented.release(Source.CIP_CHANGES, "2010 to 2020")


def bring_in(rows, release, **how):
    with Stage(FieldChange, FIELDS) as stage:
        for line, row in enumerate(rows, start=2):
            stage.add(line, *row)
        stage.finish(*KEY)
        return merge(stage, key=KEY, always={"release": release.pk}, **how)


def held():
    return sorted(FieldChange.objects.values_list(*FIELDS))


ONE, TWO = ("51.0701", "51.0707", "One", "Moved to"), ("51.0702", "", "Two", "Deleted")


@pytest.mark.django_db
def test_what_is_new_is_added_and_what_is_the_same_is_left_alone(release):
    assert bring_in([ONE], release).added == 1
    changes = bring_in([ONE, TWO], release)
    assert (changes.added, changes.changed, changes.removed) == (1, 0, 0)
    assert held() == [ONE, TWO]
    assert not bring_in([ONE, TWO], release)


@pytest.mark.django_db
def test_what_differs_is_changed_and_shown(release):
    bring_in([ONE, TWO], release)
    changes = bring_in([ONE, (*TWO[:2], "Zwei", TWO[3])], release)
    assert (changes.added, changes.changed, changes.removed) == (0, 1, 0)
    assert any("'Two' → 'Zwei'" in sample for sample in changes.samples)


@pytest.mark.django_db
def test_an_older_release_only_fills_gaps(release):
    bring_in([ONE], release)
    changes = bring_in([(*ONE[:2], "Older title", ONE[3]), TWO], release, update=False)
    assert (changes.added, changes.changed) == (1, 0)
    assert held() == [ONE, TWO]


@pytest.mark.django_db
def test_what_the_file_answers_for_and_lacks_is_deleted(release):
    bring_in([ONE, TWO], release)
    changes = bring_in([ONE], release, absent=Absent(within="t.action = %s", params=("Deleted",)))
    assert changes.removed == 1
    assert held() == [ONE]


@pytest.mark.django_db
def test_what_the_file_does_not_answer_for_stays(release):
    bring_in([ONE, TWO], release)
    assert not bring_in([ONE], release, absent=Absent(within="t.action = %s", params=("New",)))
    assert held() == [ONE, TWO]


@pytest.mark.django_db
def test_a_mark_is_set_once_instead_of_deleting(release):
    bring_in([ONE, TWO], release)
    gone = Absent(within="1 = 1", mark={"action": "Gone"})
    assert bring_in([ONE], release, absent=gone).removed == 1
    assert not bring_in([ONE], release, absent=gone)
    assert FieldChange.objects.get(old_cip=TWO[0]).action == "Gone"


@pytest.mark.django_db
def test_nothing_is_removed_while_removals_are_held_back(release):
    bring_in([ONE, TWO], release)
    with nothing_removed():
        assert not bring_in([ONE], release, absent=Absent(within="1 = 1"))
    assert held() == [ONE, TWO]
    assert bring_in([ONE], release, absent=Absent(within="1 = 1")).removed == 1


@pytest.mark.django_db
def test_null_and_a_value_differ_in_both_directions():
    school = invented.school(100101, latitude=40.0, longitude=-83.0)
    for latitude, longitude in ((None, None), (41.0, -84.0)):
        with Stage(type(school), ("unitid", "latitude", "longitude")) as stage:
            stage.add(2, 100101, latitude, longitude)
            stage.finish("unitid")
            assert merge(stage, key=("unitid",)).changed == 1
        school.refresh_from_db()
        assert (school.latitude, school.longitude) == (latitude, longitude)


@pytest.mark.django_db
def test_columns_that_the_stage_lacks_take_the_defaults_of_the_model():
    release = invented.release(Source.CIP, "2020")
    with Stage(FieldOfStudy, ("cip", "family", "title", "slug")) as stage:
        stage.add(2, "51.0707", "51.07", "Records", "records-51-0707")
        stage.finish("cip")
        merge(stage, key=("cip",), always={"release": release.pk})
    assert (FieldOfStudy.objects.get().definition, FieldOfStudy.objects.get().everyday_names) == ("", "")


@pytest.mark.django_db
def test_repeated_keys_are_found_with_the_line_that_came_first(release):
    with Stage(FieldChange, FIELDS) as stage:
        for line, row in enumerate([ONE, TWO, (*ONE[:2], "Again", "New"), ONE], start=2):
            stage.add(line, *row)
        stage.finish(*KEY)
        assert stage.drop_repeats(*KEY) == [(4, 2, False), (5, 2, True)]
        merge(stage, key=KEY, always={"release": release.pk})
    assert held() == [ONE, TWO]


@pytest.mark.django_db
def test_more_rows_than_one_batch_arrive(release):
    rows = [(f"{number // 10_000:02}.{number % 10_000:04}", "", "Title", "Deleted") for number in range(BATCH * 2 + 1)]
    assert bring_in(rows, release).added == len(rows)
    assert FieldChange.objects.count() == len(rows)


@pytest.mark.django_db(transaction=True)
def test_two_stages_fill_side_by_side_and_leave_no_table_behind():
    with Stage(FieldChange, FIELDS) as stage, Stage(FieldOfStudy, ("cip", "title")) as other:
        stage.add(2, *ONE)
        other.add(2, "51.0707", "Records")
        stage.finish(*KEY)
        other.finish("cip")
        with transaction.atomic():
            assert (rows_of(stage), rows_of(other)) == (1, 1)
    assert not connection.in_atomic_block
    for gone in (stage, other):
        with pytest.raises(DatabaseError):
            rows_of(gone)


def rows_of(stage: Stage) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {stage.table}")  # noqa: S608 - a name that we made
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_stage_that_breaks_off_leaves_the_connection_usable(release):
    def breaks_off():
        with Stage(FieldChange, FIELDS) as stage:
            stage.add(2, *ONE)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_off()
    with transaction.atomic():
        assert bring_in([TWO], release).added == 1
