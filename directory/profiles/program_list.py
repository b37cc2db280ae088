"""What the program list answers: page, API and export read it from the same question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from directory import ranking
from directory.facets import Choice, facets
from directory.filters.applied import Chip, chips
from directory.filters.program import ProgramFilter
from directory.models import Listing
from directory.profiles.result_rows import ListingRow
from directory.search.table.answer import Hit

AnyListing = Listing | ListingRow


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results with everything around it."""

    count: int
    number: int
    pages: int
    per_page: int
    hits: list[Hit]
    chips: list[Chip]
    facets: dict[str, list[Choice]]

    @property
    def start(self) -> int:
        """The place of the page's first result in the whole list, from 1."""
        return (self.number - 1) * self.per_page + 1


def results(chosen: ProgramFilter) -> Results:
    """The chosen page (the last one when there are fewer), and the counts of every facet."""
    answer = chosen.answer
    pages = max(1, ceil(answer.count / chosen.per_page))
    number = min(chosen.page_number, pages)
    start = (number - 1) * chosen.per_page
    hits = answer.page(start, start + chosen.per_page)
    return Results(answer.count, number, pages, chosen.per_page, hits, chips(chosen), facets(chosen))


# --- why a row stands where it does ----------------------------------------------------------------


def points(listing: AnyListing) -> dict[str, float]:
    """The ranking's parts that no question changes, for one row."""
    return ranking.parts(
        cip=listing.cip,
        standing=listing.standing,
        awards_five_years=listing.awards_five_years,
        known_facts=listing.known_facts,
    )


def question_points(chosen: ProgramFilter, hit: Hit) -> dict[str, float]:
    """The ranking's parts that depend on the question; they count where the best match comes first."""
    if chosen.sort_key != "relevance":
        return {}
    question = chosen.question
    return ranking.query_parts(
        match=hit.match if question.meanings else None,
        exam=hit.preferred if question.preferred else None,
        miles=hit.miles,
        within=question.circle.miles if question.circle else None,
    )


#: Chosen order -> what decides before the points do.
FIRST_BY = {
    "distance": "nearest first",
    "price": "lowest price first",
    "earnings": "highest earnings first",
    "completions": "most graduates first",
    "name": "by school name",
}


def why(parts: Mapping[str, float], *, order: str) -> str:
    """Why a row stands where it does: the chosen order, then the ranking's points, largest first."""
    largest = sorted(parts.items(), key=lambda part: -part[1])
    said = [f"{_LABELS[name]}, {value:g} points" for name, value in largest if value]
    return "; ".join([FIRST_BY[order], *said] if order in FIRST_BY else said)


_LABELS = {name: label[0].lower() + label[1:] for name, label in ranking.PART_LABELS.items()}
