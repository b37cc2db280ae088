"""Weight of a case: what it says wrong × how many readers see it × how long it has stood. See docs/worklists.md."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from django.core.cache import cache
from django.db.models import Sum

from directory.models import ClickCount

#: Leaves of so many days count.
PERIOD: Final = 90
#: Days after which a wrong fact weighs twice as much as on its first day.
PATIENCE: Final = 90
#: However long it has stood, it weighs at most so many times as much.
LONGEST: Final = 5.0
#: So many listings, the most left from first, are told apart by their leaves; the others count as left by nobody.
LISTINGS: Final = 5_000
KEPT_SECONDS: Final = 600
KEY: Final = "worklists:reach"


@dataclass(frozen=True, slots=True)
class Harm:
    """`wrong` 1 to 10 is by kind, `reach` from 1 upwards is by readers, `lasting` 1 to 5 is by time."""

    wrong: float
    reach: float
    lasting: float

    @property
    def weight(self) -> float:
        return round(self.wrong * self.reach * self.lasting, 1)


@dataclass(frozen=True, slots=True)
class Reach:
    """Leaves of the last days by school and by program; a program's count for its school too."""

    schools: Counter[int] = field(default_factory=Counter)
    programs: Counter[int] = field(default_factory=Counter)

    def leaves(self, *, school: int | None = None, program: int | None = None) -> int:
        """Of the program, where one is named; else of the school with all of its programs."""
        if program is not None:
            return self.programs[program]
        return self.schools[school] if school is not None else 0

    @staticmethod
    def of(leaves: int, graduates: float = 0) -> float:
        """1 for a listing that nobody is known to use, and 1 more with every tenfold use.

        A leave counts ten times a graduate of a year: it shows a reader who has been here.
        """
        return 1 + math.log10(1 + 10 * leaves + max(0.0, graduates))


def reach(now: dt.datetime) -> Reach:
    """Read once in ten minutes: how many readers see a listing does not change while somebody mends it."""
    held: Reach | None = cache.get(KEY)
    if held is None:
        held = _read(now.date())
        cache.set(KEY, held, KEPT_SECONDS)
    return held


def _read(today: dt.date) -> Reach:
    since = today - dt.timedelta(days=PERIOD)
    rows = (
        ClickCount.objects.filter(day__gt=since, count__gt=0)
        .order_by()
        .values_list("school_id", "program_id")
        .annotate(leaves=Sum("count"))
        .order_by("-leaves", "school_id", "program_id")
    )
    found = Reach()
    for school, program, leaves in rows[:LISTINGS]:
        found.schools[school] += leaves
        if program is not None:
            found.programs[program] += leaves
    return found


def lasting(days: int, patience: int = PATIENCE) -> float:
    """1 on the first day, 2 when the patience is over, 5 at most."""
    return min(LONGEST, 1 + days / max(1, patience))


def harm(wrong: float, *, leaves: int = 0, graduates: float = 0, days: int = 0, patience: int = PATIENCE) -> Harm:
    """What a case weighs, with its three parts."""
    return Harm(wrong, round(Reach.of(leaves, graduates), 2), round(lasting(days, patience), 2))
