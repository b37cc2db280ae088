"""Who may sit, as plain values: an exam's dated rule sets, their routes, and the conditions of each route.

Nothing here knows a database. `directory.eligibility.reader` makes these from rows; a test makes them by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a condition asks for. The values are those of the table's own column."""

    NONE = "none"
    DIPLOMA = "diploma"
    AWARD_LEVEL = "award-level"
    FIELD = "field"
    PROGRAM_ACCREDITATION = "program-accreditation"
    SCHOOL_ACCREDITATION = "school-accreditation"
    EXPERIENCE = "experience"
    CREDENTIAL = "credential"
    CREDITS = "credits"
    COURSE = "course"
    LAST_TERM = "last-term"
    RECIPROCITY = "reciprocity"
    #: Only in answers, never in the table: nobody knows the rule.
    RULE = "rule"


#: Conditions that ask nothing of a program.
ANYBODY: Final = frozenset({Kind.NONE, Kind.DIPLOMA, Kind.LAST_TERM})


class Experience(StrEnum):
    """Kinds of work. Every other kind is health care too, and counts toward it."""

    CODING = "coding"
    PRIVACY_SECURITY = "privacy-security-management"
    CANCER_REGISTRY = "cancer-registry"
    HEALTH_CARE = "health-care"


@dataclass(frozen=True, slots=True)
class Accreditor:
    """An agency, known by its acronym or its name, whatever the letters' case."""

    acronym: str
    name: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(word.casefold() for word in (self.acronym, self.name) if word)

    def __str__(self) -> str:
        return self.acronym or self.name


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a route requires or recommends.

    - award-level: an award of one of `levels` (IPEDS award levels).
    - field: an award in one of `cips` (codes, or families as their beginning). `vouched`: the route's accreditor
      accredits in this field only, so that its word is enough where the field is not known.
    - program-accreditation: the award's program is accredited by `accreditor`; with `levels`, the award is of one of
      them too; with `course`, having completed that is as good.
    - school-accreditation: the school is accredited by `accreditor`.
    - experience: `months` or `hours` of work of the kind `experience`.
    - credential: one of `credentials`; course: `course` is completed. With `experience`, that work as well.
    - credits: so many `credits`, or an award of one of `levels`.

    `confirmed`: a page that we name states it, and none contradicts it. `grade` is "" where it is that of the rules.
    `pk` is the row's, or any number that tells the conditions of an exam apart.
    """

    pk: int
    kind: Kind
    text: str
    required: bool = True
    confirmed: bool = True
    grade: str = ""
    levels: frozenset[int] = frozenset()
    cips: tuple[str, ...] = ()
    vouched: bool = False
    accreditor: Accreditor | None = None
    experience: Experience | None = None
    months: int | None = None
    hours: int | None = None
    credits: int | None = None
    credentials: frozenset[str] = frozenset()
    course: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """One way to sit: every required condition must hold. `code` is the issuer's own name for it where there is one."""

    pk: int
    code: str
    title: str
    conditions: tuple[Condition, ...] = ()

    @property
    def required(self) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if condition.required)

    @property
    def recommended(self) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if not condition.required)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules between two days (both included; None: since ever, until further notice).

    `grade` is A (the issuer's own page), B (another party's) or C (not verified, and then without routes). `as_of` is
    the date of the page that was read, in words. `named` is what the exam was called then, if not as today.
    """

    pk: int
    grade: str
    source: str
    as_of: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: str = ""
    named: str = ""
    routes: tuple[Route, ...] = ()

    def in_force(self, on: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class ExamRules:
    """A certification and everything that was ever known about who may sit for it."""

    slug: str
    acronym: str
    issuer: str  # the professional body's acronym
    issuer_url: str
    rule_sets: tuple[RuleSet, ...] = ()

    def on(self, day: dt.date) -> RuleSet | None:
        """The rules in force on a day; of several, those that began last. None when none are known."""
        known = [rules for rules in self.rule_sets if rules.in_force(day)]
        return max(known, key=lambda rules: (rules.valid_from or dt.date.min, rules.pk), default=None)


def courses(exams: Sequence[ExamRules]) -> frozenset[str]:
    """Every course or practicum that a condition names: what a person may say to have completed."""
    return frozenset(condition.course for condition in conditions(exams) if condition.course)


def conditions(exams: Sequence[ExamRules]) -> list[Condition]:
    """Every condition of every route that was ever in force."""
    routes = [route for exam in exams for rules in exam.rule_sets for route in rules.routes]
    return [condition for route in routes for condition in route.conditions]
