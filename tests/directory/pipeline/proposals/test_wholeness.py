"""A file that lacks what is held says so before it says anything else."""

from __future__ import annotations

import pytest

from directory.models import ImportRun, Release, School
from directory.vocab import ProposalState, SchoolState
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_ipeds import awards, completions, hd, school
from tests.directory.pipeline.proposals.conftest import work

pytestmark = pytest.mark.django_db
MANY = [school(100101 + number, f"College {number}") for number in range(40)]
TORN = school("torn", "College")


def as_if_from_the_starter() -> None:
    """What is held came with the starter catalogue: no file was ever loaded."""
    Release.objects.update(origin=Release.Origin.STARTER)
    ImportRun.objects.all().delete()


@pytest.mark.parametrize("starter", [True, False])
def test_half_a_file_in_which_nothing_else_differs_says_first_that_it_is_half(tmp_path, propose, starter):
    hd(*MANY).load(tmp_path)
    if starter:
        as_if_from_the_starter()
    propose(hd(*MANY[:20], TORN))
    (done,) = work()
    assert done.state == ProposalState.UNCHANGED
    assert done.message == (
        "This file is not whole. 1 row of it cannot be read. It holds 20 of the 40 schools "
        "that are held now. So nothing is taken off: no row is retired or removed. Everything in the file is held as "
        "2024-25 already; there is nothing to load."
    )
    assert not School.objects.exclude(status=SchoolState.OPEN).exists()


def test_half_a_file_with_a_change_says_first_that_it_is_half_and_retires_nothing(tmp_path, propose):
    hd(*MANY).load(tmp_path)
    as_if_from_the_starter()
    propose(hd(school(100101, "Example University"), *MANY[1:20], TORN))
    (done,) = work()
    assert (done.state, done.changed, done.removed) == (ProposalState.PREVIEWED, 1, 0)
    assert done.preview
    assert "It holds 20 of the 40 schools that are held now. So nothing is taken off" in done.preview["not_whole"]


def test_half_a_file_whose_every_row_can_be_read_says_what_would_go(tmp_path, propose):
    hd(*MANY).load(tmp_path)
    as_if_from_the_starter()
    propose(hd(*MANY[:20]))
    (done,) = work()
    assert (done.state, done.removed) == (ProposalState.PREVIEWED, 20)
    assert done.preview
    assert done.preview["not_whole"] == (
        "This file is not whole. It holds 20 of the 40 schools that are held now. What it lacks would go if somebody "
        "says that it is right: 20 in all."
    )


def test_a_whole_file_of_fewer_fields_of_study_lacks_nothing(tmp_path, propose):
    CIP.load(tmp_path)
    hd(*MANY).load(tmp_path)
    rows = [awards(100101 + number, cip, 3, 10) for number in range(40) for cip in ("51.0707", "51.0713")]
    completions(*rows).load(tmp_path)
    propose(completions(*rows[1::2]), scope="51.0713")
    (done,) = work()
    assert done.state == ProposalState.UNCHANGED
    assert done.message.startswith("Everything in the file is held")
