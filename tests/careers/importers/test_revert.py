"""Loads of the careers' files are taken back whole too, though what keeps them knows no careers."""

from __future__ import annotations

import pytest

from tests.careers.samples import SAMPLES
from tests.directory.pipeline.change_log.rounds import bring, shorter, there_and_back

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample.source))
def test_the_first_file_of_every_importer_and_another_one_after_it_can_be_taken_back(tmp_path, sample):
    for needed in sample.needs:
        needed.load(tmp_path)
    assert there_and_back(sample, tmp_path).deleted
    bring(sample, tmp_path)
    there_and_back(shorter(sample), tmp_path)
