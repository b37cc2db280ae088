"""A case: one thing that is wrong for readers, why it is on a list, and where it is mended."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from typing import Any, Final

from django.urls import reverse

from directory.curation.worklists.harm import Harm, Reach

#: So many cases of a kind are listed; the lighter ones come up as these are dealt with.
MOST: Final = 300
#: So many rows of a kind are weighed; more than that are not wrong at once, and if they are, the order within is lost.
CANDIDATES: Final = 5_000


@dataclass(frozen=True, slots=True)
class Case:
    """`key` is the case's own within its kind, letters, digits and dashes; `fingerprint` is of what is wrong."""

    kind: str
    key: str
    subject: str
    url: str  # where it is mended; "" where no page does
    reason: str  # a sentence: why it is here
    harm: Harm
    fingerprint: str
    since: dt.date | None = None
    due: dt.date | None = None  # the service target, where readers wait for an answer

    @property
    def weight(self) -> float:
        return self.harm.weight

    @property
    def order(self) -> tuple[float, str, str]:
        """The place in a list, the heaviest first; no two cases have the same."""
        return (-self.weight, self.kind, self.key)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a finder is told: the hour, how many cases are wanted, and how many readers see what."""

    now: dt.datetime
    limit: int
    reach: Reach

    @property
    def today(self) -> dt.date:
        return self.now.date()

    def days_since(self, day: dt.date | dt.datetime | None) -> int:
        """Whole days, never less than 0; 0 for a day that nobody knows."""
        if isinstance(day, dt.datetime):
            day = day.date()
        return max(0, (self.today - day).days) if day else 0


@dataclass(frozen=True, slots=True)
class Kind:
    """A worklist. `find` gives its heaviest cases, at most as many as it is asked for, by bounded queries."""

    slug: str
    label: str
    about: str  # a sentence: what is wrong in its cases
    seen_with: str  # permission of who may look at it
    decided_with: str  # permission of who may decide about its cases
    find: Callable[[Asked], list[Case]]
    asks: int = 1  # queries of `find`, at most


def fingerprint(*parts: Any) -> str:
    """Sixteen signs that change when one of the parts does. What hides a case holds only while they are the same."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]


def heaviest(cases: Iterable[Case], asked: Asked) -> list[Case]:
    """The heaviest of them, in the order of the list."""
    return sorted(nlargest(asked.limit, cases, key=lambda case: case.weight), key=lambda case: case.order)


def change_page(table: str, pk: int) -> str:
    """The address at which the desk changes a row ("directory_link", 12). Thousands are weighed for one page."""
    return f"{_list_of(table)}{pk}/change/"


@lru_cache(maxsize=64)
def _list_of(table: str) -> str:
    return reverse(f"admin:{table}_changelist")


def for_days(number: int) -> str:
    """ "for 12 days", and of what began today "since today"."""
    return f"for {counted(number, 'day')}" if number else "since today"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 program", "12 programs"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
