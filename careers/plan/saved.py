"""The saved programs as the plan's page lists them, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from directory.context_processors import Site
from directory.engagement.shortlist import LIMIT, Shortlist
from directory.models import Listing
from directory.models.saved_program import LONGEST_NOTE
from directory.profiles.cards import for_cards, program_card
from directory.profiles.result_rows import Paperwork, paperwork
from directory.search.freshness import current
from directory.vocab import ListingState

Listings = Mapping[int, Listing]


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
    return _rows(mine, _listings(mine.programs) if mine.saved else {}, _papers(mine), problem)


def _papers(mine: Shortlist) -> Paperwork | None:
    return paperwork(current()) if mine.saved else None


def _rows(mine: Shortlist, listings: Listings, papers: Paperwork | None, problem: NoteProblem | None) -> list[SavedRow]:
    rows: list[SavedRow] = []
    there: set[int] = set()
    for each in mine.saved if papers else ():
        # Two programs that became one are one.
        if papers and (listing := listings.get(each.program)) and listing.program_id not in there:
            there.add(listing.program_id)
            card = program_card(listing, standing_as_of=papers.standings.as_of(listing))
            here = problem if problem and problem.slug == card["slug"] else None
            rows.append(SavedRow(listing, card, each.note, each.saved_at, off_list(listing), here))
    return rows


def listing_of(program: int, rows: Sequence[SavedRow]) -> Listing | None:
    """The row of a plan's program, from the saved ones where it stands there; else one query."""
    saved = next((row.listing for row in rows if row.listing.program_id == program), None)
    return saved or _listings([program]).get(program)


def shortlist_context(
    mine: Shortlist, problem: NoteProblem | None = None, *, planned: int | None = None
) -> dict[str, Any]:
    """What `careers/plan/saved.html` prints, and `listing`, the row of the program that is planned (None for none).

    The saved programs, the one that was taken off last and the planned one are read together.
    """
    there = {each.program for each in mine.saved}
    removed = mine.removed.program if mine.removed else None
    also = {program for program in (removed, planned) if program is not None}
    listings = _listings(there | also) if there | also else {}
    papers = _papers(mine)
    rows = _rows(mine, listings, papers, problem)
    return {
        "rows": rows,
        "gone": listings.get(removed) if removed and removed not in there else None,
        "limit": LIMIT,
        "room": LIMIT - len(rows),
        "longest_note": LONGEST_NOTE,
        "listing": listings.get(planned) if planned else None,
        **({"site": Site.of(papers.releases.values())} if papers else {}),
    }


def _listings(programs: Collection[int]) -> Listings:
    """Program -> its row, or that of the program which it became; one query, and one more only for such."""
    found = _read(programs)
    became = {pk: listing.program.merged_into_id for pk, listing in found.items() if listing.program.merged_into_id}
    if not became:
        return found
    others = {**found, **_read(set(became.values()) - found.keys())}
    return {pk: others[became.get(pk, pk)] for pk in found} | {pk: others[pk] for pk in became.values()}


def _read(programs: Collection[int]) -> dict[int, Listing]:
    found = for_cards(Listing.objects.filter(pk__in=programs)).select_related(
        "program__field", "school__release", "school__offerings_release", "school__eight_keys_release"
    )
    return {listing.program_id: listing for listing in found}


def off_list(listing: Listing) -> str:
    """Why a program is on the public lists no more, and what to do; "" while it is."""
    if listing.school.merged_into_id:
        return "It is listed as another school by now: look for its programs."
    if listing.school.is_closed:
        return f"{listing.school.get_status_display()}: look for another school."
    if listing.program.state == ListingState.LISTED:
        return ""
    return f"{listing.program.get_state_display()}: ask the school before you count on it."
