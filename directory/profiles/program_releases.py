"""What is loaded of the files that a program's page speaks of even where they say nothing of the program."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from directory.models import Release
from directory.vocab import Source


class Releases(NamedTuple):
    """IPEDS years of the completions files that are held, and the newest file on how programs are taught."""

    completions_years: list[int]
    distance: Release | None


def among(held: Iterable[Release]) -> Releases:
    """Both, among rows of the table of releases, the newest first."""
    held = list(held)
    return Releases(
        completions_years=[row.year for row in held if row.source == Source.IPEDS_COMPLETIONS and row.year],
        distance=next((row for row in held if row.source == Source.IPEDS_DISTANCE_PROGRAMS), None),
    )
