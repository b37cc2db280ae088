"""One condition against one person: it holds, it is lacking, or nobody can tell. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from directory.eligibility.person import ABOVE_DIPLOMA, REFUSED, UNKNOWN, Award, Person, Status, Unknown
from directory.eligibility.rules import Condition, Experience, Kind, Route
from directory.eligibility.verdict import Doubt, Doubted, Missing
from directory.eligibility.wording import as_thing

#: A year of full time work, as NCRA counts it.
HOURS_A_YEAR: Final = 1950

#: Rough months that a step takes, for finding the shortest way and for nothing else. Another exam stands last:
#: whether the person may sit for that one is a question of its own.
DIPLOMA, LAST_TERM, COURSE, CREDIT, CREDENTIAL = 6, 4, 4, 0.4, 120

#: None: it holds.
Finding = Missing | Doubted | None

_STATUS: Final[Mapping[Status, tuple[Doubt, str]]] = {
    Status.CANDIDATE: (Doubt.ISSUER, "The program is only a candidate. Whether that opens the exam is not confirmed"),
    Status.PREACCREDITED: (Doubt.ISSUER, "The program is only preaccredited. Whether that is enough is not confirmed"),
    Status.PROBATION: (Doubt.ISSUER, "The program is on probation. Whether it still opens the exam is not confirmed"),
    Status.STATED: (Doubt.STATED, "A source says so, but nobody has confirmed it with {who}: ask {who}"),
    Status.NOT_CONFIRMED: (Doubt.UNKNOWN, "We know of no statement that {who} accredits the program: ask {who}"),
    Status.UNKNOWN: (Doubt.UNKNOWN, "It is not known whether {who} accredits the program: ask {who}"),
}
_SAME: Final = {Status.ADMINISTRATIVE_PROBATION: Status.PROBATION, Status.ON_NOTICE: Status.PROBATION}


def weigh(condition: Condition, person: Person) -> Finding:
    """None when the condition holds; else what is missing of it, or why nobody can tell. Total over all persons."""
    return _WEIGHED[condition.kind](condition, person)


def above_diploma(award: Award | Unknown | None) -> bool:
    """Whether nobody gets such an award, or into its program, without a high school diploma."""
    return isinstance(award, Award) and bool(award.levels) and award.levels <= ABOVE_DIPLOMA


def rests_on_the_award(condition: Condition, person: Person) -> bool:
    """Whether a condition that holds does so because of the person's award."""
    if condition.kind == Kind.CREDITS:
        return person.credits < (condition.credits or 0)
    if condition.kind == Kind.PROGRAM_ACCREDITATION:
        return not (condition.course and condition.course in person.completed)
    return condition.kind in (Kind.AWARD_LEVEL, Kind.FIELD)


def unfinished(condition: Condition) -> Missing:
    """The award would do, once it is conferred."""
    return Missing(condition, "Finish your last term", effort=LAST_TERM)


def vouched_for(condition: Condition, finding: Finding, findings: Mapping[int, Finding], route: Route) -> bool:
    """Whether an unknown field is settled by the accreditor, who accredits only in this field."""
    if condition.kind != Kind.FIELD or not condition.vouched:
        return False
    if not (isinstance(finding, Doubted) and finding.doubt is Doubt.UNKNOWN):
        return False
    accreditors = [each for each in route.required if each.kind == Kind.PROGRAM_ACCREDITATION]
    return bool(accreditors) and all(findings[each.pk] is None for each in accreditors)


# --- what each kind asks -----------------------------------------------------------------------------


def _none(condition: Condition, person: Person) -> Finding:
    return None


def _diploma(condition: Condition, person: Person) -> Finding:
    holds = person.diploma
    if isinstance(holds, Unknown) and above_diploma(person.award):
        return None
    return _three(condition, holds, "You have not said whether you have it", effort=DIPLOMA)


def _award_level(condition: Condition, person: Person) -> Finding:
    return _three(
        condition, _level(condition.levels, person.award), "You have not said what award you have", addable=False
    )


def _field(condition: Condition, person: Person) -> Finding:
    award = person.award
    holds: bool | Unknown
    if not isinstance(award, Award):
        holds = UNKNOWN if award is UNKNOWN else False
    elif isinstance(award.cip, Unknown):
        holds = UNKNOWN
    elif award.cip.startswith(condition.cips):
        holds = True
    else:
        # A family ("51.07") leaves open which of its fields it is.
        holds = UNKNOWN if award.cip and any(cip.startswith(award.cip) for cip in condition.cips) else False
    return _three(condition, holds, "You have not said in which field your award is", addable=False)


def _program_accreditation(condition: Condition, person: Person) -> Finding:
    if condition.course and condition.course in person.completed:
        return None
    award, accreditor = person.award, condition.accreditor
    lacking = Missing(condition, as_thing(condition.text), addable=False)
    if award is None or accreditor is None:
        return lacking
    level = _level(condition.levels, award) if condition.levels else True
    status = Status.UNKNOWN if isinstance(award, Unknown) else award.standing(accreditor)
    if level is False or status in REFUSED:
        return lacking
    if status != Status.ACCREDITED:
        doubt, text = _STATUS[_SAME.get(status, status)]
        return Doubted(condition, doubt, text.format(who=accreditor))
    if isinstance(level, Unknown):
        return Doubted(condition, Doubt.UNKNOWN, "You have not said of which level your award is")
    return None


def _school_accreditation(condition: Condition, person: Person) -> Finding:
    known, accreditor = person.school_accreditors, condition.accreditor
    holds: bool | Unknown
    if isinstance(known, Unknown):
        holds = UNKNOWN
    else:
        holds = accreditor is not None and bool(known.intersection(accreditor.keys))
    return _three(condition, holds, "You have not said who accredits your school", addable=False)


def _experience(condition: Condition, person: Person) -> Finding:
    return _work(condition, person)


def _credential(condition: Condition, person: Person) -> Finding:
    if not condition.credentials & person.credentials:
        return _with_work(Missing(condition, as_thing(condition.text), effort=CREDENTIAL), condition, person)
    return _work(condition, person)


def _course(condition: Condition, person: Person) -> Finding:
    if condition.course not in person.completed:
        return _with_work(Missing(condition, as_thing(condition.text), effort=COURSE), condition, person)
    return _work(condition, person)


def _credits(condition: Condition, person: Person) -> Finding:
    short = (condition.credits or 0) - person.credits
    by_award = _level(condition.levels, person.award) if condition.levels else False
    if short <= 0 or by_award is True:
        return None
    if isinstance(by_award, Unknown):
        return Doubted(condition, Doubt.UNKNOWN, "You have not said what award you have")
    return Missing(condition, _more(short, "credit"), short, "credits", effort=short * CREDIT)


def _last_term(condition: Condition, person: Person) -> Finding:
    if isinstance(person.award, Unknown):
        return Doubted(condition, Doubt.UNKNOWN, "You have not said what award you have")
    if person.award is not None and person.award.last_term:
        return None
    return Missing(condition, as_thing(condition.text), effort=LAST_TERM)


def _reciprocity(condition: Condition, person: Person) -> Finding:
    return _three(
        condition, person.reciprocity, "You have not said whether you finished a program abroad", addable=False
    )


def _rule(condition: Condition, person: Person) -> Finding:
    return Doubted(condition, Doubt.RULE, condition.text)


_WEIGHED: Final[Mapping[Kind, Callable[[Condition, Person], Finding]]] = {
    Kind.NONE: _none,
    Kind.DIPLOMA: _diploma,
    Kind.AWARD_LEVEL: _award_level,
    Kind.FIELD: _field,
    Kind.PROGRAM_ACCREDITATION: _program_accreditation,
    Kind.SCHOOL_ACCREDITATION: _school_accreditation,
    Kind.EXPERIENCE: _experience,
    Kind.CREDENTIAL: _credential,
    Kind.CREDITS: _credits,
    Kind.COURSE: _course,
    Kind.LAST_TERM: _last_term,
    Kind.RECIPROCITY: _reciprocity,
    Kind.RULE: _rule,
}


# --- the parts ---------------------------------------------------------------------------------------


def _three(
    condition: Condition, holds: bool | Unknown, unknown: str, *, addable: bool = True, effort: float = 0
) -> Finding:
    if isinstance(holds, Unknown):
        return Doubted(condition, Doubt.UNKNOWN, unknown)
    return None if holds else Missing(condition, as_thing(condition.text), addable=addable, effort=effort)


def _level(wanted: frozenset[int], award: Award | Unknown | None) -> bool | Unknown:
    """Whether the award is of a wanted level; unknown when only some of the levels that it may have are."""
    if not isinstance(award, Award):
        return UNKNOWN if award is UNKNOWN else False
    if award.levels and award.levels <= wanted:
        return True
    return UNKNOWN if award.levels & wanted else False


def _work(condition: Condition, person: Person) -> Finding:
    """The work that a condition asks for, if it asks for any; what is lacking in the condition's own unit."""
    if condition.experience is None:
        return None
    worked = _worked(condition.experience, person)
    if condition.hours is not None:
        short = condition.hours - worked // 12
        unit, effort = "hour", short * 12 / HOURS_A_YEAR
    else:
        short = (condition.months or 0) - worked // HOURS_A_YEAR
        unit, effort = "month", float(short)
    if short <= 0:
        return None
    text = f"{_more(short, unit)} of {_WORK[condition.experience]}"
    return Missing(condition, text, short, f"{unit}s", effort=effort)


def _with_work(lacking: Missing, condition: Condition, person: Person) -> Missing:
    work = _work(condition, person)
    return replace(lacking, effort=lacking.effort + work.effort) if isinstance(work, Missing) else lacking


_WORK: Final[Mapping[Experience, str]] = {
    Experience.CODING: "coding",
    Experience.PRIVACY_SECURITY: "privacy or security management",
    Experience.CANCER_REGISTRY: "cancer registry work",
    Experience.HEALTH_CARE: "work in health care",
}


def _worked(kind: Experience, person: Person) -> int:
    """Work of a kind in twelfths of an hour, so that months and hours compare without fractions.

    Jobs of two kinds may be one and the same job, so for health care the longest counts, not the sum.
    """
    kinds = tuple(Experience) if kind == Experience.HEALTH_CARE else (kind,)
    return max(
        person.hours[each] * 12 if each in person.hours else person.months.get(each, 0) * HOURS_A_YEAR for each in kinds
    )


def _more(amount: int, unit: str) -> str:
    """How much more; whole years from two on, which months would hide."""
    if unit == "month" and amount >= 24 and amount % 12 == 0:
        return f"{amount // 12} more years"
    return f"{amount:,} more {unit}{'' if amount == 1 else 's'}"
