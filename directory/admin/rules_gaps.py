"""What rules would lack after a deletion, or lack still although they are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from directory.admin.rules_draft import Draft
from directory.eligibility import rules
from directory.eligibility.checks import day, is_unfinished
from directory.eligibility.circles import Circle, circles
from directory.eligibility.reader import exam_rules
from directory.models import Certification, Condition, Route, RuleSet


def unfinished(draft: Draft | None) -> Iterator[str]:
    """A sentence for each route that still requires nothing and may, because its rules have yet to begin."""
    if draft is None:
        return
    for _, exam in draft.touched:
        for each in exam.rule_sets:
            for route in each.routes:
                if each.valid_from and is_unfinished(route) and each.pk in draft.rule_sets:
                    yield (
                        f"Route {route.code} of {exam.acronym} has no required condition yet. "
                        f"Until it has one it says nothing, also after {day(each.valid_from)}, when its rules begin."
                    )


def emptied_routes(conditions: Iterable[Condition]) -> list[str]:
    """A sentence for each route that would require nothing without these conditions, although its rules have begun."""
    gone: defaultdict[int, set[int]] = defaultdict(set)
    for each in conditions:
        gone[each.route_id].add(each.pk)
    left = Condition.objects.filter(route__in=gone, required=True).exclude(pk__in=set().union(*gone.values()))
    empty = set(gone) - set(left.values_list("route", flat=True))
    found = Condition.objects.filter(route__in=empty, required=True).select_related("route__rule_set__certification")
    today = timezone.localdate()
    return sorted(
        {
            f"Route {route.code} of {route.rule_set.certification} would require nothing: delete the route itself."
            for route in (each.route for each in found)
            if route.rule_set.valid_from is None or route.rule_set.valid_from <= today
        }
    )


def closed_circles(objects: Iterable[Any]) -> list[str]:
    """A sentence for each circle of exams that there would be without these parts of the rules, and is not yet."""
    gone: defaultdict[type, set[int]] = defaultdict(set)
    for each in objects:
        gone[type(each)].add(each.pk)
    before = exam_rules()
    slugs = set(Certification.objects.filter(pk__in=gone[Certification]).values_list("slug", flat=True))
    after = [_without(exam, gone, slugs) for exam in before if exam.slug not in slugs]
    held = circles(before)
    new: dict[frozenset[str], Circle] = {}  # once each, from the first of its exams
    for slug, ring in circles(after).items():
        if slug not in held:
            new.setdefault(frozenset(ring.way), ring)
    return [f"{ring.in_words(after)} Change the rules of one of them first." for ring in new.values()]


def _without(exam: rules.ExamRules, gone: Mapping[type, set[int]], slugs: set[str]) -> rules.ExamRules:
    """The exam without what goes; a condition that names an exam that goes asks for the others."""

    def left(route: rules.Route) -> rules.Route:
        conditions = (each for each in route.conditions if each.pk not in gone[Condition])
        return replace(
            route, conditions=tuple(replace(each, credentials=each.credentials - slugs) for each in conditions)
        )

    rule_sets = (each for each in exam.rule_sets if each.pk not in gone[RuleSet])
    return replace(
        exam,
        rule_sets=tuple(
            replace(each, routes=tuple(left(route) for route in each.routes if route.pk not in gone[Route]))
            for each in rule_sets
        ),
    )


def emptied_conditions(certifications: Iterable[Certification]) -> list[str]:
    """A sentence for each condition of another exam that names these certifications and no further one."""
    gone = {each.pk for each in certifications}
    named = Condition.objects.filter(credentials__in=gone).exclude(route__rule_set__certification__in=gone)
    rows = named.distinct().select_related("route__rule_set__certification").prefetch_related("credentials")
    return [
        f"Route {row.route.code} of {row.route.rule_set.certification} asks for it: “{row.text}”. Change that first."
        for row in rows
        if {each.pk for each in row.credentials.all()} <= gone
    ]
