"""What became of a program's graduates: earnings and debt, and the outcomes that an accredited program must publish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from directory.models import FieldOutcome, ProgramFact
from directory.profiles.figures import outcome_figures
from directory.profiles.program_study import fact_row
from directory.vocab import Standing

#: What CAHIIM requires an accredited program to publish, dated and no older than the last full academic year: these
#: two rates, and one more outcome of the school's choice.
REQUIRED_RATES: Final = (ProgramFact.Kind.GRADUATION_RATE, ProgramFact.Kind.JOB_PLACEMENT_RATE)
FURTHER: Final = (ProgramFact.Kind.RHIT_PASS_RATE, ProgramFact.Kind.FURTHER_OUTCOME)
FURTHER_LABEL: Final = "One more outcome of the school’s choice"
NOT_FOUND: Final = "Required, not found"
ASK: Final = "Ask the school where it publishes this"
#: Standings under which the requirement is in force, and those under which it would be if what is said is true.
BINDING: Final = (Standing.ACCREDITED, Standing.ON_NOTICE)
SAID_TO_BIND: Final = (Standing.STATED,)


def outcome_rows(outcome: FieldOutcome | None) -> list[dict[str, Any]]:
    """Earnings and debt of its field at this school and level; nothing when College Scorecard has no such row."""
    return [{"label": line.label, "figure": line.figure} for line in outcome_figures(outcome)] if outcome else []


def published_rows(standing: str, facts: Sequence[ProgramFact]) -> list[dict[str, Any]]:
    """What the program publishes of its graduates; where CAHIIM requires it, also what nobody has found."""
    rates = [fact for fact in facts if fact.kind in (*REQUIRED_RATES, *FURTHER)]
    if not published_rule(standing):
        return [_named(fact) for fact in rates]
    stated = [_required(fact) for fact in rates]
    known = {fact.kind for fact in rates}
    missed = [
        *(str(kind.label) for kind in REQUIRED_RATES if kind not in known),
        *([] if known & set(FURTHER) else [FURTHER_LABEL]),
    ]
    return [*stated, *({"label": label, "reason": NOT_FOUND, "note": ASK} for label in missed)]


def _named(fact: ProgramFact) -> dict[str, Any]:
    """The fact; the school's own measure under the name that the school gives it."""
    row = fact_row(fact)
    if fact.kind == ProgramFact.Kind.FURTHER_OUTCOME and fact.value and fact.note:
        return {**row, "label": fact.note, "note": fact.unit}
    return row


def _required(fact: ProgramFact) -> dict[str, Any]:
    """The fact; where somebody read the page and did not find it, that it is required there."""
    return _named(fact) if fact.value else {**_named(fact), "reason": NOT_FOUND}


def published_rule(standing: str) -> str:
    """Why a rate that nobody has found is missed; "" where nothing is required."""
    asked = "a graduation rate, an employment rate and one more outcome, dated, no older than the last full year"
    if standing in BINDING:
        return f"CAHIIM requires an accredited program to publish {asked}. We collect them by hand."
    if standing in SAID_TO_BIND:
        return (
            f"If CAHIIM has accredited this program, as it is said, then it must publish {asked}. "
            "We collect them by hand."
        )
    return ""
