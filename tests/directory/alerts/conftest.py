"""The small catalogue, a reader, and changes of the facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils import timezone

from directory.engagement import saved_searches
from directory.filters.program import ProgramFilter
from directory.models import Listing, Program, SavedProgram, SavedSearch
from directory.pipeline import alerts
from directory.pipeline.refresh import refresh
from tests.directory.catalogue import BUILT_ON

#: A Monday, a week after the catalogue was built.
MONDAY = BUILT_ON + dt.timedelta(days=7)
OHIO = "state=OH"


@pytest.fixture
def clock(catalogue) -> Iterator[Any]:
    with time_machine.travel(BUILT_ON, tick=False) as moved:
        yield moved


def person(name="one"):
    email = f"{name}@example.org"
    return User.objects.filter(email=email).first() or User.objects.create(username=f"reader-{name}", email=email)


def search(query=OHIO, name="one") -> SavedSearch:
    chosen = ProgramFilter(QueryDict(query))
    saved, _ = saved_searches.save_search(
        reader=person(name),
        query=chosen.lasting,
        title="Ohio",
        known=alerts.found_today(chosen),
        week=alerts.week_of(timezone.localdate()),
    )
    return saved


def saved(slug, name="one") -> SavedProgram:
    made = SavedProgram.objects.create(
        reader=person(name), program=Program.objects.get(slug=slug), saved_at=timezone.now()
    )
    alerts.remember_saved(reader=person(name))
    return made


def reprice(slug, price):
    note = "" if price is not None else "not-reported"
    Listing.objects.filter(program__slug=slug).update(price=price, price_note=note)


def leave(slug):
    Program.objects.filter(slug=slug).update(state="withdrawn")
    refresh()
