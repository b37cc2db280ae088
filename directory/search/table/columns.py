"""The columns of the search table, read once and then only looked at.

Rows stand in the order of the ranking that no question changes, so the best matches of a question are the
first rows that fit it. A row's facets are packed into one number, the position of its *combination* among the
few thousand that occur: counting the combinations of the matching rows gives every facet at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

UNKNOWN: Final = -1  # in price, earnings and awards


@dataclass(frozen=True, slots=True)
class Group:
    """Rows by a number that they have (their school, their field): `rows[starts[n]:starts[n + 1]]` have n."""

    rows: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, numbers: np.ndarray, size: int) -> Group:
        counts = np.bincount(numbers, minlength=size)
        return cls(np.argsort(numbers, kind="stable").astype(np.int32), np.concatenate(([0], np.cumsum(counts))))

    def count(self, wanted: np.ndarray) -> int:
        """How many rows have one of the wanted numbers."""
        return int((self.starts[wanted + 1] - self.starts[wanted]).sum())

    def take(self, wanted: np.ndarray) -> np.ndarray:
        """The rows that have one of the wanted numbers, number after number."""
        parts = [self.rows[self.starts[each] : self.starts[each + 1]] for each in wanted]
        return np.concatenate(parts) if parts else self.rows[:0]


@dataclass(frozen=True, slots=True)
class Schools:
    """The schools that have a listed program; a row's `school` is a position here."""

    position: dict[int, int]  # School.pk -> position
    latitude: np.ndarray  # radians, NaN for a school without a point
    longitude: np.ndarray
    cosine: np.ndarray  # of the latitude
    veterans: np.ndarray  # a bit for each of VETERAN_FACTS that holds


@dataclass(frozen=True, slots=True)
class Combinations:
    """The facets of each combination that occurs, as codes, and the exams that it opens as a table of 0 and 1."""

    facets: dict[str, np.ndarray]
    opens: np.ndarray  # combinations × certifications
    confirmed: np.ndarray

    def __len__(self) -> int:
        return len(self.opens)


@dataclass(frozen=True, slots=True)
class Columns:
    """All listed programs. An array with a value per program stands in the ranking's order.

    `price`, `earnings` (dollars) and `awards` are -1 where nobody knows them.
    """

    program: np.ndarray  # Program.pk
    school: np.ndarray
    cip: np.ndarray  # position in `cips`
    price: np.ndarray
    earnings: np.ndarray
    awards: np.ndarray
    points: np.ndarray
    by_name: np.ndarray  # the row's place when ordered by school name, CIP and program
    combination: np.ndarray

    cips: list[str]
    certifications: list[str]  # slugs
    acronyms: dict[str, str]  # slug -> how it is written
    schools: Schools
    combinations: Combinations
    everything: np.ndarray  # how many rows each combination has
    for_veterans: np.ndarray  # combinations × VETERAN_FACTS: at how many of them the school offers it
    rows_of_school: Group
    rows_of_cip: Group

    def __len__(self) -> int:
        return len(self.program)
