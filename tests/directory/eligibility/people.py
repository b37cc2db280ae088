"""Words for describing persons in a line: who they are, and what the rules say of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from directory.eligibility.verdict import Answer

MAY, AFTER, NOT, UNSURE = Answer.MAY_SIT, Answer.MAY_SIT_AFTER, Answer.NOT_BY_ANY_ROUTE, Answer.CANNOT_TELL
PRIVACY, REGISTRY = "privacy-security-management", "cancer-registry"


@dataclass(frozen=True)
class Case:
    who: str
    exam: str
    answer: Answer
    decides: str  # the kind of the deciding condition
    why: str
    person: dict[str, Any] = field(default_factory=dict)
    route: str | None = None
    missing: tuple[str, ...] | None = None
    on: dt.date = dt.date(2026, 11, 22)


def high_school(**more):
    """Somebody who has a high school diploma and no award."""
    return {"diploma": True, "award_level": None, "program_accreditor": None, **more}


def graduate(level, accreditor=None, status=None, cip="51.0707", **more):
    """Somebody who has finished a program, or is in its last term."""
    program = {"program_accreditor": accreditor, "program_accreditation_status": status, "award_cip": cip}
    return {"diploma": True, "award_level": level, **program, **more}


def him(level, status="accredited", cip="51.0706", **more):
    return graduate(level, "CAHIIM", status, cip, **more)


def registry(level, status="accredited", **more):
    return graduate(level, "NCRA", status, **more)


def months(kind, number):
    return {"experience_months": {kind: number}}


def by_status(status, answer, why):
    return Case(
        f"associate, {status} at graduation", "rhit", answer, "program-accreditation", why, him("associate", status)
    )


ISSUER_ONLY = "Whether candidates and programs on probation still open it is not confirmed: ask the issuer."
GONE = "The program was not accredited at graduation."
