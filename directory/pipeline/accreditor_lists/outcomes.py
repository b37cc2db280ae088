"""Outcomes of graduates that a list carries beside the accreditation: kept as facts of the program, each dated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.contrib.auth.models import User

from directory.curation.by_hand import staff_release
from directory.importers.accreditor_list.entry import Outcome
from directory.models import AccreditorList, AccreditorListChange, ProgramFact
from directory.pipeline.accreditor_lists.difference import Item
from directory.pipeline.accreditor_lists.records import create_rows, in_parts, save_rows
from directory.vocab import Reliability

Kind = ProgramFact.Kind
KINDS: Final = (Kind.GRADUATION_RATE, Kind.JOB_PLACEMENT_RATE, Kind.FURTHER_OUTCOME)
#: What a list can change of a fact, and what undoing puts back.
COLUMNS: Final = ("value", "unit", "year", "note", "reliability", "checked_on", "release_id")


def write_outcomes(held: AccreditorList, items: Iterable[Item], *, by: User) -> list[AccreditorListChange]:
    """Write down the outcomes of entries that have a program; returns the changes, not saved yet."""
    said = [item for item in items if item.program and item.entry and item.entry.outcome.says_something]
    if not said:
        return []
    known = _known({item.program for item in said if item.program})
    release, why = staff_release(held.as_of.year), f"The accreditor’s list of {held.as_of}"
    new: list[ProgramFact] = []
    old: list[ProgramFact] = []
    changes = []
    for item in said:
        assert item.entry is not None  # noqa: S101 - for the type checker
        url = item.entry.outcome.url or held.source_url
        for kind, values in _said(item.entry.outcome):
            key = (item.program or 0, kind, url)
            fact = known.get(key) or ProgramFact(program_id=key[0], kind=kind, evidence_url=url)
            before = fact_snapshot(fact) if fact.pk else None
            for name, value in values.items():
                setattr(fact, name, value)
            fact.reliability, fact.checked_on, fact.release = Reliability.HIGH, held.as_of, release
            (old if fact.pk else new).append(fact)
            changes.append(
                AccreditorListChange(
                    accreditor_list=held, kind=AccreditorListChange.Kind.FACT, line=item.line, fact=fact,
                    before=before, after=fact_snapshot(fact),
                )
            )  # fmt: skip
    create_rows(new, by=by, why=why)
    save_rows(old, COLUMNS, by=by, why=why)
    return changes


def _known(programs: set[int]) -> dict[tuple[int, str, str], ProgramFact]:
    """The facts of those kinds that are held of some programs, locked, by program, kind and page."""
    found = {}
    for keys in in_parts(sorted(programs)):
        rows = ProgramFact.objects.filter(program__in=keys, kind__in=KINDS).select_for_update(of=("self",))
        found.update({(row.program_id, row.kind, row.evidence_url): row for row in rows})
    return found


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
