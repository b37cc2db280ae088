"""The exams that each program opens, kept as rows so that `leads_to` is an indexed filter."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from directory.eligibility.graduates import Graduate, opened
from directory.eligibility.reader import of_certification, with_rules
from directory.eligibility.rules import Accreditor, ExamRules, conditions
from directory.eligibility.standings import Record, standing
from directory.models import (
    Accreditation,
    AccreditationStatement,
    Agency,
    Certification,
    Opening,
    Program,
    RuleSet,
)
from directory.vocab import Standing

PROGRAMS_AT_ONCE: Final = 2_000


#: What an opening's row holds beside its program: certification, basis, route, condition that decides.
Row = tuple[int, str, int, int]


@dataclass(frozen=True, slots=True)
class Exam:
    """A certification and the fields whose programs are looked at."""

    pk: int
    cips: tuple[str, ...]
    rules: ExamRules


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens on a day. Graduates of many programs are alike, so the engine is asked once for all that are."""

    exams: Sequence[Exam]
    today: dt.date
    seen: dict[Graduate, list[Row]] = field(default_factory=dict)

    def opened(self, graduate: Graduate) -> list[Row]:
        if graduate not in self.seen:
            self.seen[graduate] = [
                (exam.pk, str(found.basis), found.route, found.condition)
                for exam in self.exams
                if graduate.cip.startswith(exam.cips) and (found := opened(exam.rules, graduate, on=self.today))
            ]
        return self.seen[graduate]


def rebuild_openings(*, today: dt.date | None = None) -> int:
    """Bring the openings in line with rules and programs; returns how many there are.

    Only rows that differ are written, and memory does not grow with the programs. Belongs into a transaction.
    """
    today = today or timezone.localdate()
    opener = Opener(list(current_exams(today)), today)
    cips = sorted({cip for exam in opener.exams for cip in exam.cips})
    rules = [exam.rules for exam in opener.exams]
    total, last = 0, 0
    for some in graduates(Program.objects.listed().of(cips), rules, today):
        wanted = {(program, exam): row for program, graduate in some for exam, *row in opener.opened(graduate)}
        to = some[-1][0]
        _bring_in_line(Opening.objects.filter(program__gt=last, program__lte=to), wanted)
        total, last = total + len(wanted), to
    Opening.objects.filter(program__gt=last).delete()
    return total


Wanted = dict[tuple[int, int], list[Any]]


def _bring_in_line(held: QuerySet[Opening], wanted: Wanted) -> None:
    """Make the openings of a run of programs those wanted: (program, exam) -> (basis, route, condition)."""
    keys = {
        (program, exam): (pk, [basis, route, condition])
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


def graduate_of(program: Program, exams: Sequence[ExamRules], today: dt.date) -> Graduate:
    """Who comes out of one program, with what its accreditors say as far as the exams ask for it; two queries."""
    records: defaultdict[Accreditor, list[Record]] = defaultdict(list)
    for row in Accreditation.objects.filter(program=program).select_related("agency"):
        records[Accreditor(row.agency.acronym, row.agency.name)].append(_record(row))
    said = AccreditationStatement.objects.filter(positive=True, historical=False, program=program).order_by()
    counts = said.values_list("agency__acronym", "agency__name").annotate(number=Count("pk"))
    pages = Counter({Accreditor(acronym, name): number for acronym, name, number in counts})
    named = _named(exams)
    heard = [agency for agency in {*records, *pages} if named.intersection(agency.keys)]
    words = frozenset((agency, _word(records[agency], pages[agency], today)) for agency in heard)
    return Graduate(program.award_level, program.field.cip, words)


def current_exams(today: dt.date) -> Iterator[Exam]:
    """Certifications whose rules of the day name a route, and that are meant for some field."""
    for row in with_rules(Certification.objects.select_related("body")):
        rules = of_certification(row)
        current = rules.on(today)
        if current and current.routes and row.related_cips:
            yield Exam(row.pk, tuple(row.related_cips), rules)


def rules_in_force(today: dt.date) -> QuerySet[RuleSet]:
    """Rule sets valid on the day, the latest first: a certification's first one is the one that counts."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    # NULL means "since ever"; databases differ in where they sort it.
    return RuleSet.objects.filter(begun & not_over).order_by(F("valid_from").desc(nulls_last=True), "-pk")


def graduates(
    programs: QuerySet[Program], exams: Sequence[ExamRules], today: dt.date
) -> Iterator[list[tuple[int, Graduate]]]:
    """Programs' keys with who comes out of them, some at a time and by their key, so that memory stays flat."""
    agencies = _agencies(exams)
    columns = programs.order_by("pk").values_list("pk", "field__cip", "award_level")
    last = 0
    while rows := list(columns.filter(pk__gt=last)[:PROGRAMS_AT_ONCE]):
        known = _standings(rows[0][0], rows[-1][0], agencies, today)
        yield [(pk, Graduate(level, cip, known.get(pk, frozenset()))) for pk, cip, level in rows]
        last = rows[-1][0]


def _agencies(exams: Sequence[ExamRules]) -> dict[int, Accreditor]:
    """The accreditors that conditions name, by key."""
    named = _named(exams)
    known = {pk: Accreditor(acronym, name) for pk, acronym, name in Agency.objects.values_list("pk", "acronym", "name")}
    return {pk: agency for pk, agency in known.items() if named.intersection(agency.keys)}


def _named(exams: Sequence[ExamRules]) -> set[str]:
    return {key for each in conditions(exams) if each.accreditor for key in each.accreditor.keys}


def _record(row: Accreditation) -> Record:
    return Record(row.status, row.checked_on, row.ended_on)


def _word(records: Sequence[Record], pages: int, today: dt.date) -> Standing:
    return standing(records, pages, today=today, review_days=settings.ACCREDITATION_REVIEW_DAYS)


def _standings(
    first: int, last: int, agencies: Mapping[int, Accreditor], today: dt.date
) -> dict[int, frozenset[tuple[Accreditor, Standing]]]:
    """program -> (accreditor, standing), for the programs between two keys of which somebody says something."""
    here = {"program__gte": first, "program__lte": last, "agency__in": list(agencies)}
    records: defaultdict[tuple[int, int], list[Record]] = defaultdict(list)
    for row in Accreditation.objects.filter(**here).only("program", "agency", "status", "checked_on", "ended_on"):
        records[row.program_id or 0, row.agency_id].append(_record(row))
    said = AccreditationStatement.objects.filter(positive=True, historical=False, **here)
    counts = said.order_by().values_list("program", "agency").annotate(pages=Count("pk"))
    pages = Counter({(program, agency): number for program, agency, number in counts})
    found: defaultdict[int, set[tuple[Accreditor, Standing]]] = defaultdict(set)
    for program, agency in {*records, *pages}:
        word = _word(records.get((program, agency), ()), pages[program, agency], today)
        found[program].add((agencies[agency], word))
    return {program: frozenset(words) for program, words in found.items()}
