"""The cards of a page of results: put together once for each program, filled anew for each question.

Cards differ in words and figures, but few differ in form: the same award, the same exams, the same badge. Each form is
a stencil of the one card template, shared by all cards that have it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from html import escape
from typing import Any, Final, NamedTuple

from django.utils.safestring import SafeString, mark_safe

from directory.figures import Figure
from directory.filters.program import ProgramFilter
from directory.profiles.cards import Exam, program_card
from directory.profiles.program_list import Results, points, question_points, why
from directory.profiles.result_rows import exams, paperwork, rows
from directory.profiles.store import Store
from directory.search.freshness import Snapshot, current
from directory.search.table.answer import Answer, Hit
from directory.search.table.question import Question
from directory.templatetags.badges import accreditation_badge
from directory.templatetags.figures import miles, show
from directory.templatetags.shortlist import button
from directory.views.stencil import Stencil, stencil

#: Some three kilobytes each, in every worker: all cards of what ships, and the first ones of a larger site.
KEPT: Final = 4_000
AT_ONCE: Final = 100
#: What differs from card to card, and what differs only in form. The rest of the template is the same for all.
WORDS: Final = ("title", "url", "school_name", "school_url", "city", "state")
FIGURES: Final = ("price", "completions", "earnings")
FORM: Final = (
    "level_class",
    "level_label",
    "length_label",
    "length_source",
    "price_label",
    "delivery_label",
    "delivery_source",
)
HOLES: Final = ("slug", *WORDS, *FIGURES, "badge", "distance", "why", "save")
#: Where a finished card is cut, in the order of the template: at the distance, the reason and the Save button.
CUT: Final = "\ue002"  # private use again
Points = tuple[tuple[str, float], ...]


class Made(NamedTuple):
    """A card, cut where the distance, the reason for its place and the Save button go, with the words for all but
    the reader's own: the two faces of the button, and the points of its program.
    """

    head: str
    middle: str
    foot: str
    tail: str
    save: str
    saved: str
    points: Points


def _make(hits: Sequence[Hit], snapshot: Snapshot) -> dict[int, Made]:
    opened, papers = exams(hits, snapshot), paperwork(snapshot).standings
    made = {}
    for row in rows([hit.program for hit in hits], snapshot):
        card = program_card(row, exams=opened[row.program_id], standing_as_of=papers.as_of(row))
        words = {name: escape(card[name]) for name in ("slug", *WORDS)}
        words |= {name: _figure(card[name]) for name in FIGURES}
        words["badge"] = _badge(row.standing, card["accreditation"]["as_of"])
        form = _form(tuple(card[name] for name in FORM), opened[row.program_id])
        head, middle, foot, tail = form.fill(**words, distance=CUT, why=CUT, save=CUT).split(CUT)
        save, saved = (
            button(card["slug"], saved=is_so, described_by=f"card-{card['slug']}") for is_so in (False, True)
        )
        made[row.program_id] = Made(head, middle, foot, tail, save, saved, tuple(points(row).items()))
    return made


@lru_cache(maxsize=4_096)
def _figure(figure: Figure) -> SafeString:
    """Programs of one school share their prices, and thousands share a reason for having none."""
    return show(figure)


def _button(slug: str, *, saved: bool) -> SafeString:
    return button(slug, saved=saved, described_by=f"card-{slug}")


@lru_cache(maxsize=1_024)
def _badge(status: str, as_of: Any) -> SafeString:
    return accreditation_badge(status=status, as_of=as_of)


@lru_cache(maxsize=2_048)
def _form(form: tuple[str, ...], opened: tuple[Exam, ...]) -> Stencil:
    holes = {name: Stencil.hole(name) for name in HOLES}
    card: dict[str, Any] = {**dict(zip(FORM, form, strict=True)), **holes, "leads_to": opened}
    return Stencil("directory/program_result.html", HOLES, {"card": card, "id": holes["slug"]})


store: Store[Made] = Store(_make, size=KEPT)


def result_cards(chosen: ProgramFilter, found: Results, saved: Collection[int] = ()) -> SafeString:
    """The list items of a page of results; `saved` are the keys of the programs that the reader has saved."""
    made = store.of(found.hits, chosen.snapshot)
    items = [_item(chosen, hit, made[hit.program], saved) for hit in found.hits if hit.program in made]
    return mark_safe("".join(items))  # noqa: S308 - stencils of our own templates


def warm() -> None:
    """Make the cards that stand first without a question: all of them on a small site."""
    snapshot = current()
    everything = Answer(Question(), snapshot.columns)
    for start in range(0, min(KEPT, everything.count), AT_ONCE):
        store.of(everything.page(start, start + AT_ONCE), snapshot)


def _item(chosen: ProgramFilter, hit: Hit, card: Made, saved: Collection[int]) -> str:
    asked = tuple(question_points(chosen, hit).items())
    reason = _why(card.points, asked, chosen.sort_key)
    face = card.saved if hit.program in saved else card.save
    return f"{card.head}{_distance(hit)}{card.middle}{reason}{card.foot}{face}{card.tail}"


@lru_cache(maxsize=4_096)
def _why(own: Points, asked: Points, order: str) -> str:
    """Many programs have the same points, and the words for them take as long as the rest of the card."""
    return why(dict((*own, *asked)), order=order)


def _distance(hit: Hit) -> str:
    if hit.miles is None:
        return "" if hit.near else _elsewhere()
    far = stencil("partials/card_distance.html", ("miles",)).fill(miles=miles(hit.miles))
    return far if hit.near else far + _elsewhere()


def _elsewhere() -> str:
    return stencil("partials/card_elsewhere.html").fill()
