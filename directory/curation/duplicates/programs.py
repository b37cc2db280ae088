"""Programs of one school that may be one: the same title, the same page to enrol, or one that took over another.

Two official programs differ in field or award, so most pairs of a school are two; only what speaks for more is asked:
a title that is the same, a page that both give as their own, a program that staff entered, and one that the school
began to report in the year after it stopped reporting the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet

from directory.curation.duplicates.names import nearness
from directory.curation.duplicates.signs import Candidate, Sign, found
from directory.models import Program, ProgramFact
from directory.vocab import ListingState, Source

NEAR: Final = 0.8
#: One page that so many programs of a school give as their own is the page of a whole department.
MOST_OF_A_PAGE: Final = 4
BATCH: Final = 500
#: How much it says that two programs give the same page: a school has one page for all who apply more often than one
#: page for two programs.
OWN_PAGES: Final = {
    ProgramFact.Kind.PROGRAM_URL: Sign(60, "Both have the page"),
    ProgramFact.Kind.APPLY_URL: Sign(40, "Both send those who apply to"),
}


class Row(NamedTuple):
    """What of a program speaks for or against its being another one."""

    pk: int
    school: int
    cip: str
    family: str
    level: int
    title: str
    field_title: str
    state: str
    first_year: int
    last_year: int
    source: str

    @property
    def shown(self) -> str:
        return self.title or self.field_title


COLUMNS: Final = (
    *("pk", "school", "field__cip", "field__family", "award_level", "title", "field__title", "state"),
    *("first_year", "last_year", "release__source"),
)


def likely_programs() -> Iterator[Candidate]:
    """Pairs of programs of which enough speaks for their being one; a fixed number of queries, and no pair twice."""
    pages = _pages()
    pairs = {pair for group in (*pages.values(), *_titled(), *_taken_over()) for pair in combinations(sorted(group), 2)}
    rows = _rows({pk for pair in pairs for pk in pair})
    shared: defaultdict[tuple[int, int], list[Sign]] = defaultdict(list)
    for (_, kind, address), group in pages.items():
        points, words = OWN_PAGES[ProgramFact.Kind(kind)]
        for pair in combinations(sorted(group), 2):
            shared[pair].append(Sign(points, f"{words} {address}"))
    for one, other in sorted(pairs):
        if one in rows and other in rows:
            yield from found(one, other, _signs(rows[one], rows[other], shared[one, other]))


def _standing() -> QuerySet[Program]:
    return Program.objects.filter(merged_into=None).order_by()


def _pages() -> dict[tuple[int, str, str], set[int]]:
    """School, kind and address of a page -> the programs that give it."""
    facts = (
        ProgramFact.objects.filter(kind__in=list(OWN_PAGES), program__merged_into=None).exclude(value="").order_by("pk")
    )
    groups: defaultdict[tuple[int, str, str], set[int]] = defaultdict(set)
    for program, school, kind, address in facts.values_list("program", "program__school", "kind", "value"):
        groups[school, kind, address.rstrip("/").lower()].add(program)
    return {key: group for key, group in groups.items() if 1 < len(group) <= MOST_OF_A_PAGE}


def _titled() -> Iterator[set[int]]:
    """Programs of one school, field family and award of which one has a title of its own or was entered by staff."""
    ours = _standing().filter(~Q(title="") | Q(release__source=Source.STAFF))
    places = set(ours.values_list("school", "field__family", "award_level"))
    schools = sorted({school for school, _, _ in places})
    groups: defaultdict[tuple[Any, ...], set[int]] = defaultdict(set)
    for start in range(0, len(schools), BATCH):
        near = _standing().filter(school__in=schools[start : start + BATCH])
        for pk, *of in near.values_list("pk", "school", "field__family", "award_level"):
            place: tuple[Any, ...] = tuple(of)
            if place in places:
                groups[place].add(pk)
    for group in groups.values():
        special = set(ours.filter(pk__in=group).values_list("pk", flat=True)) if len(group) > 1 else set()
        yield from ({one, other} for one in special for other in group if one != other)


def _taken_over() -> Iterator[set[int]]:
    """Of one school, family and award: one that is reported no more, and one that began in the year after."""
    ended = _standing().filter(state=ListingState.NOT_REPORTED)
    began = Program.objects.filter(merged_into=None, state=ListingState.LISTED)
    columns = ("school", "field__family", "award_level", "pk")
    places: defaultdict[tuple[int, str, int, int], set[int]] = defaultdict(set)
    for school, family, level, pk, last in ended.values_list(*columns, "last_year"):
        places[school, family, level, last + 1].add(pk)
    schools = sorted({place[0] for place in places})
    for start in range(0, len(schools), BATCH):
        later = began.filter(school__in=schools[start : start + BATCH])
        for school, family, level, pk, first in later.order_by().values_list(*columns, "first_year"):
            yield from ({pk, before} for before in places.get((school, family, level, first), ()))


def _rows(keys: Iterable[int]) -> dict[int, Row]:
    held, wanted = {}, sorted(keys)
    for start in range(0, len(wanted), BATCH):
        for each in Program.objects.filter(pk__in=wanted[start : start + BATCH]).order_by().values_list(*COLUMNS):
            held[each[0]] = Row(*each)
    return held


def _signs(one: Row, other: Row, pages: Iterable[Sign]) -> Iterator[Sign]:
    near = nearness(one.shown, other.shown)
    if near == 1:
        yield Sign(45, f"Both are called “{one.shown}”")
    elif near >= NEAR:
        yield Sign(30, f"Their titles are nearly the same: “{one.shown}” and “{other.shown}”")
    yield from pages
    if one.family == other.family:
        yield Sign(10, f"Both are in the field {one.family}")
    if one.level == other.level:
        yield Sign(10, "Both lead to the same award")
    else:
        yield Sign(-30, "They lead to different awards")
    by_staff = [row for row in (one, other) if row.source == Source.STAFF]
    if len(by_staff) == 1:
        yield Sign(20, f"Staff entered “{by_staff[0].shown}”, and an official file names the other")
    for before, after in ((one, other), (other, one)):
        ended = before.state == ListingState.NOT_REPORTED and after.state == ListingState.LISTED
        if ended and before.last_year + 1 == after.first_year:
            words = f"The school stopped reporting {before.cip} and began with {after.cip} in the year after"
            yield Sign(35, words)
    if one.state == other.state == ListingState.LISTED and one.source == other.source != Source.STAFF:
        yield Sign(-20, "The school reports both in the same year")
