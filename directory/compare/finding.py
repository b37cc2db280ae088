"""What else could stand in the table: what the reader looks for, and programs like the first one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import BooleanField, Case, Q, Value, When
from django.http import QueryDict
from django.urls import reverse

from directory.compare.asked import MOST, SCHOOL, Asked
from directory.filters.program import ProgramFilter
from directory.filters.query_string import address
from directory.filters.school import SchoolFilter
from directory.models import Listing, Program, School
from directory.profiles.result_rows import rows
from directory.templatetags.levels import level_class, level_tab

SHOWN: Final = 6
SUGGESTED: Final = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be added: `add` is the address with it at the end, "" where it stands already."""

    title: str
    url: str
    where: str
    add: str
    level: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text finds: the first few, how many in all, and the list that has all of them."""

    text: str
    candidates: Sequence[Candidate] = ()
    count: int = 0
    all_url: str = ""
    problems: Sequence[str] = ()


def find(asked: Asked, slugs: Sequence[str]) -> Found | None:
    """What the text in the address finds, read as the list reads it; None without a text, or without room."""
    if not asked.find or len(slugs) >= MOST:
        return None
    data = QueryDict(mutable=True)
    data["q"] = asked.find
    return _find_schools(asked, slugs, data) if asked.kind == SCHOOL else _find_programs(asked, slugs, data)


def _find_programs(asked: Asked, slugs: Sequence[str], data: QueryDict) -> Found:
    chosen = ProgramFilter(data)
    hits = chosen.answer.page(0, SHOWN)
    found = {row.program_id: row for row in rows([hit.program for hit in hits], chosen.snapshot)} if hits else {}
    candidates = [
        Candidate(
            title=row.title,
            url=row.program.get_absolute_url(),
            where=f"{row.school_name}, {row.school.city}, {row.state}",
            add=_with(asked, slugs, row.program.slug),
            level=level_tab(row.level),
            css=level_class(row.level),
        )
        for hit in hits
        if (row := found.get(hit.program))
    ]
    all_url = f"{reverse('program_list')}{address(data)}"
    return Found(asked.find, candidates, chosen.count, all_url, tuple(chosen.problems.get("q", ())))


def _find_schools(asked: Asked, slugs: Sequence[str], data: QueryDict) -> Found:
    chosen = SchoolFilter(data, School.objects.listed())
    candidates = [
        Candidate(
            title=school.name,
            url=school.get_absolute_url(),
            where=f"{school.city}, {school.state}",
            add=_with(asked, slugs, school.slug),
        )
        for school in chosen.qs[:SHOWN]
    ]
    all_url = f"{reverse('school_list')}{address(data)}"
    return Found(asked.find, candidates, chosen.qs.count(), all_url, tuple(chosen.problems.get("q", ())))


def suggested(asked: Asked, programs: Sequence[Program]) -> list[Candidate]:
    """Listed programs of the first one's field and award elsewhere, its own state first; one query, or none when
    the table is full."""
    if not programs or len(programs) >= MOST:
        return []
    first, slugs = programs[0], [each.slug for each in programs]
    near = Case(When(Q(state=first.school.state), then=Value(True)), default=False, output_field=BooleanField())
    alike = Listing.objects.listed().filter(cip=first.listing.cip, level=first.listing.level)
    others = alike.exclude(school__in={each.school_id for each in programs}).annotate(near=near)
    chosen = others.select_related("program", "school").order_by("-near", "-rank_points", "pk")[:SUGGESTED]
    return [
        Candidate(
            title=listing.title,
            url=listing.program.get_absolute_url(),
            where=f"{listing.school_name}, {listing.school.city}, {listing.state}",
            add=asked.address([*slugs, listing.program.slug]),
            level=level_tab(listing.level),
            css=level_class(listing.level),
        )
        for listing in chosen
    ]


def _with(asked: Asked, slugs: Sequence[str], slug: str) -> str:
    return "" if slug in slugs else asked.address([*slugs, slug])
