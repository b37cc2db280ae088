"""What the program list shows: page and API make it from the same filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from directory import ranking
from directory.facets import Choice, facets
from directory.filters.applied import Chip, chips
from directory.filters.program import ProgramFilter
from directory.models import Listing
from directory.profiles.cards import exams_of, for_cards, program_card, standing_dates
from directory.querysets.listing import ListingQuerySet


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results with everything around it."""

    count: int
    page: Page[Listing]
    cards: list[dict[str, Any]]
    chips: list[Chip]
    facets: dict[str, list[Choice]]


def results(chosen: ProgramFilter) -> Results:
    """The chosen page (the last one when there are fewer), its cards and the counts of every facet."""
    count = chosen.qs.order_by().count()
    rows: ListingQuerySet = chosen.sorted()
    paginator: Paginator[Listing] = Paginator(for_cards(rows), chosen.per_page)
    paginator.count = count  # counted once, without the order
    page = paginator.get_page(chosen.page_number)
    listings = list(page.object_list)
    return Results(count, page, cards(listings, order=chosen.sort_key), chips(chosen), facets(chosen))


def beyond(chosen: ProgramFilter, found: Results) -> dict[str, list[str]]:
    """What to say of a page after the last one; nothing to say otherwise."""
    last = found.page.paginator.num_pages
    if chosen.page_number <= last:
        return {}
    pages = "There is only one page" if last == 1 else f"There are {last:,} pages"
    return {"page": [f"{pages}, and no page {chosen.page_number:,}."]}


def cards(listings: Sequence[Listing], *, order: str = "relevance") -> list[dict[str, Any]]:
    """Cards with distance and the reasons for their place, in three queries."""
    exams = exams_of([listing.program_id for listing in listings])
    dates = standing_dates(listings)
    return [
        {
            **program_card(
                listing,
                exams=exams[listing.program_id],
                standing_as_of=dates.get(listing.program_id, ""),
                distance_miles=getattr(listing, "miles", None),
                why=why(listing, order=order),
            ),
            "listing": listing,
            # Only where `online_too` brings in what lies outside the place.
            "elsewhere": not getattr(listing, "is_near", True),
        }
        for listing in listings
    ]


def points(listing: Listing) -> dict[str, float]:
    """The ranking's parts for one row, as in directory.ranking."""
    return ranking.parts(
        standing=listing.standing,
        awards_five_years=listing.awards_five_years,
        known_facts=listing.known_facts,
    )


#: Chosen order -> what decides before the points do.
FIRST_BY = {
    "distance": "nearest first",
    "price": "lowest price first",
    "earnings": "highest earnings first",
    "completions": "most graduates first",
    "name": "by school name",
}


def why(listing: Listing, *, order: str) -> list[str]:
    """Why a row stands where it does: the chosen order, then the ranking's points, largest first."""
    parts = sorted(points(listing).items(), key=lambda part: -part[1])
    said = [f"{ranking.PART_LABELS[name].lower()}, {value:g} points" for name, value in parts if value]
    return [FIRST_BY[order], *said] if order in FIRST_BY else said
