"""A gauge of demand from two official figures, by a rule that the page prints."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from careers.models import Projection

#: Percentage points by which growth differs from that of all occupations together.
FASTER: Final = 2.0
SLOWER: Final = -1.0
#: Openings a year for every 100 jobs, as a multiple of the same for all occupations.
MANY: Final = 1.25
FEW: Final = 0.75

#: The most that an occupation can have that loses jobs, however many of its people leave.
MOST_WHEN_SHRINKING: Final = 1

LABELS: Final = ("Low", "Below the middle", "Middle", "Above the middle", "High")
PACES: Final = ("Grows more slowly than average", "Grows about as fast as average", "Grows faster than average")
TURNOVERS: Final = ("few openings a year", "about as many openings a year as elsewhere", "many openings a year")
RULE: Final = (
    f"Growth gives two points when it is at least {FASTER:g} percentage points above that of all occupations, one when "
    f"it is not more than {-SLOWER:g} point below, else none. Openings a year for every 100 jobs give two points from "
    f"{MANY:g} times those of all occupations, one from {FEW:g} times, else none. The sum is the gauge, 0 to 4; of an "
    f"occupation that loses jobs it is never more than {MOST_WHEN_SHRINKING}, below the middle. It "
    "counts the whole country and does not know your town, or how many others apply."
)


class Part(NamedTuple):
    """One of the two figures: what it is here, what it is for all occupations, and its points."""

    label: str
    here: str
    everywhere: str
    points: int


class Demand(NamedTuple):
    """0 to 4 with its parts; `label` is the word for it, `halves` what the two figures say, each by itself."""

    score: int
    label: str
    parts: tuple[Part, Part]
    steps: tuple[bool, ...]
    halves: str
    rule: str = RULE


def outlook_label(mine: Projection | None, total: Projection | None) -> str:
    """Growth beside that of all occupations, in words; "" where one of the two is not published."""
    if mine is None or total is None or mine.change_percent is None or total.change_percent is None:
        return ""
    if mine.change_percent < 0:
        return "Fewer jobs than today"
    ahead = float(mine.change_percent - total.change_percent)
    return "Faster than average" if ahead >= FASTER else "About average" if ahead >= SLOWER else "Slower than average"


def demand_part(mine: Projection | None, total: Projection | None) -> dict[str, Any]:
    """{demand, outlook_label}; demand is None where a figure that the rule needs is not published."""
    return {"demand": _demand(mine, total), "outlook_label": outlook_label(mine, total)}


def _demand(mine: Projection | None, total: Projection | None) -> Demand | None:
    if mine is None or total is None or mine.change_percent is None or total.change_percent is None:
        return None
    here, everywhere = _per_hundred(mine), _per_hundred(total)
    if here is None or not everywhere:
        return None
    ahead = float(mine.change_percent - total.change_percent)
    growth = 0 if mine.change_percent < 0 else (ahead >= FASTER) + (ahead >= SLOWER)
    ratio = here / everywhere
    openings = (ratio >= MANY) + (ratio >= FEW)
    shrinks = mine.change_percent < 0
    score = min(growth + openings, MOST_WHEN_SHRINKING) if shrinks else growth + openings
    pace = "Loses jobs" if shrinks else PACES[growth]
    return Demand(
        score,
        LABELS[score],
        (
            Part("Growth over the decade", f"{mine.change_percent:g}%", f"{total.change_percent:g}%", growth),
            Part("Openings a year for every 100 jobs", f"{here:.1f}", f"{everywhere:.1f}", openings),
        ),
        tuple(step < score for step in range(4)),
        f"{pace}; {TURNOVERS[openings]} for its size.",
    )


def _per_hundred(row: Projection) -> float | None:
    if row.openings is None or not row.jobs:
        return None
    return row.openings / row.jobs * 100
