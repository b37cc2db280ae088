"""What became of a program's graduates: awards by year, earnings and debt."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from directory.models import Completions, FieldOutcome, Program
from directory.profiles.figures import awards_by_year, outcome_figures
from directory.vocab import CREDENTIAL_OF


def awards(program: Program, *, loaded: Collection[int]) -> list[Any]:
    """Awards of the last five years; a school that stopped reporting shows a gap, not a zero.

    `loaded` are the IPEDS years of which a file is held.
    """
    rows = Completions.objects.filter(program=program).select_related("release")
    return awards_by_year(rows, loaded=loaded)


def outcome_rows(program: Program) -> list[dict[str, Any]]:
    """Earnings and debt of its field at this school and level; nothing when College Scorecard has no such row."""
    outcome = (
        FieldOutcome.objects.filter(
            school=program.school, family=program.field.family, credential=CREDENTIAL_OF[program.award_level]
        )
        .select_related("release")
        .first()
    )
    return [{"label": line.label, "figure": line.figure} for line in outcome_figures(outcome)] if outcome else []
