"""What to ask a person, so that an exam's rules can be judged: nothing that no rule asks about. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from directory.eligibility.rules import Accreditor, Condition, ExamRules, Experience, Kind


@dataclass(frozen=True, slots=True)
class Questions:
    """Which facts about a person the rules of some exams name, required or recommended, each once.

    `courses` and `credentials` are the names that conditions use (credentials: slugs of certifications). `cips` are
    the fields that matter where no accreditor vouches for them.
    """

    diploma: bool = False
    award: bool = False
    cips: tuple[str, ...] = ()
    accreditors: tuple[Accreditor, ...] = ()
    last_term: bool = False
    experience: tuple[Experience, ...] = ()
    credits: bool = False
    courses: tuple[str, ...] = ()
    credentials: frozenset[str] = frozenset()
    abroad: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to ask."""
        return self != Questions()


def questions(exams: Iterable[ExamRules], *, on: dt.date) -> Questions:
    """What the rules of these exams, in force on a day, ask about a person."""
    conditions = list(_in_force(exams, on))
    kinds = {condition.kind for condition in conditions}
    accreditors = [
        each.accreditor for each in conditions if each.accreditor and each.kind == Kind.PROGRAM_ACCREDITATION
    ]
    rests_on_award = {Kind.AWARD_LEVEL, Kind.FIELD, Kind.PROGRAM_ACCREDITATION, Kind.LAST_TERM}
    return Questions(
        diploma=Kind.DIPLOMA in kinds,
        award=bool(kinds & rests_on_award) or any(each.levels for each in conditions),
        cips=tuple(sorted({cip for each in conditions if not each.vouched for cip in each.cips})),
        accreditors=tuple(dict.fromkeys(accreditors)),
        last_term=Kind.LAST_TERM in kinds,
        experience=tuple(kind for kind in Experience if any(each.experience == kind for each in conditions)),
        credits=Kind.CREDITS in kinds,
        courses=tuple(dict.fromkeys(each.course for each in conditions if each.course)),
        credentials=frozenset().union(*(each.credentials for each in conditions)),
        abroad=Kind.RECIPROCITY in kinds,
    )


def _in_force(exams: Iterable[ExamRules], on: dt.date) -> Iterable[Condition]:
    for exam in exams:
        rules = exam.on(on)
        for route in rules.routes if rules else ():
            yield from route.conditions
