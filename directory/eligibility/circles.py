"""Credentials that need one another, so that nobody could ever get the first of them. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from directory.eligibility.checks import day
from directory.eligibility.rules import ExamRules, Kind, Route

A_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Circle:
    """An exam that nobody could reach, from a day on (None: since ever), and the way that leads back into itself."""

    exam: str
    since: dt.date | None
    way: tuple[str, ...]  # slugs; the last of them stands in it before

    def in_words(self, exams: Sequence[ExamRules]) -> str:
        names = {exam.slug: exam.acronym for exam in exams}
        way = " → ".join(names[slug] for slug in self.way)
        when = f" from {day(self.since)} on" if self.since else ""
        return f"This goes in a circle{when}: {way}. Every route of each needs the next, so nobody could ever get one."


def circles(exams: Sequence[ExamRules]) -> dict[str, Circle]:
    """Slug -> its circle, for every exam of which no route can ever be gone, on the first day when that is so.

    A route needs one credential of each of its credential conditions that are required. An exam without routes, or
    with unfinished ones only, hinders nobody: its rule is not known.
    """
    found: dict[str, Circle] = {}
    for since in _turns(exams):
        routes = {exam.slug: _routes(exam, since) for exam in exams}
        reached = _reached(routes)
        for slug in routes:
            if slug not in reached and slug not in found:
                found[slug] = Circle(slug, since, _way(slug, routes, reached))
    return found


def _turns(exams: Sequence[ExamRules]) -> list[dt.date | None]:
    """The days on which other rules begin to hold, the time before all of them first."""
    starts = {rules.valid_from for exam in exams for rules in exam.rule_sets if rules.valid_from}
    last = {rules.valid_to for exam in exams for rules in exam.rule_sets if rules.valid_to}
    ends = {end + A_DAY for end in last if end < dt.date.max}
    return [None, *sorted(starts | ends)]


def _routes(exam: ExamRules, on: dt.date | None) -> list[Route]:
    rules = exam.on(on or dt.date.min)
    return [route for route in rules.routes if route.required] if rules else []


def _needs(route: Route) -> list[frozenset[str]]:
    """What a route asks for: one of each of these."""
    return [each.credentials for each in route.required if each.kind == Kind.CREDENTIAL and each.credentials]


def _reached(routes: Mapping[str, Sequence[Route]]) -> set[str]:
    """The exams that somebody can reach who holds nothing, and what conditions name beside any exam."""
    named = {slug for ways in routes.values() for way in ways for need in _needs(way) for slug in need}
    reached = named - set(routes)  # another's mistake; it closes no circle
    reached |= {slug for slug, ways in routes.items() if not ways}
    while more := {slug for slug, ways in routes.items() if slug not in reached and _open(ways, reached)}:
        reached |= more
    return reached


def _open(ways: Sequence[Route], reached: set[str]) -> bool:
    return any(all(need & reached for need in _needs(way)) for way in ways)


def _way(slug: str, routes: Mapping[str, Sequence[Route]], reached: set[str]) -> tuple[str, ...]:
    """From an exam to the next that it needs, until one comes again."""
    way = [slug]
    while way[-1] not in way[:-1]:
        first = routes[way[-1]][0]
        way.append(min(next(need for need in _needs(first) if not need & reached)))
    return tuple(way)
