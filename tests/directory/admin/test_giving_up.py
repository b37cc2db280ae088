"""The way back from a correction: the official value stands again, and the correction stays as history."""

from __future__ import annotations

import pytest
from django.urls import reverse

from directory.curation import overrides
from directory.models import Listing, Override
from directory.pipeline.refresh import refresh
from tests.directory.admin.conftest import address
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db
LIST = reverse("admin:directory_override_changelist")
ALL = ("view_override", "change_override", "change_school", "change_program")


@pytest.fixture
def renamed(chief):
    """The override of a school that was renamed."""
    at = school()
    program(at)
    made = overrides.correct(target=at, column="name", value="Oak Fork", reason="They said so", by=chief)
    refresh()
    return made


def give_up(browser, override):
    chosen = {"action": "use_the_official_value", "_selected_action": [override.pk]}
    return browser.post(LIST, chosen, follow=True)


def the_official_value_stands(override):
    override.refresh_from_db()
    return (override.active, override.school.name, Listing.objects.get().school_name) == (
        *(False, "Maple Fork College", "Maple Fork College"),
    )


def test_an_action_of_the_list_lets_the_official_value_stand_again(desk, renamed):
    give_up(desk, renamed)
    assert the_official_value_stands(renamed)
    assert Override.objects.count() == 1


def test_a_button_of_the_correction_does_the_same(edit, desk, renamed):
    assert "Use the official value again" in desk.get(address(renamed)).content.decode()
    assert edit(renamed, _give_up="Use the official value again").status_code == 302
    assert the_official_value_stands(renamed)
    assert "Use the official value again" not in desk.get(address(renamed)).content.decode()


def test_what_the_last_file_said_stands_not_what_the_first_one_said(desk, renamed):
    Override.objects.update(official_value="Maple Fork University")
    give_up(desk, renamed)
    renamed.school.refresh_from_db()
    assert renamed.school.name == "Maple Fork University"


def test_history_says_who_gave_it_up(desk, renamed, chief):
    give_up(desk, renamed)
    for row in (renamed, renamed.school):
        newest = row.history.first()
        assert (newest.history_user, newest.history_change_reason) == (chief, "Given up in the admin")


def test_a_column_can_be_corrected_again_afterwards(desk, edit, renamed):
    give_up(desk, renamed)
    edit(renamed.school, name="Elm Fork", why="Now they mean it")
    assert [row.active for row in Override.objects.order_by("pk")] == [False, True]


def test_giving_up_twice_changes_nothing(desk, renamed):
    give_up(desk, renamed)
    before = renamed.history.count()
    give_up(desk, renamed)
    assert renamed.history.count() == before


def test_the_reason_and_the_evidence_can_be_completed_but_not_the_values(edit, renamed):
    edit(renamed, reason="They wrote to us", review_by="2026-01-31", value='"Elm Fork"', official_value='"x"')
    renamed.refresh_from_db()
    assert (renamed.reason, str(renamed.review_by)) == ("They wrote to us", "2026-01-31")
    assert (renamed.value, renamed.official_value) == ("Oak Fork", "Maple Fork College")


@pytest.mark.parametrize("lacking", ["change_override", "change_school", "change_program"])
def test_it_takes_the_permission_for_the_correction_and_for_the_listing(staff, renamed, lacking):
    browser = staff(*(name for name in ALL if name != lacking))
    give_up(browser, renamed)
    browser.post(address(renamed), {"reason": "x", "_give_up": "1"})
    renamed.refresh_from_db()
    assert renamed.active
    assert renamed.reason == "They said so" or lacking != "change_override"


def test_with_the_permissions_it_works(staff, renamed):
    give_up(staff(*ALL), renamed)
    assert the_official_value_stands(renamed)


def test_corrections_are_neither_added_by_hand_nor_deleted(desk, renamed):
    assert desk.get(reverse("admin:directory_override_add")).status_code == 403
    assert desk.post(address(renamed, "delete"), {"post": "yes"}).status_code == 403
