"""Spoilt files about occupations: refused with a message, or loaded as exactly their valid rows."""

from __future__ import annotations

from itertools import islice

import pytest

from directory.importers.registry import importers
from directory.pipeline.load import load
from tests.careers.samples import BY_SOURCE
from tests.directory.importers.spoiling import spoilt
from tests.directory.importers.test_malformed import (
    LOADED,
    attempt,
    complaints,
    order,
    state,
    states_of_valid_rows,
)
from tests.factories.state import fingerprint, undone

SOURCES = [str(each.source) for each in importers() if type(each).__module__.startswith("careers.")]


def test_every_importer_has_a_minimal_valid_file():
    assert sorted(SOURCES) == sorted(BY_SOURCE)


@pytest.mark.parametrize("source", SOURCES)
def test_every_file_is_spoilt_in_more_than_fifty_ways(source):
    variants = [each.what for each in spoilt(BY_SOURCE[source])]
    assert len(set(variants)) == len(variants) >= 50


@pytest.mark.django_db
@pytest.mark.parametrize("source", SOURCES)
def test_a_spoilt_file_is_refused_or_brings_only_its_valid_rows(source, tmp_path):
    sample = BY_SOURCE[source]
    for needed in sample.needs:
        assert needed.load(tmp_path / "before").run.state in LOADED
    whole, parts = states_of_valid_rows(sample, tmp_path)
    before = fingerprint()

    wrong = [
        f"{each.what}: {complaint}"
        for each in spoilt(sample)
        for complaint in complaints(each, sample, tmp_path, before=before, whole=whole, parts=parts)
    ]

    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


@pytest.mark.django_db
@pytest.mark.parametrize("source", SOURCES)
def test_a_row_that_cannot_be_read_takes_nothing_off(source, tmp_path):
    """Also when a person forces the file: an occupation whose row is damaged has not left the list."""
    sample = BY_SOURCE[source]
    for needed in sample.needs:
        needed.load(tmp_path / "before")
    assert load(order(sample, sample.write(tmp_path))).run.state in LOADED
    whole = state()

    wrong = []
    for each in islice((each for each in spoilt(sample) if each.one_row), 12):
        with undone():
            outcome = attempt(each, sample, tmp_path, force="because")
            if outcome.run.state in LOADED and outcome.run.rejected and state() != whole:
                wrong.append(each.what)

    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)
