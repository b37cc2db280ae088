"""The saved programs as the plan's page lists them, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from directory.engagement.shortlist import LIMIT, Shortlist
from directory.models import Listing
from directory.models.saved_program import LONGEST_NOTE
from directory.profiles.cards import for_cards, program_card
from directory.profiles.result_rows import paperwork
from directory.search.freshness import current
from directory.vocab import ListingState


class NoteProblem(NamedTuple):
    """A note that could not be kept, with what the reader typed."""

    slug: str
    typed: str
    message: str


class SavedRow(NamedTuple):
    """One program of the list. `off_list` says why it is on the public lists no more; "" while it is."""

    listing: Listing
    card: dict[str, Any]
    note: str
    saved_at: dt.datetime
    off_list: str
    problem: NoteProblem | None


def saved_rows(mine: Shortlist, problem: NoteProblem | None = None) -> list[SavedRow]:
    """The rows, latest first: two queries for any number of programs, none for an empty list."""
    saved = mine.saved
    if not saved:
        return []
    listings = {listing.program_id: listing for listing in _listings([each.program for each in saved])}
    papers = paperwork(current()).standings
    rows = []
    for each in saved:
        if listing := listings.get(each.program):
            card = program_card(listing, standing_as_of=papers.as_of(listing))
            here = problem if problem and problem.slug == card["slug"] else None
            rows.append(SavedRow(listing, card, each.note, each.saved_at, _off_list(listing), here))
    return rows


def listing_of(program: int, rows: Sequence[SavedRow]) -> Listing | None:
    """The row of a plan's program, from the saved ones where it stands there; else one query."""
    saved = next((row.listing for row in rows if row.listing.program_id == program), None)
    return saved or next(iter(_listings([program])), None)


def shortlist_context(mine: Shortlist, problem: NoteProblem | None = None) -> dict[str, Any]:
    """What `careers/plan/saved.html` prints."""
    rows, removed = saved_rows(mine, problem), mine.removed
    gone = None
    if removed and removed.program not in mine.programs:
        gone = next(iter(_listings([removed.program])), None)
    return {"rows": rows, "gone": gone, "limit": LIMIT, "room": LIMIT - len(rows), "longest_note": LONGEST_NOTE}


def _listings(programs: Sequence[int]) -> list[Listing]:
    return list(
        for_cards(Listing.objects.filter(pk__in=programs)).select_related(
            "program__field", "school__release", "school__offerings_release", "school__eight_keys_release"
        )
    )


def _off_list(listing: Listing) -> str:
    if listing.school.is_closed:
        return f"{listing.school.get_status_display()}: look for another school."
    if listing.program.state == ListingState.LISTED:
        return ""
    return f"{listing.program.get_state_display()}: ask the school before you count on it."
