"""Whoever waits for a file sees what the worker does, also while the load holds the whole database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from directory.importers import phases
from directory.pipeline.proposals import deciding
from directory.pipeline.proposals.pulse import Pulse, Silent, last_sign
from directory.pipeline.proposals.working import pick_up, work_through
from tests.directory.importers.samples_ipeds import ANNE, HD, MAPLE, completions, hd
from tests.directory.importers.samples_ipeds import awards as row
from tests.directory.pipeline.proposals.conftest import approve, verbs

pytestmark = pytest.mark.django_db
LAST_YEAR = hd(MAPLE, ANNE, year=2023)


class Listening(Pulse):
    """Remembers each phase that it hears, and what the page would show then."""

    heard: list[str] = []
    shown: list[str] = []

    def __init__(self, proposal):
        super().__init__(proposal)
        self.proposal = proposal

    def _hear(self, phase, done):
        super()._hear(phase, done)
        self.heard.append(phase.partition(":")[0])
        self.write()
        sign = last_sign(self.proposal)
        self.shown.append(sign.phase.partition(":")[0] if sign else "")


@pytest.fixture(autouse=True)
def anew():
    Listening.heard, Listening.shown = [], []


def test_a_sign_is_seen_from_within_a_transaction_and_goes_with_the_work(propose):
    proposal = propose(HD)
    assert last_sign(proposal) is None
    with transaction.atomic(), Pulse(proposal) as signs:
        signs.progress(2_000, 0.5)
        signs.write()
        sign = last_sign(proposal)
        assert sign is not None
        assert (sign.phase, sign.percent) == ("Reading the file: 2,000 rows", 50)
        phases.say("Comparing schools")
        signs.write()
        sign = last_sign(proposal)
        assert sign is not None
        assert (sign.phase, sign.percent) == ("Comparing schools", None)
    assert last_sign(proposal) is None
    phases.say("Heard by nobody")


def test_each_part_of_a_preview_a_load_and_a_taking_back_is_told(tmp_path, propose, ada):
    LAST_YEAR.load(tmp_path)
    completions(row(100101, "51.0707", 3, 4), year=2023).load(tmp_path)
    proposal = propose(completions(row(100101, "51.0707", 3, 5), year=2024))
    list(work_through(signs=Listening))
    compared = "Comparing completions with what is held"
    looked = "Looking what readers lose and gain"
    assert [each for each in Listening.heard if each in ("Reading the file", compared, looked)] == [
        "Reading the file", "Reading the file", compared, looked,
    ]  # fmt: skip
    assert Listening.shown == Listening.heard
    approve(proposal, ada)
    list(work_through(signs=Listening))
    assert {"Rebuilding the lists", "Rebuilding the search"} <= set(Listening.heard)
    assert "Keeping what changed in completions, so that it can be taken back" in Listening.heard


def test_a_disk_that_takes_no_sign_stops_no_load(monkeypatch, propose):
    def full(*_args, **_named):
        raise OSError

    monkeypatch.setattr(Path, "write_text", full)
    propose(HD)
    assert [each.state for each in work_through()] == ["previewed"]


def test_a_sign_that_cannot_be_removed_leaves_a_load_loaded(monkeypatch, propose, ada):
    removing = Path.unlink

    def of_another_user(path, **named):
        if path.parent.name == "signs":
            raise PermissionError
        removing(path, **named)

    monkeypatch.setattr(Path, "unlink", of_another_user)
    proposal = propose(HD)
    assert [each.state for each in work_through()] == ["previewed"]
    approve(proposal, ada)
    assert [(each.state, each.message) for each in work_through()] == [("applied", "")]


def test_whatever_breaks_after_the_job_changes_nothing_of_how_it_ended(propose, ada):
    class Breaking(Silent):
        def __exit__(self, *exception):
            raise RuntimeError

    proposal = propose(HD)
    assert [each.state for each in work_through(signs=Breaking)] == ["previewed"]
    approve(proposal, ada)
    assert [each.state for each in work_through(signs=Breaking)] == ["applied"]
    deciding.take_back(proposal=proposal, by=ada, reason="Wrong year.")
    assert [each.state for each in work_through(signs=Breaking)] == ["reverted"]
    assert verbs(proposal) == ["proposed", "checked", "approved", "applied", "revert", "reverted"]


def test_the_next_worker_clears_the_signs_of_one_that_was_killed(propose):
    proposal = propose(HD)
    Pulse(proposal).write()
    assert last_sign(proposal) is not None
    pick_up()
    assert last_sign(proposal) is None
    assert not Pulse(proposal).path.exists()


def test_a_file_that_was_queued_anew_shows_no_sign_of_the_time_before(propose):
    proposal = propose(HD)
    Pulse(proposal).write()
    proposal.queued_at = timezone.now()
    assert last_sign(proposal) is None
    Pulse(proposal).write()
    assert last_sign(proposal) is not None
