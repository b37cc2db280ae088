"""How a program is taught, and on whose word: the nearest witness counts."""

from __future__ import annotations

import pytest

from directory.pipeline.deliveries import delivery
from directory.vocab import Delivery

ONLINE, CAMPUS, HYBRID = Delivery.ONLINE.value, Delivery.CAMPUS.value, Delivery.HYBRID.value


@pytest.mark.parametrize(
    ("stated", "reported", "scorecard", "school_distance_only", "expected", "basis"),
    [
        ([], [], None, False, Delivery.UNKNOWN, ""),
        ([ONLINE], [(2024, CAMPUS)], 1, False, Delivery.ONLINE, "The school’s page"),
        ([ONLINE, ONLINE], [], None, False, Delivery.ONLINE, "The school’s page"),
        ([], [(2022, CAMPUS), (2024, HYBRID)], 3, True, Delivery.HYBRID, "IPEDS, programs by distance, 2024"),
        ([], [], 3, False, Delivery.ONLINE, "College Scorecard, field of study"),
        ([], [], 1, True, Delivery.CAMPUS, "College Scorecard, field of study"),
        ([], [], 2, True, Delivery.ONLINE, "IPEDS: every program of the school is by distance"),
        ([], [], 2, False, Delivery.UNKNOWN, ""),  # some programs by distance: which ones, nobody says
        ([], [], 9, False, Delivery.UNKNOWN, ""),  # a code that we do not know
        ([], [], None, True, Delivery.ONLINE, "IPEDS: every program of the school is by distance"),
    ],
)
def test_the_nearest_witness_counts(stated, reported, scorecard, school_distance_only, expected, basis):
    found = delivery(stated, reported, scorecard, school_distance_only=school_distance_only)
    assert found == (expected, basis)


def test_pages_that_disagree_decide_nothing():
    assert delivery([ONLINE, CAMPUS], [], None, school_distance_only=False) == (Delivery.UNKNOWN, "")
    other = delivery([ONLINE, CAMPUS], [(2024, HYBRID)], None, school_distance_only=False)
    assert other.delivery == Delivery.HYBRID
