"""The columns are read in a transaction that only reads, on either database, and leaves nothing open."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from directory.models import SearchState
from directory.pipeline.refresh import refresh
from directory.search.freshness import touch
from directory.search.table.loading import load_columns, one_moment
from tests.directory.invented import field_of_study, program, school

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_read_is_there_and_others_can_write_afterwards():
    program(school(200001, name="Willow Bend College"), field=field_of_study("51.0713"), award_level=7)
    with transaction.atomic():
        refresh()
    assert len(load_columns()) == 1
    with transaction.atomic():
        touch()
    assert SearchState.objects.count() == 1
    assert connection.get_autocommit()
    assert not connection.in_atomic_block


def test_an_error_while_reading_ends_the_reading():
    with pytest.raises(ZeroDivisionError), one_moment():
        _ = SearchState.objects.count() / 0
    with transaction.atomic():
        touch()
    assert SearchState.objects.count() == 1


def test_inside_a_change_it_reads_what_the_change_has_written():
    with transaction.atomic():
        program(school(200001, name="Willow Bend College"), field=field_of_study("51.0713"), award_level=7)
        refresh()
        assert len(load_columns()) == 1
        transaction.set_rollback(True)
    assert len(load_columns()) == 0
