"""How one studies: length, classes, and what pages state about a program."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from directory.models import Listing, Program, ProgramFact, Release
from directory.profiles.cards import LENGTH_SOURCE, LENGTH_WORDS
from directory.vocab import Delivery, Missing

#: Curated facts that have a line of their own on the page; addresses are links, not lines.
SHOWN_FACTS: Final = (
    ProgramFact.Kind.PRICE,
    ProgramFact.Kind.CREDITS,
    ProgramFact.Kind.MONTHS,
    ProgramFact.Kind.DELIVERY,
    ProgramFact.Kind.START_DATES,
    ProgramFact.Kind.ENTRY_REQUIREMENTS,
    ProgramFact.Kind.COURSES,
    ProgramFact.Kind.PLACEMENT,
    ProgramFact.Kind.GRADUATION_RATE,
    ProgramFact.Kind.JOB_PLACEMENT_RATE,
    ProgramFact.Kind.RHIT_PASS_RATE,
    ProgramFact.Kind.NEXT_REVIEW_YEAR,
)
#: What an accredited program must publish; "not found" is said where we have none.
NOT_PUBLISHED: Final = (
    ProgramFact.Kind.START_DATES,
    ProgramFact.Kind.ENTRY_REQUIREMENTS,
    ProgramFact.Kind.COURSES,
    ProgramFact.Kind.PLACEMENT,
)


def study_rows(
    listing: Listing, facts: list[ProgramFact], program: Program, *, asked: Release | None
) -> list[dict[str, Any]]:
    """Length, classes, what pages state, and what nobody has looked up yet.

    `asked` is the newest file that asks schools how a program is taught; None when none is loaded.
    """
    length = LENGTH_WORDS.get(program.award_level, "")
    rows: list[dict[str, Any]] = [
        {
            "label": "Length",
            "value": length,
            "missing": Missing.NOT_COLLECTED,
            "source": LENGTH_SOURCE if length else "",
        },
        {"label": "Classes", **_classes(listing, asked)},
    ]
    stated = [_fact_row(fact) for fact in facts if fact.kind in SHOWN_FACTS and not fact.kind.endswith("-rate")]
    known = {row["kind"] for row in stated}
    rows += stated
    rows += [
        {"label": str(kind.label), "missing": Missing.NOT_CHECKED, "source": ""}
        for kind in NOT_PUBLISHED
        if kind.value not in known
    ]
    return rows


def _classes(listing: Listing, asked: Release | None) -> dict[str, Any]:
    """How it is taught. A school can only have failed to report it to a file that asks and that we hold."""
    if listing.delivery != Delivery.UNKNOWN:
        return {"value": str(Delivery(listing.delivery).label), "source": listing.delivery_basis}
    if asked is None:
        return {
            "missing": Missing.NOT_COLLECTED,
            "note": "No file that we hold says how this program is taught. Ask the school.",
            "source": "",
        }
    return {"missing": Missing.NOT_REPORTED, "source": asked.get_source_display(), "year": asked.vintage}


def _fact_row(fact: ProgramFact) -> dict[str, Any]:
    """One stated fact with the page that states it. A page is evidence, not an official source."""
    value = (
        str(Delivery(fact.value).label)
        if fact.kind == ProgramFact.Kind.DELIVERY and fact.value in Delivery.values
        else fact.value
    )
    if fact.unit.startswith("percent"):
        value = f"{value}%"
    return {
        "kind": fact.kind,
        "label": fact.get_kind_display(),
        "value": value,
        "note": "; ".join(part for part in (fact.unit, fact.note) if part),
        "source": "A page states it",
        "year": fact.year or "undated",
        "source_url": fact.evidence_url,
    }


def rate_rows(facts: Iterable[ProgramFact]) -> list[dict[str, Any]]:
    """Rates of graduates that pages state: graduation, job placement, exams passed."""
    return [_fact_row(fact) for fact in facts if fact.kind.endswith("-rate")]
