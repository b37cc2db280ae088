"""A worker's memory follows the database: at once, in one query, and never half."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from directory.models import Listing
from directory.pipeline.refresh import refresh
from directory.search.freshness import current, touch
from tests.directory.catalogue import LISTED
from tests.directory.invented import field_of_study, program, school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_what_is_unchanged_is_read_once():
    held = current()
    assert len(held.columns) == len(LISTED)
    with CaptureQueriesContext(connection) as queries:
        assert current() is held
        assert current().columns is held.columns
    assert len(queries) == 2  # the token, each time


def test_a_change_is_seen_at_the_next_question():
    before = len(current().columns)
    program(school(200001, name="Willow Bend College"), field=field_of_study("51.0713"), award_level=7)
    assert len(current().columns) == before
    refresh()
    assert len(current().columns) == before + 1


def test_a_change_that_is_rolled_back_is_never_seen():
    held = current()
    before = len(held.columns)
    with transaction.atomic():
        Listing.objects.update(listed=False)
        touch()
        assert len(current().columns) == 0
        transaction.set_rollback(True)
    assert current().token == held.token
    assert len(current().columns) == before


def test_an_empty_directory_answers(client):
    Listing.objects.all().delete()
    touch()
    assert client.get("/programs/?q=coding&where=43901&level=associate").status_code == 200
    body = client.get("/api/v1/programs/?max_price=5000&sort=price").json()
    assert (body["count"], body["results"]) == (0, [])
