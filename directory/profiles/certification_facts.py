"""Facts about an exam: lines of a table and figures of a card, each with its grade in words and its date."""

from __future__ import annotations

import re
from typing import Any, Final

from directory.models import Certification, CertificationFact
from directory.models.certification import Grade
from directory.vocab import Missing

Kind = CertificationFact.Kind
UNDATED: Final = "undated"
#: Facts that every guide answers, if only with "not checked yet".
ALWAYS: Final = (Kind.ITEMS, Kind.LENGTH, Kind.PASSING, Kind.FEE)
EXAM_KINDS: Final = (*ALWAYS, Kind.WINDOW)


def facts(certification: Certification, *kinds: str) -> list[CertificationFact]:
    return [fact for fact in certification.facts.all() if fact.kind in kinds]


def source_words(fact: CertificationFact, issuer: str) -> str:
    """The grade as a reader understands it."""
    return f"{issuer}’s own page" if fact.grade == Grade.ISSUER else f"Not confirmed, check with {issuer}"


def fact_row(fact: CertificationFact) -> dict[str, Any]:
    """A line of a fact table, with its paperwork."""
    return {
        "label": Kind(fact.kind).label,
        "value": fact.text,
        "source": source_words(fact, fact.certification.body.acronym),
        "year": fact.as_of or UNDATED,
        "source_url": fact.source_url,
    }


def exam_rows(certification: Certification) -> list[dict[str, Any]]:
    """Questions, length, passing score, fee and time to test; what we do not know says so."""
    rows = []
    for kind in EXAM_KINDS:
        found = [fact_row(fact) for fact in facts(certification, kind)]
        if not found and kind in ALWAYS:
            found = [_not_checked(certification, kind)]
        rows += found
    return rows


def unknown_facts(certification: Certification) -> str:
    """What is not known about the exam, and why, in a sentence; "" where every fact is known."""
    held = {fact.kind for fact in certification.facts.all()}
    missing = [str(kind.label).lower() for kind in ALWAYS if kind not in held]
    if not missing:
        return ""
    issuer = certification.body.acronym
    what = " and ".join([", ".join(missing[:-1]), missing[-1]]) if len(missing) > 1 else missing[0]
    return (
        f"{what[0].upper()}{what[1:]}: not known here. We show a fact about an exam only where {issuer}’s own page, or "
        f"another that we can name, states it, and we have read none that does. Ask {issuer} before you plan with it."
    )


def _not_checked(certification: Certification, kind: Kind) -> dict[str, Any]:
    return {
        "label": kind.label,
        "missing": Missing.NOT_CHECKED,
        "source": f"Ask {certification.body.acronym}",
        "source_url": certification.issuer_url,
    }


def figure_of(certification: Certification, kind: Kind) -> dict[str, Any]:
    """The first fact of a kind as one of a card's or jacket's figures."""
    found = facts(certification, kind)
    if not found:
        return {"label": kind.label, "missing": str(Missing.NOT_CHECKED.label)}
    # "Every 2 years, with 20 units; 10 more …": the first part large, the next small; the page has it whole.
    value, *more = re.split(r"[,;:] ", found[0].text)
    row = {**fact_row(found[0]), "url": found[0].source_url, "value": value}
    row["note"] = more[0][0].upper() + more[0][1:] if more else ""
    if kind == Kind.FEE and found[0].amount is not None:
        row["value"] = f"${found[0].amount:,}"
        # "$399 for one try, $499 for two": the large figure has said the first amount.
        rest = found[0].text.removeprefix(row["value"]).strip(" ,;")
        members = found[0].member_amount
        row["note"] = rest[:1].upper() + rest[1:] if members is None else f"${members:,} for members"
    return row
