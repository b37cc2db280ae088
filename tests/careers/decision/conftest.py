"""The small catalogue with the work that its fields prepare for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from directory.models import FieldOfStudy
from tests.careers import world
from tests.directory import catalogue as small

#: SOC -> title, usual way in, 25th and 75th percentile, fields that prepare for it.
WORK = {
    "29-2072": ("Lamp Keepers", "Postsecondary nondegree award", (36_000, 50_000), ("51.0707", "51.0713")),
    "29-9021": ("Fog Callers", "Associate's degree", (46_000, 70_000), ("51.0707",)),
    "11-9111": ("Harbor Masters", "Bachelor's degree", (90_000, 160_000), ("51.0706",)),
}


def with_work() -> None:
    for soc, (title, entry, (low, high), cips) in WORK.items():
        occupation = world.occupation(soc, title)
        world.pay(occupation, annual_p25=low, annual_p75=high)
        world.projection(occupation, entry_education=entry)
        for cip in cips:
            world.leads(FieldOfStudy.objects.get(cip=cip), occupation)
        world.career(occupation, title.lower().replace(" ", "-")[:-1], title=title[:-1])


@pytest.fixture(scope="module")
def catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        small.build()
        with_work()
        yield
        transaction.set_rollback(True)
