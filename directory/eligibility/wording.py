"""A verdict in plain words. Pure."""

from __future__ import annotations

from directory.eligibility.rules import RuleSet
from directory.eligibility.verdict import Answer, Doubt, Doubted, Way


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
    return f"{way.deciding.text}: {doubt_of(said, issuer)}{missing}"


def doubt_of(doubted: Doubted, issuer: str) -> str:
    """Why nobody can tell about a condition, and whom to ask."""
    if doubted.doubt == Doubt.RULE:
        return f"whether this way in is open is not confirmed. Ask {issuer}."
    text = doubted.text[0].lower() + doubted.text[1:] if doubted.doubt != Doubt.STATED else doubted.text
    return f"{text}: ask {issuer}." if doubted.doubt == Doubt.ISSUER else f"{text}."


def caveat_of(rules: RuleSet | None, issuer: str) -> str:
    """What to know about the rule itself; nothing when it was read on the issuer's own page."""
    if rules is None:
        return "We know of no rules for this day."
    if rules.grade == "A":
        return ""
    return f"Not confirmed on {issuer}’s own page." if rules.grade == "B" else f"{issuer}’s rule is not confirmed."


def _listed(texts: list[str]) -> str:
    return "; ".join(texts)
