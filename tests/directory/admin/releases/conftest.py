"""People at the desk, and files that they send."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from directory.models import ReleaseProposal
from directory.vocab import Role, Source
from tests.directory.importers.samples_ipeds import HD

ADD = "/admin/directory/releaseproposal/add/"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """A store and a folder of fetched files of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.OFFICIAL_DATA_DIR = tmp_path / "fetched"
    return tmp_path / "media"


@pytest.fixture
def as_role(db: None) -> Callable[..., Client]:
    """A browser of somebody in a role: as_role(Role.PUBLISHER, "ada")."""

    def sign_in(role: Role, name: str = "") -> Client:
        user = User.objects.create_user(name or f"a {role}", password="not used", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        browser = Client()
        browser.force_login(user)
        return browser

    return sign_in


@pytest.fixture
def publisher(as_role: Callable[..., Client]) -> Client:
    return as_role(Role.PUBLISHER, "ada")


def at(proposal: ReleaseProposal, verb: str = "change") -> str:
    return reverse(f"admin:directory_releaseproposal_{verb}", args=[proposal.pk])


def send(
    browser: Client, content: bytes | None = None, *, source: str = Source.IPEDS_HD, name: str = "", **entered: Any
) -> Any:
    """The form of a source with a file, as a browser sends it."""
    file = SimpleUploadedFile(name or HD.name, HD.content() if content is None else content)
    fields = {"vintage": "", "note": "", "fetched": "", "came": "", "file": file, **entered}
    return browser.post(f"{ADD}?source={source}", {name: value for name, value in fields.items() if value is not None})


def text_of(response: Any) -> str:
    """The page as people read it."""
    return str(response.content.decode())
