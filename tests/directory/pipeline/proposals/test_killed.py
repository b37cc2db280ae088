"""A worker that is killed, wherever, leaves the data before or after; the next one goes on to the same end."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from directory.models import ImportRun, ReleaseProposal, School
from directory.pipeline.proposals import deciding
from directory.pipeline.proposals.working import MOST_ATTEMPTS, pick_up
from directory.vocab import ProposalState
from tests.directory.importers.samples_ipeds import HD
from tests.directory.pipeline.proposals.conftest import approve, verbs, work

ENDS = {"check": "previewed", "load": "applied", "revert": "reverted"}
POINTS = 5  # of each job, besides its end


def test_a_worker_killed_anywhere_leaves_no_state_between_and_the_next_one_ends_it(tmp_path):
    done = subprocess.run(  # noqa: S603 - our own interpreter on our own code
        [sys.executable, "-m", "tests.directory.pipeline.proposals.killing", str(tmp_path), str(POINTS)],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
            "MEDIA_ROOT": f"{tmp_path}/media",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for job, runs in found.items():
        assert all(run["killed"] and run["again"] == 0 for run in runs), (job, runs)
        assert [run for run in runs if run["where"] == "between"] == [], job
        assert [run for run in runs if not run["ended_well"] or run["state"] != ENDS[job] or run["left"]] == [], job
    assert {run["where"] for run in found["load"]} == {"before", "after"}


@pytest.mark.django_db
def test_a_file_at_which_workers_keep_ending_fails_and_lets_the_others_pass(propose, ada):
    poison, other = propose(HD), propose(HD, scope="51.07")
    for _ in range(MOST_ATTEMPTS):
        ReleaseProposal.objects.filter(pk=poison.pk).update(state=ProposalState.CHECKING, attempts=MOST_ATTEMPTS)
        assert pick_up() == 1
    (done,) = work()
    assert (done.pk, done.state) == (other.pk, ProposalState.PREVIEWED)
    poison.refresh_from_db()
    assert poison.state == ProposalState.FAILED
    assert "ended 3 times" in poison.message


@pytest.mark.django_db
def test_a_load_whose_worker_is_gone_is_begun_again_and_loaded_once(propose, ada):
    proposal = propose(HD)
    work()
    approve(proposal, ada)
    ReleaseProposal.objects.update(state=ProposalState.APPLYING, attempts=1)
    assert pick_up() == 1
    assert [each.state for each in work()] == [ProposalState.APPLIED]
    assert School.objects.count() == 3
    assert verbs(proposal) == ["proposed", "checked", "approved", "taken-up", "applied"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("run_state", "ends", "says"), [("applied", "applied", "kept"), ("reverted", "reverted", "reverted")]
)
def test_a_load_at_whose_taking_back_workers_keep_ending_stands_as_its_run_does(propose, ada, run_state, ends, says):
    proposal = propose(HD)
    work()
    approve(proposal, ada)
    work()
    proposal.refresh_from_db()
    deciding.take_back(proposal=proposal, by=ada, reason="Wrong year.")
    ReleaseProposal.objects.update(attempts=MOST_ATTEMPTS)
    ImportRun.objects.update(state=run_state)
    assert work() == []
    proposal.refresh_from_db()
    assert (proposal.state, verbs(proposal)[-1]) == (ends, says)
