"""The exams that each program opens, kept as rows so that `leads_to` is an indexed filter."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone

from directory.eligibility.conditions import Need, Offer, Way, best
from directory.eligibility.standings import Record, standing
from directory.models import (
    Accreditation,
    AccreditationStatement,
    Certification,
    Condition,
    Opening,
    Program,
    Route,
    RuleSet,
)
from directory.vocab import Standing

PROGRAMS_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Exam:
    """A certification whose rules name at least one route."""

    pk: int
    cips: tuple[str, ...]
    ways: tuple[Way, ...]


def rebuild_openings(*, today: dt.date | None = None) -> int:
    """Bring the openings in line with rules and programs; returns how many there are.

    Only rows that differ are written. Belongs into a transaction.
    """
    today = today or timezone.localdate()
    exams = list(current_exams(today))
    total, last = 0, 0
    for offers in _offers(exams, today):
        wanted = {
            (offer.pk, exam.pk): (str(found.basis), found.route, found.condition)
            for offer in offers
            for exam in exams
            if offer.cip.startswith(exam.cips) and (found := best(exam.ways, offer))
        }
        _bring_in_line(Opening.objects.filter(program__gt=last, program__lte=offers[-1].pk), wanted)
        total, last = total + len(wanted), offers[-1].pk
    Opening.objects.filter(program__gt=last).delete()
    return total


Wanted = dict[tuple[int, int], tuple[str, int, int]]


def _bring_in_line(held: QuerySet[Opening], wanted: Wanted) -> None:
    """Make the openings of a run of programs those wanted: (program, exam) -> (basis, route, condition)."""
    keys = {
        (program, exam): (pk, (basis, route, condition))
        for pk, program, exam, basis, route, condition in held.order_by().values_list(
            "pk", "program", "certification", "basis", "route", "deciding_condition"
        )
    }
    stale = [pk for key, (pk, values) in keys.items() if wanted.get(key) != values]
    Opening.objects.filter(pk__in=stale).delete()
    missing = [key for key, values in wanted.items() if key not in keys or keys[key][1] != values]
    Opening.objects.bulk_create(
        [
            Opening(
                program_id=program,
                certification_id=exam,
                basis=wanted[program, exam][0],
                route_id=wanted[program, exam][1],
                deciding_condition_id=wanted[program, exam][2],
            )
            for program, exam in missing
        ],
        batch_size=500,
    )


def current_exams(today: dt.date) -> Iterator[Exam]:
    """Certifications with the routes that are in force on the day."""
    required = Prefetch("conditions", Condition.objects.filter(required=True).order_by("order"))
    routes = Prefetch("routes", Route.objects.order_by("order").prefetch_related(required))
    rules = Prefetch("rule_sets", rules_in_force(today).prefetch_related(routes))
    for certification in Certification.objects.prefetch_related(rules):
        current = next(iter(certification.rule_sets.all()), None)
        ways = tuple(Way(route.pk, _needs(route)) for route in current.routes.all()) if current else ()
        if ways and certification.related_cips:
            yield Exam(certification.pk, tuple(certification.related_cips), ways)


def rules_in_force(today: dt.date) -> QuerySet[RuleSet]:
    """Rule sets valid on the day, the latest first: a certification's first one is the one that counts."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    # NULL means "since ever"; databases differ in where they sort it.
    return RuleSet.objects.filter(begun & not_over).order_by(F("valid_from").desc(nulls_last=True), "-pk")


def _needs(route: Route) -> tuple[Need, ...]:
    return tuple(
        Need(
            pk=condition.pk,
            kind=condition.kind,
            confirmed=condition.confirmed,
            award_levels=frozenset(condition.award_levels),
            cips=tuple(condition.cips),
            agency=condition.agency_id,
        )
        for condition in route.conditions.all()
    )


def _offers(exams: Sequence[Exam], today: dt.date) -> Iterator[list[Offer]]:
    """Listed programs in the exams' fields, some at a time by their key, so that memory stays flat."""
    cips = sorted({cip for exam in exams for cip in exam.cips})
    agencies = {need.agency for exam in exams for way in exam.ways for need in way.needs if need.agency}
    listed = Program.objects.listed().of(cips).order_by("pk")
    columns = listed.values_list("pk", "field__cip", "award_level")
    last = 0
    while rows := list(columns.filter(pk__gt=last)[:PROGRAMS_AT_ONCE]):
        known = _standings(rows[0][0], rows[-1][0], agencies, today)
        yield [Offer(pk, cip, level, known.get(pk, {})) for pk, cip, level in rows]
        last = rows[-1][0]


def _standings(first: int, last: int, agencies: set[int], today: dt.date) -> dict[int, dict[int, Standing]]:
    """program -> agency -> standing, for the programs between two keys of which somebody says something."""
    here = {"program__gte": first, "program__lte": last, "agency__in": agencies}
    records: defaultdict[tuple[int, int], list[Record]] = defaultdict(list)
    for row in Accreditation.objects.filter(**here).only("program", "agency", "status", "checked_on", "ended_on"):
        records[row.program_id or 0, row.agency_id].append(Record(row.status, row.checked_on, row.ended_on))
    said = AccreditationStatement.objects.filter(positive=True, historical=False, **here)
    counts = said.order_by().values_list("program", "agency").annotate(pages=Count("pk"))
    pages = Counter({(program, agency): number for program, agency, number in counts})
    found: defaultdict[int, dict[int, Standing]] = defaultdict(dict)
    for program, agency in {*records, *pages}:
        found[program][agency] = standing(
            records[program, agency],
            pages[program, agency],
            today=today,
            review_days=settings.ACCREDITATION_REVIEW_DAYS,
        )
    return found
