"""The site starts a worker where it should, and knows whether one is there."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
from django.core.management import call_command

from directory.pipeline.proposals import starting
from directory.vocab import ProposalState
from tests.directory.importers.samples_ipeds import HD
from tests.directory.pipeline.proposals.elsewhere import another_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The commands that would have been started."""
    found: list[Any] = []

    class Process:
        def __init__(self, command: list[str], **named: Any) -> None:
            found.append((command[2:], named["start_new_session"]))

        def poll(self) -> int:
            return 0

    monkeypatch.setattr(subprocess, "Popen", Process)
    monkeypatch.setattr(starting, "_started", [])
    return found


def test_a_worker_of_its_own_is_started_where_the_setting_says_so(settings, started):
    settings.RELEASES_START_WORKER = False
    starting.start()
    assert started == []
    settings.RELEASES_START_WORKER = True
    starting.start()
    assert started == [(["work_proposals", "--once"], True)]


def test_a_worker_is_there_while_it_holds_the_lock():
    assert not starting.somebody_works()
    with another_worker():
        assert starting.somebody_works()
    assert not starting.somebody_works()


def test_a_second_worker_leaves_the_work_to_the_first(monkeypatch, capsys, propose):
    monkeypatch.setattr("directory.management.commands.work_proposals.PATIENCE", 0.0)
    proposal = propose(HD)
    with another_worker():
        call_command("work_proposals", "--once")
    assert "Another worker is at it" in capsys.readouterr().out
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.UPLOADED
