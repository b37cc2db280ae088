"""The order of results, written down: what earns points, how many, and under which version.

No commercial input exists. Clicks, reviews and enrol links are not read here, and must not be.
"""

from __future__ import annotations

import math
from typing import Final

from directory.vocab import DEFAULT_CIPS, Standing

#: 2: the match with the reader's words and the distance count, too. 3: so does what an exam is about.
#: 4: the fields that the guide is about.
VERSION: Final = 4

#: Points of a program that do not depend on the query; shown on /data/ and beside each result.
STANDING_POINTS: Final[dict[str, int]] = {
    Standing.ACCREDITED: 30,
    Standing.STATED: 15,
    Standing.CANDIDATE: 10,
    Standing.ON_NOTICE: 10,
    Standing.NOT_ACCREDITED: 0,
    Standing.NOT_CONFIRMED: 0,
}
FACT_POINTS: Final = 5  # for each of price, earnings, awards and delivery that is known
ACTIVE_POINTS: Final = 20  # reached with about 1,000 awards in five years; ten awards earn a third of it
ACTIVE_FULL: Final = 1_000
#: For health information, where all fields are loaded: who types a school's name, "online" or "near me" came for that,
#: and large programs of nursing and business would be all that the first page shows.
FIELD_POINTS: Final = 25

#: Points that depend on the query. A full match outweighs everything else together, because someone who types
#: "medical coding" wants coding before a well documented program in another field that the word also touches.
MATCH_POINTS: Final = 100
#: Among the programs that lead to an exam that anybody may sit. "CPC exam prep" wants coding before a well documented
#: program in health information, which leads there only because everything does: among the fields that the guide is
#: about, the first one is ahead of the second by more than all else that no question changes.
EXAM_POINTS: Final = 100
DISTANCE_POINTS: Final = 20  # at the middle of the circle; none at its edge

PART_LABELS: Final[dict[str, str]] = {
    "match": "Match with your words",
    "exam": "About what the exam tests",
    "distance": "Nearness",
    "field": "Health information, which this guide is about",
    "accreditation": "Accreditation known",
    "activity": "Graduates in the last five years",
    "facts": "Facts known (price, earnings, graduates, delivery)",
}


def parts(*, cip: str, standing: str, awards_five_years: int, known_facts: int) -> dict[str, float]:
    """Points by part that no query changes, rounded to a tenth. `cip` has six digits, `known_facts` counts 0 to 4."""
    activity = min(1.0, math.log10(1 + awards_five_years) / math.log10(1 + ACTIVE_FULL))
    return {
        "field": float(FIELD_POINTS * (cip in DEFAULT_CIPS)),
        "accreditation": float(STANDING_POINTS[standing]),
        "activity": round(ACTIVE_POINTS * activity, 1),
        "facts": float(FACT_POINTS * known_facts),
    }


def query_parts(
    *, match: float | None, miles: float | None, within: float | None, exam: float | None = None
) -> dict[str, float]:
    """Points by part that depend on the query; `match` (0 to 1) is None without text, `within` without a circle,
    `exam` (0 to 1) without an exam that anybody may sit."""
    found: dict[str, float] = {}
    if exam is not None:
        found["exam"] = round(EXAM_POINTS * exam, 1)
    if match is not None:
        found["match"] = round(MATCH_POINTS * match, 1)
    if within and miles is not None:
        found["distance"] = round(DISTANCE_POINTS * max(0.0, 1 - miles / within), 1)
    return found
