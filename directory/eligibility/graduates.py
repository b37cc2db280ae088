"""What a program opens: the engine's verdict on its graduate, who has a diploma and nothing else. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from directory.eligibility.engine import judge
from directory.eligibility.person import Award, Person, Status
from directory.eligibility.rules import Accreditor, ExamRules
from directory.eligibility.verdict import Answer, Doubt, Way


class Basis(StrEnum):
    """The values are those of the table's own column."""

    CONFIRMED = "confirmed"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Graduate:
    """Somebody who has finished a program: all graduates of like programs are alike.

    `standings` are the public words about the program's accreditation, by accreditor, where anything is known.
    """

    award_level: int
    cip: str
    standings: frozenset[tuple[Accreditor, str]] = frozenset()

    @property
    def award(self) -> Award:
        words = {key: Status(word) for accreditor, word in self.standings for key in accreditor.keys}
        return Award(frozenset({self.award_level}), self.cip, words, otherwise=Status.NOT_CONFIRMED)

    def as_person(self) -> Person:
        return Person(diploma=True, award=self.award)


@dataclass(frozen=True, slots=True)
class Opened:
    """The keys of the route and of the condition that decides."""

    basis: Basis
    route: int
    condition: int


def opened(exam: ExamRules, graduate: Graduate, *, on: dt.date) -> Opened | None:
    """The opening by the best route, confirmed before stated; None when the program alone opens nothing.

    An opening rests on rules that are confirmed. Only the program's accreditation may be a mere statement: a claim
    about the rule itself ("any bachelor's degree will do") would send people into programs that lead nowhere.
    """
    for way in judge(exam, graduate.as_person(), on=on).ways:
        if way.answer == Answer.MAY_SIT:
            return _opened(Basis.CONFIRMED, way)
        if way.answer == Answer.CANNOT_TELL and not way.missing and _only_stated(way):
            return _opened(Basis.STATED, way)
    return None


def _only_stated(way: Way) -> bool:
    return all(each.doubt == Doubt.STATED for each in way.doubts)


def _opened(basis: Basis, way: Way) -> Opened:
    return Opened(basis, way.route.pk, way.deciding.pk)
