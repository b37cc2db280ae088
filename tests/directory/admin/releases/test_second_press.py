"""Two people at one file: the second press does nothing, says so, and does nothing more by itself."""

from __future__ import annotations

import re

import pytest

from directory.models import ReleaseProposal
from directory.vocab import Role
from tests.directory.admin.releases.conftest import at, send, text_of
from tests.directory.pipeline.proposals.conftest import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(publisher):
    send(publisher)
    work()
    proposal = ReleaseProposal.objects.get()
    assert publisher.post(at(proposal, "approve"), seen_of(proposal)).status_code == 302
    return proposal


@pytest.fixture
def other(as_role):
    return as_role(Role.PUBLISHER, "bo")


def seen_of(proposal):
    return {"sha256": proposal.sha256, "preview": proposal.preview_number}


def test_two_publishers_press_at_once_and_one_of_them_sees_who_was_quicker(other, approved):
    late = other.post(at(approved, "approve"), {**seen_of(approved), "overruled": "I looked too"})
    assert late.status_code == 409
    assert "ada, approved" in text_of(late)
    assert "<q>I looked too</q>" in text_of(late)
    assert approved.steps.filter(verb="approved").count() == 1


@pytest.mark.parametrize("verb", ["approve", "again"])
def test_the_answer_to_a_late_press_looks_at_the_page_of_the_file_and_not_at_the_press(other, approved, verb):
    late = text_of(other.post(at(approved, verb), seen_of(approved)))
    assert "data-look-again=" in late  # it waits for the worker, as the other one's page does
    assert re.findall(r'data-look-at="([^"]*)"', late) == [at(approved)]
    assert f'<a href="{at(approved)}">The file as it stands now</a>' in late


@pytest.mark.parametrize("verb", ["approve", "again"])
def test_without_javascript_the_answer_to_a_late_press_stays_until_it_was_read(other, approved, verb):
    assert 'http-equiv="refresh"' not in text_of(other.post(at(approved, verb), seen_of(approved)))
