"""Which rows fit the conditions that are no facet: place, fields of study and the terms of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from directory.search.table.codes import CODES
from directory.search.table.columns import Columns
from directory.search.table.question import Circle, Meaning, Question
from directory.vocab import Delivery

EARTH_MILES: Final = 3958.8
#: Below this share of all rows it is quicker to fetch the rows of a condition than to look at every row.
FEW: Final = 4


@dataclass(frozen=True, slots=True)
class Condition:
    """A row fits by its school, its field, its combination of facets or by itself; whichever is given."""

    schools: np.ndarray | None = None  # position -> how well, 0 for not
    cips: np.ndarray | None = None
    combinations: np.ndarray | None = None
    programs: np.ndarray | None = None  # Program.pk, with `programs_fit` beside
    programs_fit: np.ndarray | None = None

    def weights(self, columns: Columns, rows: np.ndarray | slice) -> np.ndarray:
        """How well each of the rows fits: the best of its reasons."""
        best = np.zeros(len(columns.program[rows]), np.float32)
        if self.schools is not None:
            best = self.schools[columns.school[rows]]
        if self.cips is not None:
            best = np.maximum(best, self.cips[columns.cip[rows]])
        if self.combinations is not None:
            best = np.maximum(best, self.combinations[columns.combination[rows]])
        if self.programs is not None and self.programs_fit is not None:
            program = columns.program[rows]
            place = np.minimum(np.searchsorted(self.programs, program), len(self.programs) - 1)
            own = np.where(self.programs[place] == program, self.programs_fit[place], np.float32(0))
            best = np.maximum(best, own)
        return best

    def size(self, columns: Columns) -> int:
        """At most so many rows fit; all of them when that cannot be told without looking."""
        if self.combinations is not None:
            return len(columns)
        schools = 0 if self.schools is None else columns.rows_of_school.count(np.flatnonzero(self.schools))
        cips = 0 if self.cips is None else columns.rows_of_cip.count(np.flatnonzero(self.cips))
        return schools + cips + (0 if self.programs is None else len(self.programs))

    def rows(self, columns: Columns) -> np.ndarray:
        """The rows that fit, in the ranking's order. Not for conditions on combinations."""
        parts = []
        if self.schools is not None:
            parts.append(columns.rows_of_school.take(np.flatnonzero(self.schools)))
        if self.cips is not None:
            parts.append(columns.rows_of_cip.take(np.flatnonzero(self.cips)))
        if self.programs is not None:
            parts.append(np.flatnonzero(np.isin(columns.program, self.programs)))
        if not parts:
            return np.empty(0, np.int32)  # it means nothing that is here
        found = np.concatenate(parts)
        return np.unique(found) if len(parts) > 1 else np.sort(found)


@dataclass(frozen=True, slots=True)
class Matching:
    """The matching rows in the ranking's order, how well each fits the text, and the distance of each school."""

    rows: np.ndarray | None  # None: all of them
    conditions: tuple[Condition, ...]  # those of the text
    miles: np.ndarray | None  # by school; NaN for a school without a point
    preferred: np.ndarray | None = None  # by field: how much it is preferred


def match(question: Question, columns: Columns) -> Matching:
    """Everything but facets and price, which `answer` counts on top of it."""
    terms = tuple(_meaning(each, columns) for each in question.meanings)
    conditions = list(terms)
    if question.cips:
        conditions.append(Condition(cips=_cips(columns, dict.fromkeys(question.cips, 1.0))))
    miles = None
    if question.circle is not None:
        miles = distances(question.circle, columns)
        conditions.append(_near(miles, question.circle, columns, online_too=question.online_too))
    elif question.usps:
        conditions.append(_in_state(question.usps, columns, online_too=question.online_too))
    preferred = _cips(columns, question.preferred) if question.preferred else None
    return Matching(_all_fit(conditions, columns), terms, miles, preferred)


def _all_fit(conditions: list[Condition], columns: Columns) -> np.ndarray | None:
    if not conditions:
        return None
    sizes = [condition.size(columns) for condition in conditions]
    cheapest = sizes.index(min(sizes))
    if sizes[cheapest] * FEW < len(columns):
        rows = conditions[cheapest].rows(columns)
        for condition in conditions[:cheapest] + conditions[cheapest + 1 :]:
            rows = rows[condition.weights(columns, rows) > 0]
        return rows
    fits = np.ones(len(columns), bool)
    for condition in conditions:
        fits &= condition.weights(columns, slice(None)) > 0
    return np.flatnonzero(fits)


def _meaning(meaning: Meaning, columns: Columns) -> Condition:
    schools = None
    if meaning.schools:
        schools = np.zeros(len(columns.schools.latitude), np.float32)
        for pk, fit in meaning.schools.items():
            if (position := columns.schools.position.get(pk)) is not None:
                schools[position] = fit
    programs = np.array(sorted(meaning.programs), np.int32)
    own = len(programs) > 0
    return Condition(
        schools=schools,
        cips=_cips(columns, meaning.fields) if meaning.fields else None,
        programs=programs if own else None,
        programs_fit=np.array([meaning.programs[int(pk)] for pk in programs], np.float32) if own else None,
    )


def _cips(columns: Columns, fields: Mapping[str, float]) -> np.ndarray:
    """Field position -> how well; a family or series ("51.07", "51") counts for all its fields."""
    fit = np.zeros(len(columns.cips), np.float32)
    for cip, weight in fields.items():
        first = bisect_left(columns.cips, cip)
        last = bisect_left(columns.cips, f"{cip}~")  # "~" sorts after every digit
        fit[first:last] = np.maximum(fit[first:last], weight)
    return fit


def distances(circle: Circle, columns: Columns) -> np.ndarray:
    """Miles from the middle of the circle to each school, by great circle."""
    schools = columns.schools
    here, there = np.radians(circle.latitude), np.radians(circle.longitude)
    half = np.sin((schools.latitude - here) / 2) ** 2
    half += schools.cosine * np.cos(here) * np.sin((schools.longitude - there) / 2) ** 2
    return 2 * EARTH_MILES * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


def _near(miles: np.ndarray, circle: Circle, columns: Columns, *, online_too: bool) -> Condition:
    near = (miles <= circle.miles).astype(np.float32)  # never true for NaN
    return Condition(schools=near, combinations=_online(columns) if online_too else None)


def _in_state(usps: str, columns: Columns, *, online_too: bool) -> Condition:
    here = (columns.combinations.facets["state"] == CODES["state"][usps]).astype(np.float32)
    return Condition(combinations=np.maximum(here, _online(columns)) if online_too else here)


def _online(columns: Columns) -> np.ndarray:
    return (columns.combinations.facets["delivery"] == CODES["delivery"][Delivery.ONLINE]).astype(np.float32)
