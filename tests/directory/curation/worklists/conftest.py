"""A morning at the desk, with nothing kept from the day before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.cache import cache

from directory.curation.worklists import board
from directory.curation.worklists.board import Row

MORNING = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
TODAY = MORNING.date()


@pytest.fixture(autouse=True)
def morning() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock
    cache.clear()


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann", is_staff=True)


@pytest.fixture
def bob(db: None) -> User:
    return User.objects.create_user("bob", is_staff=True)


@pytest.fixture
def rows() -> Callable[[str], list[Row]]:
    """The cases of a worklist: rows("links")."""
    return lambda slug: board.rows([board.kinds()[slug]])
