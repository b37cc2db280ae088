"""Programs like one: those near by, those that cost less and those after which the same exam opens.

The search table answers, as it answers the program list, so that each number here is the number of the list that its
link leads to. Two queries, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from directory.figures import Figure
from directory.models import Listing, Opening, Program
from directory.profiles.figures import price_label, program_price
from directory.profiles.program_exams import depends_on_program
from directory.profiles.result_rows import ListingRow, exams, rows
from directory.profiles.state import programs_url
from directory.search.freshness import Snapshot, current
from directory.search.places import Place, UnknownPlace, find_place
from directory.search.table.answer import Answer, Hit
from directory.search.table.columns import Columns
from directory.search.table.matching import distances
from directory.search.table.question import Circle, Question
from directory.templatetags.figures import amount, miles
from directory.vocab import STATES, LevelGroup, Unit

#: The widest circle of the list: a degree in health information is not taught in every county.
WITHIN: Final = 250
OF_EACH: Final = 3
NO_POINT: Final = "Type a ZIP code or a city: a state has no point to count from."


class Like(NamedTuple):
    """One program like it, and in words how it is like it or better."""

    title: str
    slug: str
    url: str
    school: str
    place: str
    price: Figure
    price_label: str
    reasons: list[str]


class Way(NamedTuple):
    """The whole list of one kind, `total` programs, this one among them where it fits."""

    label: str
    url: str
    total: int


@dataclass(frozen=True, slots=True)
class Similar:
    """What the page shows. `typed` is the reader's place as it came, `problem` why it could not be read."""

    likes: list[Like]
    ways: list[Way]
    near: str
    typed: str = ""
    problem: str = ""
    own_distance: str = ""


def similar(program: Program, openings: Iterable[Opening], *, where: str = "") -> Similar:
    """Programs of the same award, counted from the reader's place or else from the school.

    `program` comes from `for_program_page`, `openings` are its own with certification and deciding condition.
    """
    snapshot = current()
    place, problem = _readers_place(where, snapshot) if where.strip() else (None, "")
    typed = where.strip() if place else ""
    middle, said = (place, typed) if place else _middle(program, snapshot)
    search = _Search(program.listing, middle, said, snapshot)
    exam = _rarest_exam(openings, snapshot.columns)
    family, price = program.field.family, program.listing.price
    asked = [search.ask(f"{search.award} programs in these fields", cip=family)]
    if price:
        asked.append(search.ask("Cheaper ones", cip=family, max_price=price - 1))
    if exam:
        asked.append(search.ask(f"All that open the {exam.certification.acronym}", leads_to=exam.certification.slug))
    hits = _chosen([each.answer for each in asked], but=program.pk)
    own = _own_miles(search, program, snapshot.columns)
    return Similar(
        likes=_likes(hits, program, exam, snapshot, near=typed, own=own),
        ways=[Way(each.label, each.url, each.answer.count) for each in asked if _has_others(each.answer, program.pk)],
        near=place.label if place else "",
        typed=where,
        problem=problem,
        own_distance=miles(own) if place else "",
    )


class Asked(NamedTuple):
    label: str
    answer: Answer
    url: str


class _Search:
    """The same question in the words of the search table and in those of the list's address."""

    def __init__(self, listing: Listing, middle: Place, said: str, snapshot: Snapshot) -> None:
        self._columns, self._said, self._level = snapshot.columns, said, listing.level
        self.circle = (
            Circle(middle.latitude, middle.longitude, WITHIN)
            if middle.latitude is not None and middle.longitude is not None
            else None
        )
        self._base = Question(
            facets={"level": (listing.level,)},
            circle=self.circle,
            usps="" if self.circle else middle.state,
            order="distance" if self.circle else "relevance",
        )
        self.award = str(LevelGroup(listing.level).label)
        self._around = f"within {WITHIN} miles of {said}" if self.circle else f"in {STATES[middle.state]}"

    def ask(self, label: str, *, cip: str = "", leads_to: str = "", max_price: int | None = None) -> Asked:
        """The answer of the search table, and the address of the list that gives the same."""
        facets = {**self._base.facets, **({"leads_to": (leads_to,)} if leads_to else {})}
        question = replace(self._base, facets=facets, cips=(cip,) if cip else (), max_price=max_price)
        around = {"where": self._said, "within": str(WITHIN)} if self.circle else {"where": self._base.usps}
        chosen = {"cip": cip, "leads_to": leads_to, "max_price": "" if max_price is None else str(max_price)}
        parameters = {"level": self._level, **{name: value for name, value in chosen.items() if value}, **around}
        return Asked(f"{label} {self._around}", Answer(question, self._columns), programs_url(**parameters))


# --- from where ------------------------------------------------------------------------------------


def _readers_place(where: str, snapshot: Snapshot) -> tuple[Place | None, str]:
    """The place, or None and what is wrong with it in words."""
    try:
        found = find_place(where, snapshot.vocabulary.gazetteer)
    except UnknownPlace as wrong:
        return None, str(wrong)
    return (found, "") if found.is_point else (None, NO_POINT)


def _middle(program: Program, snapshot: Snapshot) -> tuple[Place, str]:
    """The school's ZIP code as the list understands it, else its city, else its state."""
    school, gazetteer = program.school, snapshot.vocabulary.gazetteer
    for said in (school.zip_code[:5], f"{school.city}, {school.state}"):
        try:
            found = find_place(said, gazetteer)
        except UnknownPlace:
            continue
        if found.is_point:
            return found, said
    return Place(STATES[school.state], school.state), school.state


def _own_miles(search: _Search, program: Program, columns: Columns) -> float | None:
    at = columns.schools.position.get(program.school_id)
    if search.circle is None or at is None:
        return None
    far = float(distances(search.circle, columns)[at])
    return None if far != far else far  # NaN: a school without a point


# --- what ------------------------------------------------------------------------------------------


def _rarest_exam(openings: Iterable[Opening], columns: Columns) -> Opening | None:
    """Of the exams that open because of the program the one that the fewest others open; None without one."""
    counts = dict(zip(columns.certifications, columns.everything @ columns.combinations.opens, strict=True))
    because = [each for each in openings if depends_on_program(each) and each.certification.slug in counts]
    return min(because, key=lambda each: (counts[each.certification.slug], each.certification.slug), default=None)


def _chosen(answers: Iterable[Answer], *, but: int) -> list[Hit]:
    """The first of each answer, each program once, nearest first."""
    found: dict[int, Hit] = {}
    for answer in answers:
        others = [hit for hit in answer.page(0, OF_EACH + 1) if hit.program != but]
        found |= {hit.program: hit for hit in others[:OF_EACH]}
    return sorted(found.values(), key=lambda hit: (hit.miles is None, hit.miles or 0, hit.program))


def _has_others(answer: Answer, program: int) -> bool:
    return any(hit.program != program for hit in answer.page(0, 2))


def _likes(
    hits: Sequence[Hit], program: Program, exam: Opening | None, snapshot: Snapshot, *, near: str, own: float | None
) -> list[Like]:
    read = {row.program_id: row for row in rows([hit.program for hit in hits], snapshot)} if hits else {}
    opened = exams(hits, snapshot)
    shown = []
    for hit in hits:
        row = read.get(hit.program)
        if row is None:
            continue  # gone since the table was read
        basis = {each.label: each.basis for each in opened[hit.program]}
        reasons = [
            _distance(hit, near, own),
            _saving(row, program.listing),
            _same_exam(exam, basis),
        ]
        shown.append(
            Like(
                title=row.title,
                slug=row.program.slug,
                url=row.program.get_absolute_url(),
                school=row.school_name,
                place=f"{row.school.city}, {row.state}",
                price=program_price(row),
                price_label=price_label(row),
                reasons=[reason for reason in reasons if reason],
            )
        )
    return shown


def _distance(hit: Hit, near: str, own: float | None) -> str:
    if hit.miles is None:
        return ""
    if not near:
        return "At the same place" if hit.miles < 1 else f"{miles(hit.miles)} from here"
    nearer = f", nearer than this one ({miles(own)})" if own is not None and hit.miles < own - 1 else ""
    return f"{miles(hit.miles)} from {near}{nearer}"


def _saving(row: ListingRow, listing: Listing) -> str:
    """How much less it costs; an estimate and a published price are told apart."""
    if row.price is None or listing.price is None or row.price >= listing.price:
        return ""
    less = f"{amount(listing.price - row.price, Unit.USD)} less"
    alike = row.price_level == listing.price_level
    return less if alike else f"{less}, though one of the two prices is an estimate"


def _same_exam(exam: Opening | None, basis: Mapping[str, str]) -> str:
    if exam is None or exam.certification.acronym not in basis:
        return ""
    acronym = exam.certification.acronym
    said = "" if basis[acronym] == "confirmed" else " (stated, not confirmed)"
    return f"Opens the {acronym} too{said}"
