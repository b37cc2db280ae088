"""Programs for a career, in the open order of the program list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from directory.filters.fields import MOST_CODES
from directory.filters.program import ProgramFilter
from directory.profiles.cards import program_card
from directory.profiles.program_list import points, question_points, why
from directory.profiles.result_rows import exams, paperwork, rows
from directory.search.table.answer import Answer, Hit
from directory.templatetags.figures import miles

SHOWN: Final = 5
#: What a reader may say about the place; everything else belongs to the program list.
TAKEN: Final = ("where", "within")


def place_asked(asked: QueryDict | None) -> ProgramFilter:
    """What `?where=` and `?within=` of a page say, as the program list reads them."""
    question = QueryDict(mutable=True)
    for name in TAKEN:
        if value := str(asked.get(name) or "") if asked else "":
            question[name] = value
    return ProgramFilter(question)


def recommended_part(cips: Sequence[str], chosen: ProgramFilter) -> dict[str, Any]:
    """{recommended}: the first programs of these fields in the open order, near the place if one is chosen; one query.

    `cips` in the order of their programs, most first: the address of the whole list names no more than it takes.
    """
    if not cips:
        return {"recommended": {}}
    fields = tuple(cips[:MOST_CODES])
    # The codes are ours: as a parameter each would be looked up first.
    answer = Answer(replace(chosen.question, cips=fields), chosen.snapshot.columns)
    address = chosen.asked.copy()
    address.setlist("cip", list(fields))
    return {
        "recommended": {
            "cards": _cards(chosen, answer.page(0, SHOWN)),
            "count": answer.count,
            "where": chosen.asked.get("where", ""),
            "place": chosen.place.label if chosen.place else "",
            "state": chosen.place.state if chosen.place else "",
            "errors": chosen.problems,
            "url": f"{reverse('program_list')}?{address.urlencode()}",
        }
    }


def _cards(chosen: ProgramFilter, hits: list[Hit]) -> list[dict[str, Any]]:
    """What the program list shows of them, each with its distance and the reason for its place."""
    if not hits:
        return []
    snapshot = chosen.snapshot
    found = {row.program_id: row for row in rows([hit.program for hit in hits], snapshot)}
    opened, papers = exams(hits, snapshot), paperwork(snapshot).standings
    cards = []
    for hit in hits:
        row = found.get(hit.program)
        if row is None:  # went away since the snapshot
            continue
        card = program_card(row, exams=opened[hit.program], standing_as_of=papers.as_of(row))
        card["distance"] = f" ({miles(hit.miles)} away)" if hit.miles is not None else ""
        card["why"] = why({**points(row), **question_points(chosen, hit)}, order=chosen.sort_key)
        cards.append(card)
    return cards
