"""The answer to a question: how many, which ones in which order, and what each facet would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import numpy as np

from directory.search.table.codes import CODES, VETERAN_BITS, WORDS, allowed, veteran_bits
from directory.search.table.columns import UNKNOWN, Columns
from directory.search.table.matching import match
from directory.search.table.question import Question
from directory.vocab import VETERAN_FACTS

#: Facet -> word -> how many results it would give.
Counts = dict[str, dict[str, int]]
#: Points and miles are compared as whole thousandths, so that equal is equal.
THOUSANDTHS: Final = 1_000
LAST: Final = 2**30  # a sort value after all others, for what nobody knows


class Hit(NamedTuple):
    """One result: its program's key, and what its place in the list rests on."""

    program: int
    miles: float | None
    near: bool  # False only for an online program outside the chosen place
    match: float  # how well it fits the text, 0 to 1; 1 without text
    row: int = -1  # its place in the columns
    preferred: float = 0.0  # how much its field is preferred


class Answer:
    """Counts at once, rows when a page is asked for."""

    def __init__(self, question: Question, columns: Columns) -> None:
        self._question, self._columns = question, columns
        self._matching = match(question, columns)
        self._rows, self.facets = self._count()
        self.count = len(self._columns) if self._rows is None else len(self._rows)

    def page(self, start: int, stop: int) -> list[Hit]:
        """The results from the start-th up to the stop-th, in the question's order."""
        return self._hits(self._ordered(start, min(stop, self.count)))

    @property
    def rows(self) -> np.ndarray:
        """Every row that fits, whatever the order."""
        return np.arange(len(self._columns)) if self._rows is None else self._rows

    def chunks(self, size: int) -> Iterator[list[Hit]]:
        """All results in order, so many at a time."""
        rows = self._ordered(0, self.count)
        for start in range(0, len(rows), size):
            yield self._hits(rows[start : start + size])

    def _hits(self, rows: np.ndarray) -> list[Hit]:
        match_, miles, near, preferred = self._fit(rows), self._miles(rows), self._near(rows), self._preferred(rows)
        return [
            Hit(program, None if far != far else far, here, round(fit, 3), row, round(liked, 3))
            for program, far, here, fit, row, liked in zip(
                self._columns.program[rows].tolist(),
                miles.tolist(),
                near.tolist(),
                match_.tolist(),
                rows.tolist(),
                preferred.tolist(),
                strict=True,
            )
        ]

    # --- counting ----------------------------------------------------------------------------------

    def _count(self) -> tuple[np.ndarray | None, Counts]:
        question, columns = self._question, self._columns
        of = columns.combinations
        rows = self._matching.rows
        refused = {name: ~choice[of.facets[name]] for name, choice in self._choices().items()}
        opening = of.confirmed if question.confirmed else of.opens
        if chosen := question.facets.get("leads_to"):
            # One that was deleted since the question was read opens nothing.
            wanted = [at for at, slug in enumerate(columns.certifications) if slug in chosen]
            refused["leads_to"] = ~opening[:, wanted].any(axis=1)
        against = sum((each.view(np.uint8) for each in refused.values()), np.zeros(len(of), np.uint8))
        anywhere = rows  # whatever the school offers to veterans, for that facet's own counts
        if bits := veteran_bits(question.facets.get("veterans", ())):
            rows = self._offering(rows, bits)
        any_price = columns.everything if rows is None else self._combinations(rows)
        counted = any_price
        if question.has_price:
            anywhere = self._affordable(anywhere)
            rows = self._affordable(rows) if bits else anywhere
            counted = self._combinations(rows)
        # A combination counts for a facet when no *other* facet refuses it.
        kept = np.where(against == 0, counted, 0)
        lifted = {name: np.where(against == each, counted, 0) for name, each in refused.items()}
        counts = {name: _by_word(name, of.facets[name], lifted.get(name, kept)) for name in WORDS if name != "price"}
        any_price = np.where(against == 0, any_price, 0) if question.has_price else kept
        counts["price"] = _by_word("price", of.facets["price"], any_price)
        opened = lifted.get("leads_to", kept) @ opening
        counts["leads_to"] = dict(zip(columns.certifications, opened.tolist(), strict=True))
        counts["veterans"] = self._for_veterans(anywhere, against == 0)
        if refused:
            fits = against == 0
            combination = columns.combination if rows is None else columns.combination[rows]
            rows = np.flatnonzero(fits[combination]) if rows is None else rows[fits[combination]]
        return rows, counts

    def _choices(self) -> dict[str, np.ndarray]:
        return {
            name: allowed(name, words)
            for name, words in self._question.facets.items()
            if words and name in WORDS and name != "price"
        }

    def _combinations(self, rows: np.ndarray) -> np.ndarray:
        """How many of the rows have each combination."""
        return np.bincount(self._columns.combination[rows], minlength=len(self._columns.combinations))

    def _offering(self, rows: np.ndarray | None, bits: int) -> np.ndarray:
        """Those at a school that offers one of the facts to veterans."""
        columns = self._columns
        offers = columns.schools.veterans & bits > 0
        if rows is None:
            return np.flatnonzero(offers[columns.school])
        return rows[offers[columns.school[rows]]]

    def _for_veterans(self, rows: np.ndarray | None, fits: np.ndarray) -> dict[str, int]:
        """Fact -> at how many of the rows that fit the facets the school offers it."""
        columns = self._columns
        if rows is None:
            totals = columns.for_veterans[fits].sum(axis=0)
        else:
            rows = rows[fits[columns.combination[rows]]]
            masks = columns.schools.veterans[columns.school[rows]]
            totals = np.bincount(masks, minlength=len(VETERAN_BITS)) @ VETERAN_BITS
        return dict(zip(VETERAN_FACTS, totals.tolist(), strict=True))

    def _affordable(self, rows: np.ndarray | None) -> np.ndarray:
        price = self._columns.price if rows is None else self._columns.price[rows]
        fits = price != UNKNOWN
        if self._question.min_price is not None:
            fits &= price >= self._question.min_price
        if self._question.max_price is not None:
            fits &= price <= self._question.max_price
        return np.flatnonzero(fits) if rows is None else rows[fits]

    # --- ordering: a smaller value comes first -------------------------------------------------------

    def _ordered(self, start: int, stop: int) -> np.ndarray:
        question = self._question
        far = question.has_place and question.online_too  # what lies outside the place comes after
        if question.order == "relevance" and not (question.meanings or question.circle or question.preferred or far):
            return np.arange(start, stop) if self._rows is None else self._rows[start:stop]
        rows = np.arange(len(self._columns)) if self._rows is None else self._rows
        first = SORTS[question.order](self, rows).astype(np.int64)
        # Ties: by rank where the order is about distance or match, else by name; never left to chance.
        ties = rows if question.order in ("relevance", "distance") else self._columns.by_name[rows]
        key = first * len(self._columns) + ties
        if far:
            key += np.where(self._near(rows), 0, np.int64(2) ** 61)
        if stop < len(key):
            top = np.argpartition(key, stop)[:stop]
            return rows[top[np.argsort(key[top])][start:]]
        return rows[np.argsort(key)[start:stop]]

    def by_match(self, rows: np.ndarray) -> np.ndarray:
        question = self._question
        points = self._columns.points[rows] + question.match_points * self._fit(rows)
        if question.preferred:
            points = points + question.preferred_points * self._preferred(rows)
        if question.circle is not None:
            share = np.nan_to_num(1 - self._miles(rows) / question.circle.miles, nan=0.0)
            points = points + question.distance_points * np.clip(share, 0, 1)
        return -np.rint(points * THOUSANDTHS)

    def by_distance(self, rows: np.ndarray) -> np.ndarray:
        return np.nan_to_num(np.rint(self._miles(rows) * THOUSANDTHS), nan=LAST)

    def by_price(self, rows: np.ndarray) -> np.ndarray:
        price = self._columns.price[rows]
        return np.where(price == UNKNOWN, LAST, price)

    def by_earnings(self, rows: np.ndarray) -> np.ndarray:
        return -self._columns.earnings[rows]  # unknown is -1 and comes last

    def by_awards(self, rows: np.ndarray) -> np.ndarray:
        return -self._columns.awards[rows]

    def by_name(self, rows: np.ndarray) -> np.ndarray:
        return np.zeros(len(rows))

    # --- what a row's place rests on ---------------------------------------------------------------

    def _fit(self, rows: np.ndarray) -> np.ndarray:
        terms = self._matching.conditions
        if not terms:
            return np.ones(len(rows), np.float32)
        return np.mean([term.weights(self._columns, rows) for term in terms], axis=0)

    def _preferred(self, rows: np.ndarray) -> np.ndarray:
        fields = self._matching.preferred
        return np.zeros(len(rows), np.float32) if fields is None else fields[self._columns.cip[rows]]

    def _miles(self, rows: np.ndarray) -> np.ndarray:
        if self._matching.miles is None:
            return np.full(len(rows), np.nan)
        return self._matching.miles[self._columns.school[rows]]

    def _near(self, rows: np.ndarray) -> np.ndarray:
        """Whether each lies in the chosen place; all do when none is chosen."""
        question, columns = self._question, self._columns
        if question.circle is not None:
            return self._miles(rows) <= question.circle.miles
        if question.usps:
            state = columns.combinations.facets["state"][columns.combination[rows]]
            return state == CODES["state"][question.usps]
        return np.ones(len(rows), bool)


SORTS: Final[dict[str, Callable[[Answer, np.ndarray], np.ndarray]]] = {
    "relevance": Answer.by_match,
    "distance": Answer.by_distance,
    "price": Answer.by_price,
    "earnings": Answer.by_earnings,
    "completions": Answer.by_awards,
    "name": Answer.by_name,
}


def _by_word(name: str, codes: np.ndarray, counted: np.ndarray) -> dict[str, int]:
    """Word -> how many, over the combinations."""
    totals = np.bincount(codes, weights=counted, minlength=len(WORDS[name]))
    return dict(zip(WORDS[name], totals.astype(int).tolist(), strict=True))
