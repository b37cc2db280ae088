"""A verdict in plain words. Pure."""

from __future__ import annotations

import re
from typing import Final

from directory.eligibility.rules import Kind, RuleSet
from directory.eligibility.verdict import Answer, Doubt, Doubted, Way

#: How conditions begin as statements, and what is left of them as things; the longer beginnings first.
_AS_THINGS: Final = (
    (re.compile(r"You (have met the requirements of|have finished|finished|have completed|have|hold) "), ""),
    (re.compile(r"You are enrolled in "), "being enrolled in "),
    (re.compile(r"You are "), "being "),
    (re.compile(r"The (program|degree program|degree|certificate) is "), r"a \1 that is "),
)


def as_thing(text: str) -> str:
    """A condition as something to have, for the middle of a sentence: "You have a diploma" is "a diploma".

    A statement after "missing" reads as its opposite. What is no statement about the person or program stays as it is.
    """
    for pattern, put in _AS_THINGS:
        if pattern.match(text):
            return pattern.sub(put, text, count=1)
    return _inside(text)


def _inside(text: str) -> str:
    """With a small first letter, unless the text begins with an acronym."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def reason_of(way: Way | None, issuer: str) -> str:
    """The answer in a sentence or two, to the person."""
    if way is None:
        return f"Who may sit is not confirmed, so nobody but {issuer} can tell: ask {issuer}."
    if way.answer == Answer.MAY_SIT:
        return f"{way.deciding.text}."
    if way.answer == Answer.MAY_SIT_AFTER:
        return f"Still missing: {_listed([each.text for each in way.missing])}."
    if way.answer == Answer.NOT_BY_ANY_ROUTE:
        return f"Missing, and it takes another program: {_listed([each.text for each in way.blocked])}."
    said = next(each for each in way.doubts if each.condition is way.deciding)
    missing = f" Also missing: {_listed([each.text for each in way.missing])}." if way.missing else ""
    return f"{doubt_of(said, issuer)}{missing}"


def doubt_of(doubted: Doubted, issuer: str) -> str:
    """Why nobody can tell about a condition, and whom to ask; whole sentences."""
    text = doubted.condition.text
    if doubted.doubt == Doubt.RULE:
        if doubted.condition.kind == Kind.RULE:
            return f"{text}: whether this way in is open is not confirmed. Ask {issuer}."
        return f"This way in asks for {as_thing(text)}. Whether it is open is not confirmed: ask {issuer}."
    if doubted.doubt == Doubt.ISSUER:
        return f"{doubted.text}: ask {issuer}."
    known = "confirmed" if doubted.doubt == Doubt.STATED else "known"
    return f"Whether {_inside(text)} is not {known}. {doubted.text}."


def caveat_of(rules: RuleSet | None, issuer: str) -> str:
    """What to know about the rule itself; nothing when it was read on the issuer's own page."""
    if rules is None:
        return "We know of no rules for this day."
    if rules.grade == "A":
        return ""
    return f"Not confirmed on {issuer}’s own page." if rules.grade == "B" else f"{issuer}’s rule is not confirmed."


def _listed(texts: list[str]) -> str:
    return "; ".join(texts)
