"""What the programs of an award cost and how long they take: published prices and estimates apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from careers.decision.sides import Counted
from directory.profiles.cards import LENGTH_SOURCE
from directory.profiles.spreads import price_ranges
from directory.vocab import AwardLevel

#: Months of full-time study by IPEDS award level: the agency's own ranges, an open end where it has none.
MONTHS: Final[dict[int, tuple[int, int | None]]] = {
    20: (0, 3), 21: (3, 12), 1: (0, 12), 2: (12, 24), 3: (24, None), 4: (24, 48), 5: (48, None), 6: (0, None),
    7: (12, 24),
}  # fmt: skip


#: Awards whose programs no file tells the length of.
DEGREES: Final = frozenset({AwardLevel.ASSOCIATE, AwardLevel.BACHELORS, AwardLevel.MASTERS})


def months_words(award_level: int) -> str:
    """ "3 to 12 months", "at least 24 months", "under 3 months"; "" where the agency gives no length."""
    low, high = MONTHS.get(award_level, (0, None))
    if high is None:
        return f"at least {low} months" if low else ""
    return f"{low} to {high} months" if low else f"under {high} months"


def lengths(programs: Sequence[Counted]) -> dict[str, Any]:
    """{rows [{words, count}], source, by_definition}, the commonest length first.

    Schools report their certificates by length. Of a degree nobody reports one: `by_definition` says that the months
    are those of the award itself, the same for each of its programs.
    """
    counts = Counter(months_words(program.award_level) for program in programs)
    counts.pop("", None)
    return {
        "rows": [{"words": words, "count": count} for words, count in counts.most_common()],
        "source": LENGTH_SOURCE if counts else "",
        "by_definition": bool(counts) and all(program.award_level in DEGREES for program in programs),
    }


def usual_months(programs: Sequence[Counted]) -> int:
    """The least months of the commonest award level, to tell the shorter of two awards; 0 for none."""
    counts = Counter(program.award_level for program in programs)
    return MONTHS.get(counts.most_common(1)[0][0], (0, None))[0] if counts else 0


def prices(programs: Sequence[Counted], names: Mapping[int, str]) -> dict[str, Any]:
    """{rows, unknown} of `price_ranges`. `names` are the sources of the releases."""
    rows, unknown = price_ranges(programs, names)
    return {"rows": rows, "unknown": unknown}
