"""The starter catalogue, loaded once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from directory.pipeline.starter import CATALOGUE
from directory.pipeline.starter_loading import load


@pytest.fixture(scope="package")
def starter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database with the catalogue that ships; rolled back after the last test of the folder.

    Tests that use it still carry `django_db`, which opens a transaction of its own inside this one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load(CATALOGUE, lambda line: None)
        yield
        transaction.set_rollback(True)
