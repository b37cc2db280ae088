"""The facts of a program that a reader is told about when they change, and the change in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any, Final

from directory.links import may_leave, ways
from directory.models import Program, ProgramFact
from directory.vocab import GoKind, ListingState, Standing

#: What stands in the state of a program whose school has closed, whatever its own state.
CLOSED: Final = ListingState.SCHOOL_CLOSED.value
#: Longer statements are compared whole and told by their beginning.
SHOWN: Final = 160


@dataclass(frozen=True, slots=True)
class Facts:
    """One program on one day: `price` in dollars or None, `starts` the school's words or "", `link` a URL or "".

    `answers` is False while nobody answers at the link.
    """

    price: int | None
    standing: str
    starts: str
    link: str
    state: str
    answers: bool = True

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def facts_of(programs: Collection[int]) -> dict[int, Facts]:
    """Program -> its facts today; two queries. A program that is no longer on file is left out."""
    own: defaultdict[int, list[ProgramFact]] = defaultdict(list)
    kinds = (ProgramFact.Kind.START_DATES, ProgramFact.Kind.PROGRAM_URL, ProgramFact.Kind.APPLY_URL)
    for fact in ProgramFact.objects.filter(program__in=programs, kind__in=kinds).order_by("pk"):
        own[fact.program_id].append(fact)
    rows = Program.objects.filter(pk__in=programs, listing__isnull=False).select_related("school", "listing")
    return {program.pk: _facts(program, own[program.pk]) for program in rows}


def _facts(program: Program, own: list[ProgramFact]) -> Facts:
    starts = sorted({fact.value for fact in own if fact.kind == ProgramFact.Kind.START_DATES and fact.value})
    link, answers = "", True
    if may_leave(program.school, program):
        known = ways(program.school, own)
        way = next((known[kind] for kind in (GoKind.APPLY, GoKind.PROGRAM) if kind in known), None)
        link, answers = (way.url, way.silent_on is None) if way else ("", True)
    listing = program.listing
    state = CLOSED if program.school.is_closed else program.state
    return Facts(listing.price, listing.standing, "; ".join(starts), link, state, answers)


def read_kept(kept: dict[str, Any]) -> Facts:
    """The facts that a row holds; what it does not name counts as unknown."""
    return Facts(
        kept.get("price"), kept.get("standing", ""), kept.get("starts", ""), kept.get("link", ""),
        kept.get("state", ""), kept.get("answers", True),
    )  # fmt: skip


def differences(before: Facts, now: Facts) -> list[str]:
    """What changed, a sentence each; empty when nothing did."""
    if now.state != before.state:
        if now.state == ListingState.LISTED:
            return ["It is back on the list.", *_changed(before, now)]
        return [f"It left the list: {ListingState(now.state).label.lower()}."]
    return _changed(before, now)


def _changed(before: Facts, now: Facts) -> list[str]:
    found = []
    if before.price != now.price:
        found.append(f"Price: {dollars(now.price)}. It was {dollars(before.price)}.")
    if before.standing != now.standing:
        found.append(f"Accreditation: {standing(now.standing)}. It was {standing(before.standing)}.")
    if before.starts != now.starts:
        found.append(f"Start dates: {_words(now.starts)}. They were {_words(before.starts)}.")
    if before.link != now.link:
        found.append("The link to apply leads to another page now." if now.link else "There is no link to apply now.")
    if now.link and not now.answers and (before.answers or before.link != now.link):
        found.append("The school’s page to apply does not answer. We send nobody there and look again.")
    elif now.answers and not before.answers and before.link == now.link:
        found.append("The school’s page to apply answers again.")
    return found


def dollars(price: int | None) -> str:
    return "not known" if price is None else f"${price:,}"


def standing(value: str) -> str:
    """The standing in words."""
    return str(Standing(value).label) if value in Standing.values else "Not known"


def _words(text: str) -> str:
    short = text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"
    return f"“{short}”" if text else "not known"
