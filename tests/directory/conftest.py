"""What the tests of the directory share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.directory import catalogue as small


@pytest.fixture(scope="module")
def catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The small catalogue, built once per module; what a test adds is rolled back after the test.

    Tests that use it still carry `django_db`, which opens a transaction of its own inside this one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        small.build()
        yield
        transaction.set_rollback(True)
