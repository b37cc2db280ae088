"""The shipped table of certifications as the engine's rules, without a database."""

from __future__ import annotations

import datetime as dt
from itertools import count

from directory.eligibility import rules
from directory.eligibility.described import person_described
from directory.eligibility.engine import judge
from directory.eligibility.table import CertificationEntry, ConditionEntry, RouteEntry, RuleSetEntry, read_table

TODAY = dt.date(2026, 11, 22)
TABLE = read_table()
_AGENCIES = {agency.acronym: rules.Accreditor(agency.acronym, agency.name) for agency in TABLE.agencies}
_keys = count(1)


def _condition(entry: ConditionEntry) -> rules.Condition:
    return rules.Condition(
        pk=next(_keys),
        kind=rules.Kind(entry.kind),
        text=entry.text,
        required=entry.required,
        confirmed=entry.confirmed,
        grade=entry.grade,
        levels=frozenset(entry.award_levels),
        cips=tuple(entry.cips),
        vouched=entry.vouched,
        accreditor=_AGENCIES[entry.agency] if entry.agency else None,
        experience=rules.Experience(entry.experience_kind) if entry.experience_kind else None,
        months=entry.months,
        hours=entry.hours,
        credits=entry.credits,
        credentials=frozenset(entry.credentials),
        course=entry.course,
    )


def _route(entry: RouteEntry) -> rules.Route:
    return rules.Route(next(_keys), entry.code, entry.title, tuple(_condition(each) for each in entry.conditions))


def _rule_set(entry: RuleSetEntry) -> rules.RuleSet:
    return rules.RuleSet(
        pk=next(_keys),
        grade=entry.grade,
        source=entry.source,
        as_of=entry.as_of,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        note=entry.note,
        named=entry.named,
        routes=tuple(_route(each) for each in entry.routes),
    )


def _exam(entry: CertificationEntry) -> rules.ExamRules:
    rule_sets = tuple(_rule_set(each) for each in entry.rule_sets)
    return rules.ExamRules(entry.slug, entry.acronym, entry.body, entry.issuer_url, rule_sets)


EXAMS = {entry.slug: _exam(entry) for entry in TABLE.certifications}
COURSES = rules.courses(list(EXAMS.values()))


def described(**values):
    """The person of a description as the API takes it."""
    return person_described(values, credentials=EXAMS, courses=COURSES)


def verdict(exam: str, *, on: dt.date = TODAY, **values):
    """The verdict about such a person."""
    return judge(EXAMS[exam], described(**values), on=on)
