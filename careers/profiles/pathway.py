"""The programs and exams that lead to a career, as the net of the pathway map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careers.models import Career, Occupation, Pay, Projection
from careers.pathways.facts import facts_of_career
from careers.pathways.reading import ours_first, towards
from directory.models import Certification


def pathway_part(
    occupation: Occupation,
    cips: Sequence[str],
    *,
    exams: Sequence[Certification],
    careers: Sequence[Career],
    pay: Pay | None,
    outlook: Projection | None,
    crosswalk_year: str,
) -> dict[str, Any]:
    """{pathway}: the net of the fields `cips`, None where no program is listed in them; three queries.

    The other rows are those that the page has read: every exam, the occupation's careers, pay and outlook.
    """
    if not cips:
        return {"pathway": None}
    facts = facts_of_career(occupation, ours_first(cips), exams, careers, pay, outlook, crosswalk_year)
    return {"pathway": towards(facts, occupation)}
