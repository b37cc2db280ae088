"""How one studies: length, classes, and what pages state about a program, or that nobody found it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from directory.models import Listing, Program, ProgramFact, Release
from directory.profiles.cards import LENGTH_SOURCE, LENGTH_WORDS
from directory.templatetags.figures import as_of
from directory.vocab import Delivery, Missing

Kind = ProgramFact.Kind
#: Facts that only a page of the school can tell, in the order in which a student asks them. Each has its line, also
#: while nobody has looked it up.
LOOKED_UP: Final = (
    Kind.CREDITS,
    Kind.MONTHS,
    Kind.TRANSFER,
    Kind.START_DATES,
    Kind.ENTRY_REQUIREMENTS,
    Kind.COURSES,
    Kind.PLACEMENT,
)
#: Not missed where nobody has looked it up: the length of the award already stands above.
SAID_ABOVE: Final = (Kind.MONTHS,)
#: "percent of those who answered", not "percentile".
PERCENT: Final = re.compile(r"percent\b[ ,]*")
NOT_PUBLISHED: Final = "Not published by the school"


def study_rows(
    listing: Listing, facts: Sequence[ProgramFact], program: Program, *, asked: Release | None
) -> list[dict[str, Any]]:
    """Length, classes, what pages state, and what nobody has looked up yet.

    `asked` is the newest file that asks schools how a program is taught; None when none is loaded.
    """
    length = LENGTH_WORDS.get(program.award_level, "")
    taught = [fact for fact in facts if fact.kind == Kind.DELIVERY]
    behind = next((fact for fact in taught if fact.value == listing.delivery), None)
    rows: list[dict[str, Any]] = [
        {
            "label": "Length",
            "value": length,
            "missing": Missing.NOT_COLLECTED,
            "source": LENGTH_SOURCE if length else "",
        },
        {"label": "Classes", **_classes(listing, asked), **(_page(behind) if behind else {})},
        *(fact_row(fact) for fact in taught if fact is not behind),  # a page that says something else
    ]
    for kind in LOOKED_UP:
        stated = [fact_row(fact) for fact in facts if fact.kind == kind]
        if kind not in SAID_ABOVE:
            stated = stated or [{"label": str(kind.label), "missing": Missing.NOT_CHECKED, "source": ""}]
        rows += stated
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


def _page(fact: ProgramFact) -> dict[str, Any]:
    return {"year": fact.year or "undated", "source_url": fact.evidence_url}


def fact_row(fact: ProgramFact) -> dict[str, Any]:
    """One stated fact with the page that states it. A page is evidence, not an official source.

    Without a value it says that somebody read the page and did not find the fact there.
    """
    row: dict[str, Any] = {"kind": fact.kind, "label": fact.get_kind_display()}
    if not fact.value:
        read = f"Read on {as_of(fact.checked_on)}" if fact.checked_on else ""
        note = "; ".join(part for part in (read, fact.note) if part)
        return {**row, "reason": NOT_PUBLISHED, "note": note, "source": "The school’s page", **_page(fact)}
    value = (
        str(Delivery(fact.value).label)
        if fact.kind == Kind.DELIVERY and fact.value in Delivery.values
        else fact.value
    )  # fmt: skip
    is_amount = fact.kind == Kind.PRICE and fact.value.isdigit()
    if is_amount:
        value = f"${int(fact.value):,}"
    if PERCENT.match(fact.unit):
        value = f"{value}%"
    # "percent of those who answered" stands beside the sign as "of those who answered".
    unit = "" if is_amount or fact.unit == fact.value else PERCENT.sub("", fact.unit)
    return {
        **row,
        "value": value,
        "note": "; ".join(part for part in (unit, fact.note) if part),
        "source": "A page states it",
        **_page(fact),
    }
