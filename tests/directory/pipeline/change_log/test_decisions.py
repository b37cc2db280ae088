"""Decisions about conflicts of a load that is taken back: they are found, and undoing one makes no false conflict."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User

from directory.curation.conflicts.deciding import decide, undo
from directory.curation.conflicts.finding import mark
from directory.curation.conflicts.of_load import decisions_about
from directory.curation.overrides import correct
from directory.models import ConflictDecision, Override, School
from directory.pipeline import change_log
from tests.directory.importers.samples_ipeds import ANNE, HD, hd, school
from tests.directory.pipeline.change_log.rounds import bring

pytestmark = pytest.mark.django_db
OLD, NEW, NEWER, OURS = "Maple Fork", "Maple City", "Maple Town", "Maple Forks"
Decision = ConflictDecision.Decision


def following(city, year):
    return hd(school(100101, "Maple Fork College", CITY=city), ANNE, year=year)


@pytest.fixture
def ada(db):
    return User.objects.create_user("ada", is_staff=True)


@pytest.fixture
def ours(tmp_path, ada):
    HD.load(tmp_path)
    return correct(target=School.objects.get(unitid=100101), column="city", value=OURS, reason="A letter", by=ada)


def settle(override, decision, ada):
    override.refresh_from_db()
    again = dt.date(2030, 1, 1) if decision == Decision.KEEP else None
    seen = {override.pk: mark(override)}
    (made,) = decide(seen=seen, decision=decision, by=ada, reason="The file is right", review_by=again)
    return made


def found():
    override = Override.objects.get()
    return School.objects.get(unitid=100101).city, override.official_value, override.conflict_since is not None


def test_undoing_after_a_take_back_makes_no_conflict_with_the_value_it_was_made_against(tmp_path, ours, ada):
    run = bring(following(NEW, 2025), tmp_path)
    made = settle(ours, Decision.ACCEPT, ada)
    change_log.revert(run, by=ada)
    assert School.objects.get(unitid=100101).city == OLD
    undo(batch=made.batch, by=ada)
    assert found() == (OURS, OLD, False)


def test_undoing_while_the_load_stands_brings_the_conflict_back(tmp_path, ours, ada):
    bring(following(NEW, 2025), tmp_path)
    made = settle(ours, Decision.ACCEPT, ada)
    undo(batch=made.batch, by=ada)
    assert found() == (OURS, NEW, True)


def test_undoing_after_a_later_load_is_a_conflict_with_what_that_load_says(tmp_path, ours, ada):
    bring(following(NEW, 2025), tmp_path)
    made = settle(ours, Decision.ACCEPT, ada)
    bring(following(NEWER, 2026), tmp_path)
    undo(batch=made.batch, by=ada)
    assert found() == (OURS, NEWER, True)


def test_undoing_after_the_file_came_to_say_what_we_say_is_no_conflict(tmp_path, ours, ada):
    bring(following(NEW, 2025), tmp_path)
    made = settle(ours, Decision.ACCEPT, ada)
    bring(following(OURS, 2026), tmp_path)
    undo(batch=made.batch, by=ada)
    assert found() == (OURS, OURS, False)


@pytest.mark.parametrize("decision", [Decision.ACCEPT, Decision.KEEP])
def test_the_decisions_about_a_load_are_found_before_and_after_it_is_taken_back(tmp_path, ours, ada, decision):
    run = bring(following(NEW, 2025), tmp_path)
    assert decisions_about(run) == []
    made = settle(ours, decision, ada)
    assert decisions_about(run) == [made]
    change_log.revert(run, by=ada)
    run.refresh_from_db()
    assert decisions_about(run) == [made]
    undo(batch=made.batch, by=ada)
    made.refresh_from_db()
    assert decisions_about(run) == ([] if made.undone_at else [made])


def test_a_decision_about_another_loads_conflict_is_no_part_of_it(tmp_path, ours, ada):
    first = bring(following(NEW, 2025), tmp_path)
    made = settle(ours, Decision.KEEP, ada)
    second = bring(following(NEWER, 2026), tmp_path)
    later = settle(ours, Decision.ACCEPT, ada)
    assert decisions_about(first) == [made]
    assert decisions_about(second) == [later]
