"""Listings that may be one, as `curation.duplicates` has found them."""

from __future__ import annotations

from typing import Final

from django.db.models import F

from directory.curation.duplicates.keeping import open_pairs
from directory.curation.worklists.case import CANDIDATES, Asked, Case, Kind, change_page, fingerprint, heaviest
from directory.curation.worklists.harm import harm
from directory.models import DuplicatePair

#: Of a pair for which everything speaks: readers compare a school with itself, and half of them leave by the old one.
CERTAIN: Final = 5


def find(asked: Asked) -> list[Case]:
    """One query."""
    rows = (
        open_pairs()
        .select_related(
            "program__school", "program__field", "other_program__school", "other_program__field", "school",
            "other_school",
        )
        .annotate(awards=F("program__listing__awards_five_years"))
        .order_by("-score", "pk")[:CANDIDATES]
    )  # fmt: skip
    return heaviest((_case(row, asked) for row in rows), asked)


def _case(row: DuplicatePair, asked: Asked) -> Case:
    of_programs = (row.program_id, row.other_program_id)
    of_schools = (row.school_id, row.other_school_id)
    leaves = sum(asked.reach.leaves(program=pk) for pk in of_programs if pk)
    leaves += sum(asked.reach.leaves(school=pk) for pk in of_schools if pk)
    at = f", {row.program.school}" if row.program else ""
    return Case(
        kind=KIND.slug,
        key=f"pair-{row.pk}",
        subject=f"{row}{at}",
        url=change_page("directory_duplicatepair", row.pk),
        reason=f"They may be one listing ({row.score} of 100): {'; '.join(row.reasons)}.",
        harm=harm(
            round(max(1.0, CERTAIN * row.score / 100), 1),
            leaves=leaves,
            graduates=(row.awards or 0) / 5,  # type: ignore[attr-defined]  # annotated above
            days=asked.days_since(row.found_at),
        ),
        fingerprint=fingerprint(row.score, row.reasons),
        since=row.found_at.date(),
    )


KIND: Final = Kind(
    "duplicates",
    "Likely duplicates",
    "Two listings may be one and the same: merge them, or say why they are two.",
    "directory.view_duplicatepair",
    "directory.change_duplicatepair",
    find,
)
