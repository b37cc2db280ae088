"""The person who asks, as plain values. What can be unknown is unknown, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Final

from directory.eligibility.rules import Accreditor, Experience


class Unknown(Enum):
    """Nobody has said; not the same as none, which is None."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


class Status(StrEnum):
    """An accreditor's word about a program when the person graduates, and our own words where there is none."""

    ACCREDITED = "accredited"
    CANDIDATE = "candidate"
    PREACCREDITED = "preaccredited"
    PROBATION = "probation"
    ADMINISTRATIVE_PROBATION = "administrative-probation"
    ON_NOTICE = "on-notice"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"
    VOLUNTARILY_WITHDRAWN = "voluntarily-withdrawn"
    DENIED = "denied"
    INACTIVE = "inactive"
    NOT_ACCREDITED = "not-accredited"
    STATED = "stated"
    NOT_CONFIRMED = "not-confirmed"
    UNKNOWN = "unknown"


#: None of these is an accreditation on the day of the diploma.
REFUSED: Final = frozenset(
    {
        *(Status.WITHHELD, Status.WITHDRAWN, Status.VOLUNTARILY_WITHDRAWN),
        *(Status.DENIED, Status.INACTIVE, Status.NOT_ACCREDITED),
    }
)

#: How people name awards, as IPEDS award levels. A certificate may be of any length.
LEVELS: Final[Mapping[str, frozenset[int]]] = {
    "certificate": frozenset({1, 2, 4, 20, 21}),
    "associate": frozenset({3}),
    "bachelors": frozenset({5}),
    "postbacc-certificate": frozenset({6}),
    "masters": frozenset({7}),
    "postmasters-certificate": frozenset({8}),
    "doctorate": frozenset({17, 18, 19}),
}
#: Awards that nobody gets without a high school diploma or its equivalent.
ABOVE_DIPLOMA: Final = frozenset({3, 5, 6, 7, 8, 17, 18, 19})


@dataclass(frozen=True, slots=True)
class Award:
    """The one award that matters, held or in its last term, with its program's accreditation at graduation.

    `levels` are the IPEDS award levels that it may have: one, or several where only "a certificate" is known.
    `accreditation` is what each accreditor says, by its acronym or name in small letters (`accredited_by`);
    `otherwise` is what holds for every accreditor not named there.
    """

    levels: frozenset[int]
    cip: str | Unknown = UNKNOWN
    accreditation: Mapping[str, Status] = field(default_factory=dict)
    otherwise: Status = Status.UNKNOWN
    last_term: bool = False

    def standing(self, accreditor: Accreditor) -> Status:
        for key in accreditor.keys:
            if key in self.accreditation:
                return self.accreditation[key]
        return self.otherwise


def accredited_by(accreditor: str, status: Status = Status.ACCREDITED) -> dict[str, Status]:
    """What `Award.accreditation` takes, from an accreditor as people write it."""
    return {accreditor.strip().casefold(): status}


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody has. None is none; UNKNOWN is not known; left out is unknown, or none of it for lists and numbers.

    `months` and `hours` are work by kind; where both are given for a kind, the hours count. `credentials` are slugs
    of certifications held. `completed` are courses and practica by the names that conditions use. `school_accreditors`
    are those of the school as a whole, in small letters. `reciprocity`: a program abroad that the issuer recognises.
    """

    diploma: bool | Unknown = UNKNOWN
    award: Award | Unknown | None = UNKNOWN
    months: Mapping[Experience, int] = field(default_factory=dict)
    hours: Mapping[Experience, int] = field(default_factory=dict)
    credentials: frozenset[str] = frozenset()
    credits: int = 0
    completed: frozenset[str] = frozenset()
    school_accreditors: frozenset[str] | Unknown = UNKNOWN
    reciprocity: bool | Unknown = False
