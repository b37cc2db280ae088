"""The work that follows the fields that each exam is meant for, by the official crosswalk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from careers.models import FieldOccupation, Occupation
from directory.models import Certification


def work_by_exam(certifications: Iterable[Certification]) -> dict[str, list[Occupation]]:
    """Slug of a certification -> occupations in force; one query. Those that most of the exam's fields lead to come
    first, so that the jobs of the field stand before the managers of everything.

    What holds whatever fits nowhere else ("all other") is left out: it tells nothing of the one job in mind.
    """
    wanted = {each.slug: tuple(each.related_cips) for each in certifications}
    fields = reduce(or_, (Q(field__cip__startswith=cip) for cips in wanted.values() for cip in cips), Q(pk=None))
    links = FieldOccupation.objects.filter(fields, occupation__in_force=True).order_by("occupation", "field")
    found: dict[str, list[Occupation]] = {slug: [] for slug in wanted}
    for link in links.select_related("occupation", "field"):
        for slug, cips in wanted.items():
            if link.field.cip.startswith(cips) and not link.occupation.is_catch_all:
                found[slug].append(link.occupation)
    return {slug: sorted(Counter(links), key=_managers_last(Counter(links))) for slug, links in found.items()}


def _managers_last(links: Counter[Occupation]) -> Callable[[Occupation], tuple[bool, int]]:
    """Managers (SOC group 11) manage many trades, so they stand behind the work of the field itself."""
    return lambda work: (work.soc.startswith("11-"), -links[work])
