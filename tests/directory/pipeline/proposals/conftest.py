"""People who load files, and files on their way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from directory.models import ImportRun, ReleaseProposal
from directory.pipeline.proposals import deciding, store
from directory.pipeline.proposals.pulse import Silent
from directory.pipeline.proposals.working import work_through
from tests.directory.importers.files import Sample


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """A store of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_user("ada", is_staff=True)


@pytest.fixture
def bo(db: None) -> User:
    return User.objects.create_user("bo", is_staff=True)


Propose = Callable[..., ReleaseProposal]


@pytest.fixture
def propose(ada: User) -> Propose:
    """Puts a sample, or bytes under a name, into the store and proposes it."""

    def put(what: Sample | bytes, *, name: str = "", **more: Any) -> ReleaseProposal:
        content = what if isinstance(what, bytes) else what.content()
        if isinstance(what, Sample):
            more.setdefault("source", what.source)
            name = name or what.name
        given = {"scope": "all", "by": ada, "name": name, **more}
        return deciding.propose(kept=store.keep([content]), **given)

    return put


def work() -> list[ReleaseProposal]:
    """What the worker did, until nothing waited."""
    return list(work_through(signs=Silent))


def approve(proposal: ReleaseProposal, by: User, **more: Any) -> None:
    """As somebody who has just read the page."""
    proposal.refresh_from_db()
    given = {"sha256": proposal.sha256, "preview": proposal.preview_number, **more}
    deciding.approve(proposal=proposal, by=by, **given)


def run_of(proposal: ReleaseProposal) -> ImportRun:
    """The load that a proposal became."""
    assert proposal.run is not None
    return proposal.run


def verbs(proposal: ReleaseProposal) -> list[str]:
    return list(proposal.steps.values_list("verb", flat=True))
