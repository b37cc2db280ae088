"""Distances that were changed are said so; readings that would find nothing are not offered."""

from __future__ import annotations

import pytest

from tests.directory.search.vocabulary import filters, read


@pytest.mark.parametrize(
    ("typed", "within", "asked"),
    [
        ("within 3 miles of 43901", "10", "3"),
        ("within 30 miles of 43901", "50", "30"),
        ("500 miles from 43901", "250", "500"),
    ],
)
def test_a_distance_that_cannot_be_chosen_is_said(typed, within, asked):
    assert filters(typed)["within"] == (within,)
    assert f"{asked} miles cannot be chosen: {within} miles is used." in " ".join(read(typed).notes)


@pytest.mark.parametrize("typed", ["within 25 miles of 43901", "within 40 km of 43901"])
def test_a_distance_that_can_be_chosen_needs_no_words(typed):
    assert filters(typed)["within"] == ("25",)
    assert read(typed).notes == ()


@pytest.mark.parametrize("typed", ["medcal coding", "helth informaton", "HIT huston", "onlin HIT"])
def test_words_that_no_name_has_are_not_offered_as_typed(typed):
    assert not [each for each in read(typed).alternatives if "as typed" in each.label]
