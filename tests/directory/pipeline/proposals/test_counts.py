"""The log says what a load did, also where that is not what its preview said."""

from __future__ import annotations

import pytest

from directory.models import Completions
from directory.vocab import ProposalState
from tests.directory.importers.samples_ipeds import HD, awards, completions
from tests.directory.pipeline.proposals.conftest import approve, work

pytestmark = pytest.mark.django_db


def test_the_log_says_what_the_load_did_where_staff_wrote_since_the_preview(tmp_path, propose, ada):
    HD.load(tmp_path)
    completions(awards(100101, "51.0707", 3, 40), awards(100202, "51.0707", 5, 55), year=2024).load(tmp_path)
    proposal = propose(completions(awards(100101, "51.0707", 3, 41), awards(100202, "51.0707", 5, 56), year=2024))
    (done,) = work()
    assert (done.added, done.changed, done.removed) == (0, 2, 0)
    Completions.objects.filter(awards=40).update(awards=41)
    approve(proposal, ada)
    (done,) = work()
    assert (done.state, done.added, done.changed, done.removed) == (ProposalState.APPLIED, 0, 1, 0)
    said = "0 rows added, 1 changed, 0 removed, where the preview said 0 rows added, 2 changed, 0 removed"
    assert done.steps.get(verb="applied").words == said
