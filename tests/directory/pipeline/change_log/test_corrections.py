"""What staff corrected stays when a load is taken back, and conflicts are judged anew."""

from __future__ import annotations

import pytest

from directory.curation.overrides import correct, give_up
from directory.models import Override, School
from directory.pipeline import change_log
from tests.directory.importers.samples_ipeds import ANNE, HD, MAPLE, hd, school
from tests.directory.pipeline.change_log.rounds import bring
from tests.directory.pipeline.change_log.rows import same, state

pytestmark = pytest.mark.django_db
OLD, NEW, OURS = "Maple Fork", "Maple City", "Maple Forks"  # what the files say, and what we say
NEXT = hd(school(100101, "Maple Fork College", CITY=NEW), ANNE, year=2025)


@pytest.fixture
def maple(tmp_path):
    HD.load(tmp_path)
    return School.objects.get(unitid=100101)


def say(city=OURS):
    return correct(
        target=School.objects.get(unitid=100101), column="city", value=city, reason="A letter of the school", by=None
    )


def found():
    override = Override.objects.get(active=True)
    return School.objects.get(unitid=100101).city, override.official_value, override.conflict_since is not None


def test_one_made_before_the_load_stands_without_the_conflict_that_the_load_brought(tmp_path, maple):
    say()
    before = state()
    run = bring(NEXT, tmp_path)
    assert found() == (OURS, NEW, True)
    assert change_log.blockers(run) == ()
    assert change_log.revert(run, by=None).conflicts == 0
    assert same(before, state())
    assert found() == (OURS, OLD, False)


def test_one_that_agreed_with_the_load_only_stands_as_before(tmp_path, maple):
    say(NEW)
    before = state()
    run = bring(NEXT, tmp_path)
    assert found() == (NEW, NEW, False)
    change_log.revert(run, by=None)
    assert same(before, state())


def test_one_made_after_the_load_stays_and_learns_that_the_official_value_changed(tmp_path, maple):
    run = bring(NEXT, tmp_path)
    say()
    assert change_log.blockers(run) == ()
    assert change_log.revert(run, by=None).conflicts == 1
    assert found() == (OURS, OLD, True)


def test_one_that_said_after_the_load_what_the_file_before_said_stays_without_a_conflict(tmp_path, maple):
    run = bring(NEXT, tmp_path)
    say(OLD)
    change_log.revert(run, by=None)
    assert found() == (OLD, OLD, False)


def test_one_that_got_another_value_after_the_load_keeps_that(tmp_path, maple):
    say()
    run = bring(NEXT, tmp_path)
    say("Forks")
    assert change_log.blockers(run) == ()
    change_log.revert(run, by=None)
    city, official, _ = found()
    assert (city, official) == ("Forks", OLD)


def test_one_given_up_after_the_load_stays_given_up(tmp_path, maple):
    override = say()
    run = bring(NEXT, tmp_path)
    give_up(override=override, by=None)
    assert change_log.blockers(run) == ()
    change_log.revert(run, by=None)
    assert School.objects.get(unitid=100101).city == OLD
    assert not Override.objects.filter(active=True).exists()


def test_one_of_a_column_that_the_load_left_alone_stays_as_it_is(tmp_path, maple):
    run = bring(NEXT, tmp_path)
    correct(target=maple, column="county", value="Fork County", reason="A map", by=None)
    change_log.revert(run, by=None)
    held = School.objects.get(unitid=100101)
    assert (held.city, held.county) == (OLD, "Fork County")


def test_one_of_a_school_that_the_load_brought_holds_the_load_back(tmp_path, maple):
    run = bring(hd(MAPLE, ANNE, school(100606, "Elm College"), year=2025), tmp_path)
    correct(target=School.objects.get(unitid=100606), column="city", value="Elm", reason="A letter", by=None)
    (reason,) = change_log.blockers(run)
    assert "1 correction came since and belongs to schools that it brought" in reason
