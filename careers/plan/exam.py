"""The exam of a plan: its rules asked about who finishes the program, in three to six queries."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import prefetch_related_objects

from careers.plan.dates import Exam, Wait
from directory.eligibility import rules
from directory.eligibility.engine import judge
from directory.eligibility.graduates import Graduate
from directory.eligibility.openings import graduate_of
from directory.eligibility.person import Award, Person
from directory.eligibility.reader import of_condition, of_rule_set
from directory.eligibility.rules import ExamRules, Kind, conditions
from directory.eligibility.verdict import Answer, Missing, Verdict
from directory.models import Certification, CertificationFact, Condition, Program, Route, RuleSet
from directory.profiles.may_sit import in_words

DAYS: Final = re.compile(r"(\d{1,3}) days to take the exam\b")
YEARS: Final = re.compile(r"Every (\d{1,2}) years?\b")
Facts = Sequence[CertificationFact]


@dataclass(frozen=True, slots=True)
class ExamPlan:
    """The exam as the timeline knows it, what the engine says of the program, and the facts with their paperwork."""

    exam: Exam
    verdict: dict[str, Any]
    facts: Facts
    issuer_url: str

    def fact(self, kind: CertificationFact.Kind) -> CertificationFact | None:
        """The first fact of a kind; None when it is not known."""
        return next((fact for fact in self.facts if fact.kind == kind), None)

    @property
    def notes(self) -> list[CertificationFact]:
        """What else to know before applying."""
        return [fact for fact in self.facts if fact.kind in (Kinds.NOTE, Kinds.WINDOW)]


Kinds = CertificationFact.Kind


def exam_plan(certification: Certification, program: Program | None, *, today: dt.date) -> ExamPlan:
    """For a certification (with its body) and the program that the reader would finish, None for none."""
    exam_rules = _rules(certification)
    facts = list(CertificationFact.objects.filter(certification=certification).order_by("order", "pk"))
    award = _award(program, exam_rules, today) if program else None
    verdict = judge(exam_rules, Person(diploma=True, award=award), on=today)
    early = judge(exam_rules, Person(diploma=True, award=replace(award, last_term=True)), on=today) if award else None
    exam = Exam(
        name=verdict.name,
        issuer=certification.body.acronym,
        last_term=early is not None and _lets_students_sit(early),
        window_days=_number(DAYS, facts, Kinds.WINDOW),
        renewal_years=_number(YEARS, facts, Kinds.RENEWAL),
        waits=tuple(_wait(each) for each in verdict.missing) if verdict.answer == Answer.MAY_SIT_AFTER else (),
        closed=_closed(verdict, has_program=program is not None),
    )
    return ExamPlan(exam, in_words(verdict), facts, certification.issuer_url)


def _rules(certification: Certification) -> ExamRules:
    """The rules in two queries: rule sets, and conditions with their routes; a third where they name credentials."""
    rule_sets = list(RuleSet.objects.filter(certification=certification).order_by("pk"))
    rows = Condition.objects.filter(route__rule_set__certification=certification)
    found = list(rows.select_related("route", "agency").order_by("route__order", "route__pk", "order", "pk"))
    named = [row for row in found if row.kind == Condition.Kind.CREDENTIAL]
    prefetch_related_objects(named, "credentials")
    held: defaultdict[int, defaultdict[int, list[rules.Condition]]] = defaultdict(lambda: defaultdict(list))
    routes = {row.route_id: row.route for row in found}
    for row in found:
        condition = of_condition(row) if row in named else of_condition(row, ())
        held[row.route.rule_set_id][row.route_id].append(condition)
    return ExamRules(
        slug=certification.slug,
        acronym=certification.acronym,
        issuer=certification.body.acronym,
        issuer_url=certification.issuer_url,
        rule_sets=tuple(
            of_rule_set(each, [_route(routes[key], conditions) for key, conditions in held[each.pk].items()])
            for each in rule_sets
        ),
    )


def _route(row: Route, conditions: Sequence[rules.Condition]) -> rules.Route:
    return rules.Route(row.pk, row.code, row.title, tuple(conditions))


def _award(program: Program, exam: ExamRules, today: dt.date) -> Award:
    """What the program gives; who accredits it is asked only where the rules ask for it, in two queries."""
    asks = any(each.accreditor for each in conditions([exam]))
    graduate = graduate_of(program, [exam], today) if asks else Graduate(program.award_level, program.field.cip)
    return graduate.award


def _lets_students_sit(verdict: Verdict) -> bool:
    """Whether the way in that the engine names for somebody in the last term is one for students."""
    route = verdict.route
    if route is None or verdict.missing:
        return False
    return any(condition.kind == Kind.LAST_TERM for condition in route.required)


def _wait(missing: Missing) -> Wait:
    text = missing.text[:1].upper() + missing.text[1:]
    if missing.unit == "months":
        return Wait(text, months=missing.amount)
    return Wait(text, hours=missing.amount if missing.unit == "hours" else None)


def _closed(verdict: Verdict, *, has_program: bool) -> str:
    """Why there is no date for the exam: the award that was chosen does not lead there by any way that is known."""
    if verdict.answer != Answer.NOT_BY_ANY_ROUTE:
        return ""
    lacking = "; ".join(each.text for each in verdict.missing)
    after = "After this program the rules would still ask" if has_program else "Without a program the rules ask"
    return f"No date. {after}: {lacking}"


def _number(pattern: re.Pattern[str], facts: Iterable[CertificationFact], kind: str) -> int | None:
    """The number that a fact's words name; None where no fact has it. Words that read otherwise give no date."""
    for fact in facts:
        if fact.kind == kind and (match := pattern.search(fact.text)):
            return int(match[1])
    return None
