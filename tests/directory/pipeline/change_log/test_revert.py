"""A load is taken back whole: every table row by row as it was before."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.models import Agency, FormerSlug, ImportRun, KeptChange, Program, Release, School
from directory.pipeline import change_log
from directory.pipeline.load import Order, load
from directory.vocab import ListingState, SchoolState
from tests.directory.importers.samples import SAMPLES
from tests.directory.importers.samples_ipeds import ANNE, BROOK, COMPLETIONS, HD, MAPLE, awards, completions, hd, school
from tests.directory.pipeline.change_log.rounds import bring, shorter, there_and_back
from tests.directory.pipeline.change_log.rows import same, state

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample.source))
def test_the_first_file_of_every_importer_and_another_one_after_it_can_be_taken_back(tmp_path, sample):
    for needed in sample.needs:
        needed.load(tmp_path)
    assert there_and_back(sample, tmp_path).deleted
    bring(sample, tmp_path)
    there_and_back(shorter(sample), tmp_path)


def test_another_years_directory_is_taken_back_with_its_new_names_and_closed_schools(tmp_path):
    load(Order(hd(MAPLE, ANNE, school(100404, "Oak College"), year=2023).write(tmp_path), HD.source))
    COMPLETIONS.load(tmp_path)
    closed = school(100404, "Oak College", ACT="D", CYACTIVE="3", CLOSEDAT="06/30/2025", DEATHYR="2025")
    following = hd(school(100101, "Maple University"), closed, school(100505, "Elm"), BROOK, year=2025)
    before = state()
    run = bring(following, tmp_path)
    assert FormerSlug.objects.exists()
    assert School.objects.get(unitid=100404).status == SchoolState.CLOSED
    assert School.objects.get(unitid=100202).status != SchoolState.OPEN  # the file lacks it
    done = change_log.revert(run, by=None)
    assert same(before, state())
    assert (done.deleted > 0, done.restored > 0) == (True, True)
    assert not Release.objects.filter(vintage="2025-26").exists()


def test_another_years_completions_are_taken_back_with_the_programs_that_they_retired(tmp_path):
    COMPLETIONS.load(tmp_path)
    before = state()
    following = completions(awards(100101, "51.0707", 3, 44), awards(100202, "51.0713", 5, 2), year=2025)
    run = bring(following, tmp_path)
    assert Program.objects.filter(state=ListingState.NOT_REPORTED).exists()
    change_log.revert(run, by=None)
    assert same(before, state())


def test_two_loads_are_taken_back_one_after_the_other(tmp_path):
    COMPLETIONS.load(tmp_path)
    states, runs = [], []
    for year, count in ((2025, 5), (2026, 7)):
        states.append(state())
        runs.append(bring(completions(awards(100101, "51.0707", 3, count), year=year), tmp_path))
    for before, run in reversed(list(zip(states, runs, strict=True))):
        change_log.revert(run, by=None)
        assert same(before, state())


def test_a_file_that_was_taken_back_can_be_loaded_again(tmp_path):
    COMPLETIONS.load(tmp_path)
    following = completions(awards(100101, "51.0707", 3, 44), year=2025)
    first = bring(following, tmp_path)
    change_log.revert(first, by=None)
    second = bring(following, tmp_path)
    assert (second.added, second.changed, second.removed) == (first.added, first.changed, first.removed)


def test_it_is_written_who_took_it_back_when_and_why(tmp_path):
    by = User.objects.create_user("pat", is_staff=True)
    HD.load(tmp_path)
    run = bring(hd(MAPLE, year=2025), tmp_path)
    with time_machine.travel(dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC), tick=False):
        done = change_log.revert(run, by=by, why="The wrong year")
        assert done.run.reverted_at == timezone.now()
    run.refresh_from_db()
    assert (run.state, run.reverted_by, run.revert_reason) == (ImportRun.State.REVERTED, by, "The wrong year")
    assert run.release is None
    assert change_log.blockers(run) == ("This load has been taken back already.",)
    with pytest.raises(change_log.CannotRevertError, match="already"):
        change_log.revert(run, by=by)


def test_what_would_be_restored_is_what_is_restored(tmp_path):
    COMPLETIONS.load(tmp_path)
    run = bring(completions(awards(100101, "51.0707", 3, 44), awards(100202, "51.0713", 5, 2), year=2025), tmp_path)
    would = change_log.would_restore(run)
    done = change_log.revert(run, by=None)
    assert (would.deleted, would.restored, would.brought_back) == (done.deleted, done.restored, done.brought_back)
    assert would.tables == done.tables


def test_what_is_kept_stands_or_falls_with_the_load():
    run = ImportRun.objects.create(source="ipeds-hd", file_name="hd.csv", started_at=timezone.now())
    with transaction.atomic():
        with change_log.keeping(run):
            Agency.objects.create(name="Example Agency")
        assert change_log.is_kept(run)
        transaction.set_rollback(True)
    assert not KeptChange.objects.exists()
    assert change_log.blockers(run) == ("Nothing was kept of this load, or it was too long ago.",)


@pytest.mark.django_db(transaction=True)
def test_what_a_load_changes_is_kept_in_a_transaction_only():
    run = ImportRun.objects.create(source="ipeds-hd", file_name="hd.csv", started_at=timezone.now())
    with pytest.raises(RuntimeError, match="transaction"), change_log.keeping(run):
        pass


def test_loading_the_same_file_again_keeps_nothing(tmp_path):
    HD.load(tmp_path)
    run = bring(HD, tmp_path)
    assert run.state == ImportRun.State.UNCHANGED
    assert not change_log.is_kept(run)


def test_a_load_keeps_nothing_unless_asked(tmp_path):
    assert not change_log.is_kept(HD.load(tmp_path).run)


def test_a_dry_run_keeps_nothing(tmp_path):
    load(Order(HD.write(tmp_path), HD.source, keep=True, dry_run=True))
    assert not KeptChange.objects.exists()


def test_what_was_kept_is_forgotten_after_some_time(tmp_path, settings):
    settings.UNDO_DAYS = 30
    with time_machine.travel(dt.datetime(2026, 9, 1, tzinfo=dt.UTC)):
        old = bring(HD, tmp_path)
    with time_machine.travel(dt.datetime(2026, 9, 20, tzinfo=dt.UTC)):
        young = bring(hd(MAPLE, year=2025), tmp_path)
    assert change_log.trim(now=dt.datetime(2026, 10, 5, tzinfo=dt.UTC)) == 1
    assert (change_log.is_kept(old), change_log.is_kept(young)) == (False, True)
