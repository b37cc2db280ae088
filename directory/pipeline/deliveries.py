"""How a program is taught, and on whose word. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from directory.vocab import Delivery

SCORECARD_DELIVERY = {1: Delivery.CAMPUS, 2: Delivery.UNKNOWN, 3: Delivery.ONLINE}


class Taught(NamedTuple):
    delivery: Delivery
    basis: str  # whose word it is; empty when nobody says


def delivery(
    stated: Sequence[str],
    reported: Sequence[tuple[int, str]],
    scorecard: int | None,
    *,
    school_distance_only: bool,
) -> Taught:
    """The program's own statement first, then IPEDS by program, then Scorecard by field, then the school as a whole.

    `stated` are deliveries from the school's pages, `reported` (year, delivery) of IPEDS C_DEP, `scorecard` its
    DISTANCE code. Pages that disagree decide nothing; the program page shows them both.
    """
    words = set(stated)
    if len(words) == 1:
        return Taught(Delivery(words.pop()), "The school’s page")
    if reported:
        year, value = max(reported)
        return Taught(Delivery(value), f"IPEDS, programs by distance, {year}")
    by_field = SCORECARD_DELIVERY.get(scorecard or 0, Delivery.UNKNOWN)
    if by_field is not Delivery.UNKNOWN:
        return Taught(by_field, "College Scorecard, field of study")
    if school_distance_only:
        return Taught(Delivery.ONLINE, "IPEDS: every program of the school is by distance")
    return Taught(Delivery.UNKNOWN, "")
