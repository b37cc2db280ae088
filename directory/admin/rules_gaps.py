"""What rules would lack after a deletion, or lack still although they are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils import timezone

from directory.admin.rules_draft import Draft
from directory.eligibility.checks import day, is_unfinished
from directory.models import Certification, Condition


def unfinished(draft: Draft | None) -> Iterator[str]:
    """A sentence for each route that still requires nothing and may, because its rules have yet to begin."""
    if draft is None:
        return
    for _, exam in draft.touched:
        for rules in exam.rule_sets:
            for route in rules.routes:
                if rules.valid_from and is_unfinished(route) and rules.pk in draft.rule_sets:
                    yield (
                        f"Route {route.code} of {exam.acronym} has no required condition yet. "
                        f"Until it has one it says nothing, also after {day(rules.valid_from)}, when its rules begin."
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
