"""What each award does for each exam, by the engine: for somebody who has finished it and has nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from directory.eligibility.engine import judge
from directory.eligibility.person import LEVELS, Award, Person, Status
from directory.eligibility.reader import of_certification, with_rules
from directory.eligibility.rules import ANYBODY, ExamRules, Kind
from directory.eligibility.verdict import Answer, Verdict
from directory.models import Certification


class Effect(StrEnum):
    """What an award does for an exam, the most useful first."""

    OPENS = "opens"  # any program of the award in these fields
    IF_ACCREDITED = "if-accredited"  # only one that the accreditor has accredited
    AFTER = "after"  # with something else that the person can still add
    CANNOT_TELL = "cannot-tell"  # the rule is not confirmed
    CLOSED = "closed"


ORDER: Final = tuple(Effect)


@dataclass(frozen=True, slots=True)
class Exam:
    """A certification with the rules that the engine reads."""

    row: Certification
    rules: ExamRules

    @property
    def slug(self) -> str:
        return self.row.slug


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one award does for one exam. `verdict` is of a graduate without programmatic accreditation; where only that
    is lacking, of one whose program has it, and `accreditor` names who must have given it."""

    exam: Exam
    level: str
    effect: Effect
    verdict: Verdict
    accreditor: str = ""

    @property
    def for_anybody(self) -> bool:
        """Whether the exam is open without any program at all."""
        asked = self.verdict.route.required if self.verdict.route else ()
        return self.effect == Effect.OPENS and all(each.kind in ANYBODY for each in asked)

    @property
    def helps(self) -> bool:
        return self.effect in (Effect.OPENS, Effect.IF_ACCREDITED)


def exams(cips: Iterable[str]) -> list[Exam]:
    """The exams that are meant for graduates of some fields, in their order; seven queries."""
    wanted = tuple(cips)
    rows = with_rules(Certification.objects.order_by("order", "acronym")).select_related("body")
    return [Exam(row, of_certification(row)) for row in rows if any(_meant(row, cip) for cip in wanted)]


def _meant(row: Certification, cip: str) -> bool:
    return cip.startswith(tuple(row.related_cips))


def outcomes(held: Sequence[Exam], level: str, cips: Sequence[str], *, on: dt.date) -> list[Outcome]:
    """Every exam after an award of that level in the most favourable of the fields."""
    return [outcome(exam, level, cips, on=on) for exam in held]


def outcome(exam: Exam, level: str, cips: Sequence[str], *, on: dt.date) -> Outcome:
    """One exam after one award. A field for which the exam is not meant counts only where there is no other."""
    fields = [cip for cip in cips if _meant(exam.row, cip)] or list(cips)
    found = [_in_field(exam, level, cip, on) for cip in fields]
    return min(found, key=lambda each: ORDER.index(each.effect))


def _in_field(exam: Exam, level: str, cip: str, on: dt.date) -> Outcome:
    plain = judge(exam.rules, _graduate(level, cip, Status.NOT_ACCREDITED), on=on)
    if plain.answer == Answer.MAY_SIT:
        return Outcome(exam, level, Effect.OPENS, plain)
    best = judge(exam.rules, _graduate(level, cip, Status.ACCREDITED), on=on)
    if best.answer == Answer.MAY_SIT:
        return Outcome(exam, level, Effect.IF_ACCREDITED, best, _accreditor(best))
    effect = {
        Answer.MAY_SIT_AFTER: Effect.AFTER,
        Answer.CANNOT_TELL: Effect.CANNOT_TELL,
        Answer.NOT_BY_ANY_ROUTE: Effect.CLOSED,
    }
    better = min((plain, best), key=lambda verdict: ORDER.index(effect[verdict.answer]))
    return Outcome(exam, level, effect[better.answer], better, _accreditor(better) if better is best else "")


def _graduate(level: str, cip: str, status: Status) -> Person:
    return Person(diploma=True, award=Award(LEVELS[level], cip, otherwise=status))


def _accreditor(verdict: Verdict) -> str:
    asked = verdict.route.required if verdict.route else ()
    return next((str(each.accreditor) for each in asked if each.kind == Kind.PROGRAM_ACCREDITATION), "")
