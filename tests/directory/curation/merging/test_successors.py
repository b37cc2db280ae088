"""What became of a closed school may itself have been merged: its pages lead to the listing that stands."""

from __future__ import annotations

import pytest

from directory.curation.merging.merge import merge, schools_of
from directory.models import School
from directory.pipeline.refresh import refresh
from directory.vocab import SchoolState
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed() -> School:
    """A school that became part of one which was merged since."""
    at = school(100001, name="Oak College", slug="oak", status=SchoolState.COMBINED, successor_unitid=100002)
    program(at, slug="coding-at-oak")
    return at


def become_one(kept: School) -> None:
    gone = school(100002, name="Old Fork Institute", slug="old-fork")
    refresh()
    refresh(schools_of(merge(gone=gone, survivor=kept, reason="One college", by=None)))


@pytest.mark.parametrize("address", ["/schools/oak/", "/programs/coding-at-oak/"])
def test_a_successor_that_was_merged_is_the_school_that_it_has_become(client, closed, address):
    become_one(school(100003, slug="maple-fork"))
    said = client.get(address).content.decode()
    assert "/schools/maple-fork/" in said
    assert "Old Fork Institute" not in said
    assert "-away" not in said


@pytest.mark.parametrize("address", ["/schools/oak/", "/programs/coding-at-oak/"])
def test_a_school_that_took_its_successor_over_does_not_lead_to_itself(client, closed, address):
    become_one(closed)
    said = client.get(address).content.decode()
    assert "What it became" not in said
    assert "Old Fork Institute" not in said
