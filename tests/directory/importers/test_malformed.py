"""Spoilt official files: refused with a message, or loaded as exactly their valid rows, and nothing in between."""

from __future__ import annotations

import pytest

from directory.importers.registry import importers
from tests.directory.importers.malformed import (
    LOADED,
    attempt,
    complaints,
    faults,
    losses,
    order,
    state,
    states_of_valid_rows,
)
from tests.directory.importers.samples import BY_SOURCE
from tests.directory.importers.spoiling import spoilt

__all__ = ["LOADED", "attempt", "complaints", "order", "state", "states_of_valid_rows"]

#: Those of other apps have files and tests of their own.
SOURCES = [str(each.source) for each in importers() if type(each).__module__.startswith("directory.")]


@pytest.mark.parametrize("source", SOURCES)
def test_every_importer_has_a_minimal_valid_file(source):
    assert source in BY_SOURCE, "add a sample to tests/directory/importers/samples.py"


@pytest.mark.parametrize("source", SOURCES)
def test_every_file_is_spoilt_in_more_than_fifty_ways(source):
    variants = [each.what for each in spoilt(BY_SOURCE[source])]
    assert len(set(variants)) == len(variants) >= 50


@pytest.mark.django_db
@pytest.mark.parametrize("source", SOURCES)
def test_a_spoilt_file_is_refused_or_brings_only_its_valid_rows(source, tmp_path):
    assert faults(BY_SOURCE[source], tmp_path) == []


@pytest.mark.django_db
@pytest.mark.parametrize("source", SOURCES)
def test_a_row_that_cannot_be_read_takes_nothing_off(source, tmp_path):
    """Also when a person forces the file: a school whose row is damaged has not left the directory."""
    assert losses(BY_SOURCE[source], tmp_path) == []
