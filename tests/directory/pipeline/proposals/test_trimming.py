"""Files go when their time is over; what is open or loaded stays, and so does every row."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from directory.models import ReleaseProposal
from directory.pipeline.proposals import deciding, store
from directory.pipeline.proposals.pulse import Pulse
from directory.pipeline.proposals.trimming import trim
from tests.directory.importers.samples_ipeds import HD, MAPLE, hd, school
from tests.directory.pipeline.proposals.conftest import approve, work

pytestmark = pytest.mark.django_db


def later(days):
    return timezone.now() + dt.timedelta(days=days)


def test_a_refused_file_goes_after_its_time_and_its_row_stays(settings, propose, ada):
    settings.RELEASES_KEEP_DAYS = 90
    proposal = propose(HD)
    work()
    deciding.refuse(proposal=proposal, by=ada, reason="Not this one")
    assert trim(now=later(80)).files == 0
    assert store.holds(proposal.sha256)
    assert trim(now=later(100)).files == 1
    assert not store.holds(proposal.sha256)
    step = ReleaseProposal.objects.get().steps.latest("pk")
    assert step.words == "Not this one"


def test_what_is_open_or_loaded_stays(propose, ada):
    loaded = propose(HD)
    work()
    approve(loaded, ada)
    work()
    waiting = propose(hd(MAPLE, school(100404, "Oak College"), year=2025))
    work()
    assert trim(now=later(4_000)).files == 0
    assert store.holds(loaded.sha256)
    assert store.holds(waiting.sha256)


def test_what_a_killed_process_left_goes_after_a_day(media, propose, capsys):
    store.keep([HD.content()])  # came, and was never proposed
    left = store.root() / "arriving-x"
    left.write_bytes(b"half of a file")
    (store.root() / "reading-x").mkdir()
    sign = Pulse(ReleaseProposal(pk=7))
    sign.write()
    call_command("trim_releases")
    assert "0 files removed" in capsys.readouterr().out
    assert trim(now=later(2)).files == 3
    assert not sign.path.exists()
    assert list(store.root().glob("*-*")) == []


def test_the_daily_command_removes_them(settings, propose, ada):
    settings.RELEASES_KEEP_DAYS = 90
    proposal = propose(HD)
    work()
    deciding.refuse(proposal=proposal, by=ada, reason="Not this one")
    with time_machine.travel(later(91), tick=False):
        call_command("forget")
    assert not store.holds(proposal.sha256)
