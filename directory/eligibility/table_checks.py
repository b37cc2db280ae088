"""The shipped table against the same checks as the desk's forms: a file that is wrong is refused with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING

from directory.eligibility import rules
from directory.eligibility.checks import CIP, problems_of
from directory.eligibility.circles import circles

if TYPE_CHECKING:
    from directory.eligibility.table import AgencyEntry, CertificationEntry, ConditionEntry

#: (the slug of the exam, what is wrong with it)
Fault = tuple[str, str]


def first_fault(entries: Sequence[CertificationEntry], agencies: Sequence[AgencyEntry]) -> Fault | None:
    """The first thing that is wrong in the table, whose words are already known to be words of the table."""
    accreditors = {each.acronym: rules.Accreditor(each.acronym, each.name) for each in agencies}
    for entry in entries:
        if odd := [cip for cip in entry.related_cips if not CIP.fullmatch(cip)]:
            return entry.slug, f"related_cips: no CIP code: {', '.join(odd)}"
    exams = exams_of(entries, accreditors)
    for exam in exams:
        for problem in problems_of(exam):
            return exam.slug, ": ".join(filter(None, (problem.where, problem.column, problem.text)))
    for slug, circle in circles(exams).items():
        return slug, circle.in_words(exams)
    return None


def exams_of(entries: Sequence[CertificationEntry], accreditors: dict[str, rules.Accreditor]) -> list[rules.ExamRules]:
    """The table as the engine's rules, with numbers of their own for keys."""
    keys = count(1)

    def condition(entry: ConditionEntry) -> rules.Condition:
        return rules.Condition(
            pk=next(keys),
            kind=rules.Kind(entry.kind),
            text=entry.text,
            required=entry.required,
            confirmed=entry.confirmed,
            grade=entry.grade,
            levels=frozenset(entry.award_levels),
            cips=tuple(entry.cips),
            vouched=entry.vouched,
            accreditor=accreditors[entry.agency] if entry.agency else None,
            experience=rules.Experience(entry.experience_kind) if entry.experience_kind else None,
            months=entry.months,
            hours=entry.hours,
            credits=entry.credits,
            credentials=frozenset(entry.credentials),
            course=entry.course,
        )

    return [
        rules.ExamRules(
            entry.slug,
            entry.acronym,
            entry.body,
            entry.issuer_url,
            tuple(
                rules.RuleSet(
                    pk=next(keys),
                    grade=each.grade,
                    source=each.source,
                    as_of=each.as_of,
                    valid_from=each.valid_from,
                    valid_to=each.valid_to,
                    note=each.note,
                    named=each.named,
                    routes=tuple(
                        rules.Route(next(keys), route.code, route.title, tuple(map(condition, route.conditions)))
                        for route in each.routes
                    ),
                )
                for each in entry.rule_sets
            ),
        )
        for entry in entries
    ]
