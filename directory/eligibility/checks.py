"""What is wrong with rules, in words: for the desk before it saves, and for the loader of the shipped table. Pure.

A rule that says less than its kind needs would never hold, or always, and nobody would notice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from directory.eligibility.person import LEVELS
from directory.eligibility.rules import Condition, ExamRules, Kind, Route, RuleSet

NOT_VERIFIED: Final = "C"
EXISTING_LEVELS: Final = frozenset[int]().union(*LEVELS.values())
CIP: Final = re.compile(r"\d\d(\.\d\d(\d\d)?)?")

#: The columns of the table that a kind cannot do without; the rest of what it may use.
NEEDED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.AWARD_LEVEL: ("award_levels",),
    Kind.FIELD: ("cips",),
    Kind.PROGRAM_ACCREDITATION: ("agency",),
    Kind.SCHOOL_ACCREDITATION: ("agency",),
    Kind.EXPERIENCE: ("experience_kind",),
    Kind.CREDENTIAL: ("credentials",),
    Kind.CREDITS: ("credits",),
    Kind.COURSE: ("course",),
}
WORK: Final = ("experience_kind", "months", "hours")
USED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.FIELD: ("vouched",),
    Kind.PROGRAM_ACCREDITATION: ("award_levels", "course"),
    Kind.EXPERIENCE: WORK,
    Kind.CREDENTIAL: WORK,
    Kind.CREDITS: ("award_levels",),
    Kind.COURSE: WORK,
}
MISSING: Final[Mapping[str, str]] = {
    "award_levels": "Choose at least one award level.",
    "cips": "Name at least one CIP code.",
    "agency": "Name the accreditor.",
    "experience_kind": "Say which kind of work counts.",
    "credentials": "Name at least one credential.",
    "credits": "Say how many credits, at least one.",
    "course": "Name the course or practicum.",
}
NOT_USED: Final = "This kind of condition does not use it: empty it, or choose the kind that does."


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a sentence, the column of the table that it is about ("" where it is no single one).

    `rule_set`, `route` and `condition` are keys as far as it lies in one; `where` says the same in words.
    """

    text: str
    column: str = ""
    rule_set: int | None = None
    route: int | None = None
    condition: int | None = None
    where: str = ""


def problems_of(exam: ExamRules, *, today: dt.date | None = None) -> list[Problem]:
    """Everything that is wrong within the rules of one exam; circles are found among all of them (`circles`).

    A route without a required condition is unfinished. Before its rules begin it may be, if `today` is given.
    """
    found = [problem for rules in exam.rule_sets for problem in _of_rule_set(rules, exam.slug, today)]
    return [*found, *overlaps(exam.rule_sets)]


def overlaps(rule_sets: Sequence[RuleSet]) -> list[Problem]:
    """Rule sets of one exam whose dates overlap, each with the other's name: on such a day two rules would hold."""
    found = []
    for one, other in combinations(rule_sets, 2):
        if _first(one) <= _last(other) and _first(other) <= _last(one):
            for mine, theirs in ((one, other), (other, one)):
                text = f"On some days the rules {dated(theirs)} hold as well. End the one before the other begins."
                found.append(Problem(text, "valid_from", mine.pk, where=f"the rules {dated(mine)}"))
    return found


def condition_problems(condition: Condition) -> dict[str, str]:
    """Column -> what is wrong with it, for one condition by itself."""
    needed, holds = NEEDED.get(condition.kind, ()), _holds(condition)
    found = {column: MISSING[column] for column in needed if not holds[column]}
    allowed = {*needed, *USED.get(condition.kind, ())}
    found |= {column: NOT_USED for column, held in holds.items() if held and column not in allowed}
    if "experience_kind" in allowed:
        found = {**_of_work(condition), **found}
    if wrong := sorted(condition.levels - EXISTING_LEVELS):
        found.setdefault("award_levels", f"No award level: {', '.join(map(str, wrong))}.")
    if odd := [cip for cip in condition.cips if not CIP.fullmatch(cip)]:
        found.setdefault("cips", f"No CIP code: {', '.join(odd)}.")
    return found


def unknown_cips(codes: Collection[str], known: Collection[str]) -> list[str]:
    """The codes and families that the classification does not have."""
    return [code for code in codes if not any(cip.startswith(code) for cip in known)]


def is_unfinished(route: Route) -> bool:
    """Whether a route requires nothing by name; "open to everyone" is a condition of its own."""
    return not route.required


def dated(rules: RuleSet) -> str:
    """A rule set by its days: "from 1 January 2024 until further notice"."""
    first = f"from {day(rules.valid_from)}" if rules.valid_from else ""
    last = f"until {day(rules.valid_to)}" if rules.valid_to else "until further notice"
    return f"{first} {last}".strip() if first or rules.valid_to else "without dates"


def day(when: dt.date) -> str:
    return f"{when.day} {when:%B %Y}"


# --- the parts ---------------------------------------------------------------------------------------


def _of_rule_set(rules: RuleSet, slug: str, today: dt.date | None) -> Iterator[Problem]:
    where = f"the rules {dated(rules)}"
    if rules.valid_from and rules.valid_to and rules.valid_to < rules.valid_from:
        yield Problem("The rules end before they begin.", "valid_to", rules.pk, where=where)
    if rules.grade == NOT_VERIFIED and rules.routes:
        text = "A rule that is not verified (grade C) encodes no route: nobody could tell whom it lets in."
        yield Problem(text, "grade", rules.pk, where=where)
    begun = today is None or rules.valid_from is None or rules.valid_from <= today
    for route in rules.routes:
        place = Problem("", "", rules.pk, route.pk, where=f"route {route.code}")
        if begun and is_unfinished(route):
            text = (
                f"Route {route.code} has no required condition, so it would say nothing about anybody. Enter what it "
                "requires (“Nothing is required” is a condition too), or let the rules begin later."
            )
            yield replace(place, text=text)
        for number, condition in enumerate(route.conditions, start=1):
            found = condition_problems(condition)
            if slug in condition.credentials:
                found.setdefault("credentials", "It is this exam itself: nobody holds it before the exam.")
            for column, text in found.items():
                words = f"route {route.code}, condition {number}"
                yield replace(place, text=text, column=column, condition=condition.pk, where=words)


def _of_work(condition: Condition) -> dict[str, str]:
    """What is wrong with the work that a condition asks for; work beside a credential or a course may be left out."""
    both = condition.months is not None and condition.hours is not None
    length = condition.months is not None or condition.hours is not None
    if both:
        return {"hours": "Say the length in months or in hours, not in both: only the hours would count."}
    if condition.experience and not length:
        return {"months": "Say how long: months or hours."}
    if length and not condition.experience:
        return {"experience_kind": MISSING["experience_kind"]}
    if length and (condition.months or condition.hours or 0) < 1:
        return {"months" if condition.months is not None else "hours": "At least 1."}
    return {}


def _holds(condition: Condition) -> dict[str, bool]:
    """Column -> whether the condition says something there."""
    return {
        "award_levels": bool(condition.levels),
        "cips": bool(condition.cips),
        "vouched": condition.vouched,
        "agency": condition.accreditor is not None,
        "experience_kind": condition.experience is not None,
        "months": condition.months is not None,
        "hours": condition.hours is not None,
        "credits": (condition.credits or 0) > 0,
        "credentials": bool(condition.credentials),
        "course": bool(condition.course),
    }


def _first(rules: RuleSet) -> dt.date:
    return rules.valid_from or dt.date.min


def _last(rules: RuleSet) -> dt.date:
    return rules.valid_to or dt.date.max
