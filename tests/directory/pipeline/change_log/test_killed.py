"""A load that keeps what it changes, and its revert, killed at any point: before or after, never between."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.conf import settings

from directory.curation.overrides import correct
from directory.models import School
from tests.directory.importers.samples_ipeds import COMPLETIONS, awards, completions
from tests.directory.pipeline.test_load import shared_database

POINTS = 12


@pytest.mark.django_db(transaction=True)
def test_a_load_and_its_revert_are_whole_or_nothing_wherever_the_process_is_killed(tmp_path):
    COMPLETIONS.load(tmp_path)
    correct(target=School.objects.get(unitid=100101), column="city", value="Forks", reason="A letter", by=None)
    completions(awards(100101, "51.0707", 3, 44), awards(100202, "51.0713", 5, 2), year=2025).write(tmp_path)
    module = "tests.directory.pipeline.change_log.killing"
    said = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", module, str(tmp_path), str(POINTS)],
        cwd=settings.BASE_DIR, env=shared_database(tmp_path), capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert (found["changed"], found["kept"], found["whole"], found["then"]) == (True, True, True, True)
    assert len(found["load"]) >= POINTS
    assert len(found["revert"]) >= POINTS
    assert all(found["load"]), found["load"]
    assert all(found["revert"]), found["revert"]
