"""Corrections around an import: what stands afterwards, and what passes for the official value.

On PostgreSQL staff may correct a row while an import is at work, before or after it has reached that row.
"""

from __future__ import annotations

import pytest

from directory.curation.overrides import correct, give_up, lift, reapply
from directory.models import Override, School
from tests.directory.invented import school

pytestmark = pytest.mark.django_db

LAST_YEAR, THIS_YEAR, OURS = "Maple Forks", "Maple Fork City", "Maple Fork"


@pytest.fixture
def maple():
    return school(city=LAST_YEAR)


def set_by_staff(city=OURS):
    return correct(target=School.objects.get(), column="city", value=city, reason="A letter", by=None)


def brought_by_the_file(city=THIS_YEAR):
    School.objects.update(city=city)


def left(override):
    override.refresh_from_db()
    return School.objects.get().city, override.value, override.official_value, override.conflict_since is not None


def test_a_correction_is_lifted_and_laid_back_over_what_the_file_says(maple):
    override = set_by_staff()
    lifted = lift()
    assert School.objects.get().city == LAST_YEAR
    brought_by_the_file()
    assert reapply(lifted) == 1
    assert left(override) == (OURS, OURS, THIS_YEAR, True)


def test_one_made_after_the_import_reached_the_row_keeps_the_official_value(maple):
    lifted = lift()
    brought_by_the_file()
    override = set_by_staff()
    assert reapply(lifted) == 0
    assert left(override) == (OURS, OURS, THIS_YEAR, False)


def test_one_made_before_the_import_reached_the_row_stands_and_learns_the_new_official_value(maple):
    lifted = lift()
    override = set_by_staff()
    brought_by_the_file()
    reapply(lifted)
    assert left(override) == (OURS, OURS, THIS_YEAR, True)


def test_one_that_got_another_value_meanwhile_keeps_the_official_value(maple):
    override = set_by_staff("Maple")
    lifted = lift()
    brought_by_the_file()
    set_by_staff(OURS)
    reapply(lifted)
    city, value, official, _ = left(override)
    assert (city, value) == (OURS, OURS)
    assert official != OURS


def test_one_given_up_meanwhile_stays_given_up(maple):
    override = set_by_staff()
    lifted = lift()
    give_up(override=override, by=None)
    brought_by_the_file()
    assert reapply(lifted) == 0
    assert School.objects.get().city == THIS_YEAR
    assert not Override.objects.filter(active=True).exists()
