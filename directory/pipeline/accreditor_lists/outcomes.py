"""Outcomes of graduates that a list carries beside the accreditation: kept as facts of the program, each dated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.contrib.auth.models import User

from directory.curation.by_hand import staff_release
from directory.curation.signature import begin_history, sign
from directory.importers.accreditor_list.entry import Outcome
from directory.models import AccreditorList, AccreditorListChange, ProgramFact
from directory.pipeline.accreditor_lists.difference import Item
from directory.vocab import Reliability

Kind = ProgramFact.Kind
#: What a list can change of a fact, and what undoing puts back.
COLUMNS: Final = ("value", "unit", "year", "note", "reliability", "checked_on", "release_id")


def write_outcomes(held: AccreditorList, items: Iterable[Item], *, by: User) -> list[AccreditorListChange]:
    """Write down the outcomes of entries that have a program; returns the changes, not saved yet."""
    changes = []
    for item in items:
        if item.program is None or item.entry is None or not item.entry.outcome.says_something:
            continue
        url = item.entry.outcome.url or held.source_url
        for kind, values in _said(item.entry.outcome):
            fact = ProgramFact.objects.filter(program=item.program, kind=kind, evidence_url=url).first()
            before = fact_snapshot(fact) if fact else None
            if fact:
                begin_history(fact)
            fact = fact or ProgramFact(program_id=item.program, kind=kind, evidence_url=url)
            for name, value in values.items():
                setattr(fact, name, value)
            fact.reliability, fact.checked_on = Reliability.HIGH, held.as_of
            fact.release = staff_release(held.as_of.year)
            sign(fact, by=by, why=f"The accreditor’s list of {held.as_of}")
            fact.save()
            changes.append(
                AccreditorListChange(
                    accreditor_list=held, kind=AccreditorListChange.Kind.FACT, line=item.line, fact=fact,
                    before=before, after=fact_snapshot(fact),
                )
            )  # fmt: skip
    return changes


def fact_snapshot(fact: ProgramFact) -> dict[str, Any]:
    """What a list can change of a fact, as JSON."""
    values = {name: getattr(fact, name) for name in COLUMNS}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def _said(outcome: Outcome) -> Iterator[tuple[str, dict[str, str]]]:
    for kind, rate in ((Kind.GRADUATION_RATE, outcome.graduation), (Kind.JOB_PLACEMENT_RATE, outcome.employment)):
        if rate is not None:
            yield kind, {"value": rate, "unit": "percent", "year": outcome.year}
    if outcome.third_value:
        yield Kind.FURTHER_OUTCOME, {
            "value": outcome.third_value, "unit": "", "year": outcome.year, "note": outcome.third_name
        }  # fmt: skip
