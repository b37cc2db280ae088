"""A load is taken back whole: every table row by row as it was before."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone

from directory.models import Agency, ImportRun, KeptChange
from directory.pipeline import change_log
from directory.pipeline.load import Order, load
from tests.directory.importers.samples import SAMPLES
from tests.directory.importers.samples_ipeds import HD
from tests.directory.pipeline.change_log.rows import same, state

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample.source))
def test_the_file_of_every_importer_can_be_taken_back(tmp_path, sample):
    for needed in sample.needs:
        needed.load(tmp_path)
    before = state()
    outcome = load(Order(sample.write(tmp_path), sample.source, scope=sample.scope, keep=True))
    assert outcome.run.state == ImportRun.State.APPLIED
    assert state() != before
    assert change_log.blockers(outcome.run) == ()
    done = change_log.revert(outcome.run, by=None)
    assert same(before, state())
    assert done.run.state == ImportRun.State.REVERTED
    assert not KeptChange.objects.exists()


def test_what_is_kept_stands_or_falls_with_the_load(tmp_path):
    run = ImportRun.objects.create(source="ipeds-hd", file_name="hd.csv", started_at=timezone.now())
    with transaction.atomic():
        with change_log.keeping(run):
            Agency.objects.create(name="Example Agency")
        assert change_log.is_kept(run)
        transaction.set_rollback(True)
    assert not KeptChange.objects.exists()
    assert change_log.blockers(run) == ("Nothing was kept of this load, or it was too long ago.",)


def test_loading_the_same_file_again_keeps_nothing(tmp_path):
    HD.load(tmp_path)
    run = load(Order(HD.write(tmp_path), HD.source, keep=True)).run
    assert run.state == ImportRun.State.UNCHANGED
    assert not change_log.is_kept(run)


def test_a_load_keeps_nothing_unless_asked(tmp_path):
    assert not change_log.is_kept(HD.load(tmp_path).run)
