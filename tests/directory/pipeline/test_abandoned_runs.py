"""A process that is killed leaves a run that says so, and no facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models import Model
from django.db.models.signals import ModelSignal, post_save
from django.utils import timezone

from directory.models import ImportRun, School
from directory.pipeline.load import Order, load
from directory.vocab import Source
from tests.directory.importers.samples_ipeds import HD, MAPLE, hd
from tests.factories.state import fingerprint

LONG_AGO = dt.datetime(2025, 1, 2, 3, 4, tzinfo=dt.UTC)


def killed_run() -> ImportRun:
    """What a process leaves behind that was killed in the middle of a file."""
    return ImportRun.objects.create(source=Source.IPEDS_HD, file_name="hd2023.csv", started_at=LONG_AGO)


@pytest.mark.django_db
def test_the_next_import_says_that_a_killed_one_has_failed(tmp_path):
    killed = killed_run()
    assert load(Order(HD.write(tmp_path), Source.IPEDS_HD)).run.state == ImportRun.State.APPLIED
    killed.refresh_from_db()
    assert killed.state == ImportRun.State.FAILED
    assert "nothing of it is in" in killed.message
    assert killed.finished_at is not None
    assert killed.finished_at <= timezone.now()


@pytest.mark.django_db
def test_a_dry_run_leaves_the_record_of_a_killed_import_alone(tmp_path):
    killed_run()
    before = fingerprint(without=())
    load(Order(HD.write(tmp_path), Source.IPEDS_HD, dry_run=True))
    assert fingerprint(without=()) == before


@pytest.mark.django_db
def test_a_run_that_has_ended_keeps_its_end(tmp_path):
    load(Order(HD.write(tmp_path), Source.IPEDS_HD))
    load(Order(hd(MAPLE, year=2025).write(tmp_path), Source.IPEDS_HD))
    assert set(ImportRun.objects.values_list("state", "message")) == {(ImportRun.State.APPLIED, "")}


@pytest.mark.django_db(transaction=True)
def test_the_run_and_its_facts_are_written_together(tmp_path):
    """Else a kill between the two would leave facts behind a run that says that nothing is in."""
    seen = []

    def note(instance: ImportRun, **_more: object) -> None:
        seen.append((instance.state, instance.added, connection.in_atomic_block, School.objects.count()))

    with connected(post_save, note, sender=ImportRun):
        load(Order(hd(MAPLE).write(tmp_path), Source.IPEDS_HD))
    assert (ImportRun.State.APPLIED, 1, True, 1) in seen


@contextmanager
def connected(signal: ModelSignal, receiver: Callable[..., None], *, sender: type[Model]) -> Iterator[None]:
    signal.connect(receiver, sender=sender)
    try:
        yield
    finally:
        signal.disconnect(receiver, sender=sender)
