"""The cards of a page of results: made once for each program, filled anew for each question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from directory.filters.program import ProgramFilter
from directory.profiles.cards import program_cards
from directory.profiles.program_list import Results, listings_of, points, question_points, why
from directory.profiles.store import Store
from directory.search.table.answer import Hit
from directory.templatetags.figures import miles
from directory.views.stencil import Stencil, stencil

#: Some three kilobytes each, in every worker.
KEPT = 3_000


class Made(NamedTuple):
    """A card but for what depends on the question, and the points of its program."""

    slug: str
    stencil: Stencil
    points: dict[str, float]


def _make(programs: Sequence[int]) -> dict[int, Made]:
    listings = listings_of(programs)
    return {
        listing.program_id: Made(
            card["slug"],
            Stencil("directory/program_result.html", ("distance", "why"), {"card": card, "id": card["slug"]}),
            points(listing),
        )
        for listing, card in zip(listings, program_cards(listings), strict=True)
    }


store: Store[Made] = Store(_make, size=KEPT)


def result_cards(chosen: ProgramFilter, found: Results) -> SafeString:
    """The list items of a page of results."""
    made = store.of(found.programs, chosen.snapshot)
    items = [_item(chosen, hit, made[hit.program]) for hit in found.hits if hit.program in made]
    return mark_safe("".join(items))  # noqa: S308 - stencils of our own templates


def _item(chosen: ProgramFilter, hit: Hit, card: Made) -> str:
    parts = {**card.points, **question_points(chosen, hit)}
    return card.stencil.fill(distance=_distance(hit), why=why(parts, order=chosen.sort_key))


def _distance(hit: Hit) -> str:
    if hit.miles is None:
        return "" if hit.near else _elsewhere()
    far = stencil("partials/card_distance.html", ("miles",)).fill(miles=miles(hit.miles))
    return far if hit.near else far + _elsewhere()


def _elsewhere() -> str:
    return stencil("partials/card_elsewhere.html").fill()
