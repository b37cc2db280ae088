"""Staff cannot save in the middle of an import: they are told, and nothing is half saved."""

from __future__ import annotations

import pytest
from django.urls import reverse

from directory.importers.locking import import_lock
from directory.models import Certification, FeaturedList, Override, ProgramFact
from tests.directory.admin.conftest import address, filled_in
from tests.directory.invented import fact, program, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def maple():
    return program(school())


def told(response):
    return response.status_code == 409 and "Nothing was saved" in response.content.decode()


def test_a_correction_is_refused_and_nothing_is_saved(edit, maple, importing):
    assert told(edit(maple.school, name="Another name", why="They wrote to us"))
    maple.school.refresh_from_db()
    assert (maple.school.name, Override.objects.count()) == ("Maple Fork College", 0)


def test_reading_goes_on(desk, maple, importing):
    assert desk.get(address(maple.school)).status_code == 200
    assert desk.get(reverse("admin:directory_school_changelist")).status_code == 200


def test_deleting_and_actions_are_refused_too(desk, maple, importing):
    stated = fact(maple, ProgramFact.Kind.CREDITS, "60")
    assert told(desk.post(address(stated, "delete"), {"post": "yes"}))
    chosen = {"action": "delete_selected", "_selected_action": [stated.pk], "post": "yes"}
    assert told(desk.post(reverse("admin:directory_programfact_changelist"), chosen))
    assert ProgramFact.objects.filter(pk=stated.pk).exists()


@pytest.mark.parametrize(
    "name",
    [
        "program",
        "override",
        "accreditation",
        "accreditationstatement",
        "certification",
        "agency",
        "body",
        "fieldofstudy",
    ],
)
def test_every_table_that_the_lists_follow_from_waits(desk, importing, name):
    assert told(desk.post(reverse(f"admin:directory_{name}_changelist"), {"action": "none"}))


def test_a_table_that_nothing_follows_from_does_not_wait(desk, importing):
    FeaturedList.objects.create(title="A list", slug="a-list", why="For a test", author="A curator")
    page = address(FeaturedList.objects.get())
    assert desk.post(page, {**filled_in(desk.get(page)), "title": "The list"}).status_code == 302


def test_the_lock_is_free_again_after_each_save(edit, maple):
    for name in ("Maple College", "Maple Fork"):
        edit(maple.school, name=name, why="They wrote to us")
    with import_lock(patience=0.0):
        assert Override.objects.count() == 1
    assert not Certification.objects.exists()
