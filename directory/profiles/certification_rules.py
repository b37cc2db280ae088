"""The rules of an exam in words: who may sit by which way, and how well that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from directory.eligibility.rules import ANYBODY
from directory.models import Certification, Condition, RuleSet
from directory.models.certification import Grade
from directory.profiles.certification_facts import UNDATED


class Known(NamedTuple):
    """How well a rule is known, as a badge says it: words, icon, colour last."""

    words: str
    note: str
    css: str
    icon: str


@dataclass(frozen=True, slots=True)
class Way:
    """A route for the page: required and recommended conditions apart."""

    title: str
    required: Sequence[Condition]
    recommended: Sequence[Condition]

    @property
    def for_everyone(self) -> bool:
        """Whether it requires nothing at all."""
        return all(condition.kind == Condition.Kind.NONE for condition in self.required)

    @property
    def for_anybody(self) -> bool:
        """Whether it asks nothing of a program."""
        return all(condition.kind in ANYBODY for condition in self.required)


def rules_of(certification: Certification) -> RuleSet | None:
    """The rule set in force, from what `for_guides` has loaded."""
    return next(iter(certification.rule_sets.all()), None)


def ways_in(rules: RuleSet | None) -> list[Way]:
    ways = []
    for route in rules.routes.all() if rules else ():
        conditions = list(route.conditions.all())
        ways.append(
            Way(
                route.title,
                [condition for condition in conditions if condition.required],
                [condition for condition in conditions if not condition.required],
            )
        )
    return ways


def in_one_line(ways: Sequence[Way]) -> str:
    """Who may sit, in a line: the ways in, one after the other."""
    if not ways:
        return "Not confirmed: we name no way in."
    return "; or ".join([ways[0].title, *(_inside_a_sentence(way.title) for way in ways[1:])]) + "."


def _inside_a_sentence(title: str) -> str:
    """With a small first letter, unless the first word is an acronym."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def known(certification: Certification, rules: RuleSet | None) -> Known:
    """How well the rule is known, with the date of the page that was read."""
    issuer = certification.body.acronym
    if rules is None or rules.grade == Grade.UNVERIFIED:
        return Known("Rule not known", f"Ask {issuer}", "b-none", "unknown")
    dated = rules.as_of or UNDATED
    if rules.confirmed:
        return Known("Rule confirmed", f"Read on {issuer}’s own page, {dated}", "b-ok", "check")
    return Known("Rule not confirmed", f"Another party’s word, {dated}: ask {issuer}", "b-said", "quote")
