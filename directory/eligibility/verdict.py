"""The answer to “may I sit this exam?”: the word, the route, what decides, what is missing, how well it is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from directory.eligibility.rules import Condition, Route, RuleSet


class Answer(StrEnum):
    MAY_SIT = "may-sit"
    MAY_SIT_AFTER = "may-sit-after"
    CANNOT_TELL = "cannot-tell"
    NOT_BY_ANY_ROUTE = "not-by-any-route"


class Doubt(IntEnum):
    """Why nobody can tell whether a condition holds. The greater one decides."""

    UNKNOWN = 1  # the person has not said
    ISSUER = 2  # candidate or on probation: whether that is enough, only the issuer knows
    STATED = 3  # a source says that the program is accredited, and nobody has asked the accreditor
    RULE = 4  # whether the condition is the rule at all is not confirmed


@dataclass(frozen=True, slots=True)
class Missing:
    """A required condition that does not hold, and how much of it is lacking.

    `amount` in `unit` ("months", "hours", "credits"), or None where a thing is there or not. `addable`: the person can
    still get it without another program. `effort` is a rough number of months, only to find the shortest way.
    """

    condition: Condition
    text: str
    amount: int | None = None
    unit: str | None = None
    addable: bool = True
    effort: float = 0


@dataclass(frozen=True, slots=True)
class Doubted:
    """A required condition of which nobody can tell whether it holds, and what to do about it."""

    condition: Condition
    doubt: Doubt
    text: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommended condition; `met` is None where it is not known. It never changes a verdict."""

    condition: Condition
    met: bool | None


@dataclass(frozen=True, slots=True)
class Way:
    """How a person stands on one route. `deciding` is the condition that decides there."""

    route: Route
    answer: Answer
    deciding: Condition
    missing: tuple[Missing, ...] = ()
    doubts: tuple[Doubted, ...] = ()

    @property
    def blocked(self) -> tuple[Missing, ...]:
        """What no further step can mend without another program."""
        return tuple(each for each in self.missing if not each.addable)

    @property
    def effort(self) -> float:
        return sum(each.effort for each in self.missing)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one exam and one person on one day.

    `exam` is the certification's slug, `name` what it was called on that day. `way` is the best route, None when no
    rule is known. `ways` are all routes, the best first. `deciding` is always there. `rules` is None where no rules
    were in force on the day. `reason` is the answer in a sentence, `caveat` what to know about the rule itself ("" for
    rules read on the issuer's own page).
    """

    exam: str
    name: str
    issuer: str
    issuer_url: str
    on: dt.date
    answer: Answer
    deciding: Condition
    reason: str
    caveat: str = ""
    way: Way | None = None
    ways: tuple[Way, ...] = ()
    recommended: tuple[Advice, ...] = ()
    rules: RuleSet | None = None

    @property
    def route(self) -> Route | None:
        return self.way.route if self.way else None

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is lacking on the best route; empty for may-sit."""
        return self.way.missing if self.way else ()

    @property
    def doubts(self) -> tuple[Doubted, ...]:
        return self.way.doubts if self.way else ()

    @property
    def as_of(self) -> str | None:
        return (self.rules.as_of or None) if self.rules else None

    @property
    def grade(self) -> str | None:
        return self.rules.grade if self.rules else None

    @property
    def source(self) -> str:
        """The page that was read, or the issuer's, where a reader can ask."""
        return self.rules.source if self.rules else self.issuer_url
