"""A preview is asked for again when something that it was made of has moved, and not after every load."""

from __future__ import annotations

import pytest

from directory.models import ImportRun
from directory.pipeline.load import Order, load
from directory.pipeline.proposals import deciding
from directory.vocab import ProposalState
from tests.directory.importers.samples_cip import CIP
from tests.directory.importers.samples_ipeds import HD, MAPLE, awards, completions, hd
from tests.directory.importers.samples_places import ZIPS
from tests.directory.pipeline.proposals.conftest import approve, work

pytestmark = pytest.mark.django_db
THIS_YEAR = hd(MAPLE, year=2025)
AWARDS = completions(awards(100101, "51.0707", 3, 5), year=2024)


@pytest.fixture
def held(tmp_path):
    HD.load(tmp_path)
    CIP.load(tmp_path)
    return tmp_path


def bring(sample, folder, *, keep: bool = True) -> ImportRun:
    run = load(Order(sample.write(folder), sample.source, keep=keep)).run
    assert run.state == ImportRun.State.APPLIED
    return run


def test_a_load_of_other_tables_leaves_a_preview_true(held, propose, ada):
    proposal = propose(THIS_YEAR)
    work()
    bring(ZIPS, held)
    proposal.refresh_from_db()
    assert not deciding.is_stale(proposal)
    approve(proposal, ada)
    assert [each.state for each in work()] == [ProposalState.APPLIED]


def test_a_load_of_tables_that_it_read_makes_it_stale(held, propose, ada):
    proposal = propose(AWARDS)
    work()
    bring(THIS_YEAR, held)
    with pytest.raises(deciding.NotNowError, match="made of was loaded or taken back since"):
        approve(proposal, ada)


def test_programs_that_come_make_a_preview_of_schools_stale(held, propose):
    proposal = propose(THIS_YEAR)  # how many programs readers lose by it is another number now
    work()
    bring(AWARDS, held)
    proposal.refresh_from_db()
    assert deciding.is_stale(proposal)


def test_a_load_of_which_nothing_was_kept_may_have_changed_anything(held, propose):
    proposal = propose(THIS_YEAR)
    work()
    bring(ZIPS, held, keep=False)
    proposal.refresh_from_db()
    assert deciding.is_stale(proposal)


def test_another_load_of_the_same_source_makes_it_stale(held, propose):
    proposal = propose(hd(MAPLE, year=2026))
    work()
    bring(THIS_YEAR, held)
    proposal.refresh_from_db()
    assert deciding.is_stale(proposal)


def test_a_preview_that_does_not_say_what_it_was_made_of_is_stale_after_any_load(held, propose):
    proposal = propose(THIS_YEAR)
    work()
    proposal.refresh_from_db()
    del proposal.preview["asked"]
    proposal.save()
    bring(ZIPS, held)
    assert deciding.is_stale(proposal)
