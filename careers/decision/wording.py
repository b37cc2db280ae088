"""Awards, effects and rules in the words of the decision page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from careers.decision.outcomes import Effect, Outcome
from directory.eligibility.rules import Kind
from directory.eligibility.verdict import Missing
from directory.eligibility.wording import as_thing
from directory.templatetags.figures import lower_first
from directory.vocab import LevelGroup


class Words(NamedTuple):
    """An award at the head of a column, in a sentence, and as programs."""

    head: str
    one: str
    the: str
    programs: str


AWARDS: Final[dict[str, Words]] = {
    LevelGroup.CERTIFICATE: Words("Certificate", "a certificate", "the certificate", "certificate programs"),
    LevelGroup.ASSOCIATE: Words(
        "Associate degree", "an associate degree", "the associate degree", "associate programs"
    ),
    LevelGroup.BACHELORS: Words(
        "Bachelor’s degree", "a bachelor’s degree", "the bachelor’s degree", "bachelor’s programs"
    ),
    LevelGroup.POSTBACC_CERTIFICATE: Words(
        "Certificate after a bachelor’s",
        "a certificate after a bachelor’s degree",
        "the certificate after a bachelor’s degree",
        "certificates after a bachelor’s",
    ),
    LevelGroup.MASTERS: Words("Master’s degree", "a master’s degree", "the master’s degree", "master’s programs"),
}


def listed(words: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def lacking(missing: Missing) -> str:
    """What is still missing, for the middle of a sentence: years where the engine counts months."""
    if missing.condition.kind == Kind.EXPERIENCE and missing.unit == "months":
        return lower_first(missing.condition.text)
    return lower_first(missing.text)


def needs(outcome: Outcome) -> str:
    """Everything that is still missing; the parts are sentences of their own, which commas would run together."""
    return "; ".join(lacking(each) for each in outcome.verdict.missing)


def effect_words(outcome: Outcome) -> str:
    """What the award does for the exam, in a few words."""
    if outcome.effect == Effect.IF_ACCREDITED:
        return f"opens it, if {outcome.accreditor} has accredited the program"
    return {
        Effect.OPENS: "opens it",
        Effect.AFTER: "not enough alone",
        Effect.CLOSED: "leaves it closed",
        Effect.CANNOT_TELL: "nobody can tell",
    }[outcome.effect]


def exam_item(outcome: Outcome) -> dict[str, Any]:
    """An exam in a list: {label, url, words, text, source, year, source_url}, `text` being what decides."""
    verdict = outcome.verdict
    if outcome.effect == Effect.AFTER:
        text = f"Still missing: {needs(outcome)}"
    elif outcome.effect == Effect.CANNOT_TELL:
        text = verdict.reason.removesuffix(".") if verdict.ways else ""
    else:
        text = f"What decides: {as_thing(verdict.deciding.text)}"
    return {
        "label": outcome.exam.row.acronym,
        "name": outcome.exam.row.name,
        "url": outcome.exam.row.get_absolute_url(),
        "words": effect_words(outcome),
        "text": text,
        **rule_source(outcome),
    }


def rule_source(outcome: Outcome) -> dict[str, str]:
    """Whose word the rule is, and of when."""
    verdict = outcome.verdict
    issuer, grade = verdict.issuer, verdict.deciding.grade or verdict.grade or ""
    # The link of a rule that another party told leads to the issuer, so the words say to ask there.
    whose = {"A": f"{issuer}’s own page", "B": f"Another party’s word: ask {issuer}"}
    return {
        "source": whose.get(grade, f"Not confirmed: ask {issuer}"),
        "year": (verdict.as_of or "undated") if grade in whose else "",
        "source_url": verdict.source,
    }
