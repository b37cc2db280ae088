"""The manual of loading at the desk names every state, setting and command that a publisher meets."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from directory.vocab import ProposalState

MANUAL = "docs/releases.md"
SETTINGS = sorted(name for name in dir(settings) if name.startswith("RELEASES_"))


@pytest.fixture(scope="module")
def manual():
    return (settings.BASE_DIR / MANUAL).read_text(encoding="utf-8")


def test_every_state_of_a_file_is_explained(manual):
    rows = "\n".join(line.split("|")[1] for line in manual.splitlines() if line.startswith("|"))
    assert [state.label for state in ProposalState if state.label not in rows] == []


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_named(manual, name):
    assert f"`{name}" in manual


def test_no_setting_is_named_that_is_none(manual):
    assert set(re.findall(r"RELEASES_[A-Z_]+", manual)) == set(SETTINGS)


@pytest.mark.parametrize("page", ["docs/operations.md", "docs/staff.md", "config/settings/base.py"])
def test_it_is_found_from_where_people_look(page):
    assert "releases.md" in (settings.BASE_DIR / page).read_text(encoding="utf-8")
