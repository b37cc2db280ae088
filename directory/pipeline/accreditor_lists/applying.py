"""Applying a list: one transaction, each record with evidence and history, and all that undoing needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.curation.signature import sign
from directory.curation.worklists.case import counted
from directory.models import (
    Accreditation,
    AccreditationAction,
    AccreditorList,
    AccreditorListChange,
    AccreditorListRow,
    AccreditorRowDecision,
)
from directory.pipeline.accreditor_lists.comparing import Reading, compare, compare_row
from directory.pipeline.accreditor_lists.difference import LIVE, WRITTEN, Difference, Item, Kind
from directory.pipeline.accreditor_lists.outcomes import write_outcomes
from directory.pipeline.accreditor_lists.records import AT_ONCE, COLUMNS, create_rows, save_rows, write_columns
from directory.pipeline.refresh import refresh
from directory.vocab import AccreditationStatus

Change = AccreditorListChange
FOUND: Final = {
    Kind.UNMATCHED: AccreditorListRow.Found.UNMATCHED,
    Kind.DISMISSED: AccreditorListRow.Found.DISMISSED,
    Kind.UNREADABLE: AccreditorListRow.Found.UNREADABLE,
    Kind.REPEATED: AccreditorListRow.Found.REPEATED,
}


class NotPossible(Exception):
    """It was not done, and nothing was written; the message says why."""


@transaction.atomic
def apply(
    *, accreditor_list: AccreditorList, by: User, seen: str, clear_gone: bool, though_many: bool = False
) -> AccreditorList:
    """Bring the records in line with the list, as the difference with the fingerprint `seen` says.

    Raises NotPossible when that difference is no longer the one there is, when the list was applied already, or when
    clearing what is gone makes no sense: the list is not whole, rows cannot be read, or it is many (`though_many`).
    """
    held = AccreditorList.objects.select_for_update().select_related("agency").get(pk=accreditor_list.pk)
    if held.state != AccreditorList.State.UPLOADED:
        raise NotPossible(f"This list is {held.get_state_display().lower()} already; somebody else was quicker.")
    difference = compare(held)
    if difference.fingerprint != seen:
        raise NotPossible("What the list would change is no longer what you saw: look at it again, then apply it.")
    if clear_gone:
        _may_clear(held, difference, though_many)
    written = [item for item in difference.items if item.kind in WRITTEN]
    changes = write_records(held, written, by=by)
    if clear_gone:
        changes += _clear(held, difference.by_kind[Kind.GONE], by=by)
    changes += write_outcomes(held, written, by=by)
    Change.objects.bulk_create(changes, batch_size=AT_ONCE)
    _note_rows(difference.items)
    # Its rows that are decided later mean what they meant today, whatever the accreditor's next list looks like.
    held.read_as = Reading.of(held).kept
    held.state, held.cleared, held.counts = AccreditorList.State.APPLIED, clear_gone, difference.counts
    held.applied_by, held.applied_at = by, timezone.now()
    held.save()
    refresh({item.school for item in difference.items if item.school})
    return held


@transaction.atomic
def settle(
    *, row: AccreditorListRow, by: User, reason: str, program: Any = None, school: Any = None, seen: str = ""
) -> AccreditorRowDecision:
    """Say what a row means: a program, a school (for accreditors of schools), or with neither nothing of ours.

    It is remembered for later lists. In a list that was applied, the row is written down at once. Raises NotPossible
    when somebody else has decided since; `seen` is the mark of the decision that the curator saw (`mark`).
    """
    held = (
        AccreditorListRow.objects.select_for_update(of=("self",))
        .select_related("accreditor_list__agency")
        .get(pk=row.pk)
    )
    agency = held.accreditor_list.agency
    key, label = _key(held)
    known = AccreditorRowDecision.objects.select_for_update().filter(agency=agency, key=key).first()
    if mark(known) != seen:
        raise NotPossible(f"Somebody else has decided about this row: {words(known)}. Look at it, then decide again.")
    decision = known or AccreditorRowDecision(agency=agency, key=key)
    decision.label, decision.reason, decision.made_by = label, reason, by
    decision.program, decision.school = program, program.school if program else school
    sign(decision, by=by, why=reason)
    decision.save()
    if held.accreditor_list.state == AccreditorList.State.APPLIED:
        _write_row(held, by=by)
    return decision


def mark(decision: AccreditorRowDecision | None) -> str:
    """What a curator saw of an earlier decision; "" where there was none."""
    return f"{decision.pk}-{decision.made_at.isoformat()}" if decision else ""


def words(decision: AccreditorRowDecision | None) -> str:
    """A decision in words."""
    if decision is None:
        return "the decision was taken back"
    meant = decision.program or decision.school
    who = f"{decision.made_by}: " if decision.made_by else ""
    return f"{who}{f'it is {meant}' if meant else 'dismissed'} ({decision.reason})"


def write_records(held: AccreditorList, items: Sequence[Item], *, by: User) -> list[Change]:
    """Create and change the records of entries; returns the changes, not saved yet."""
    new: list[Accreditation] = []
    old: list[Accreditation] = []
    before: list[dict[str, Any] | None] = []
    for item in items:
        record = item.record or Accreditation(agency=held.agency, school_id=item.school or 0, program_id=item.program)
        before.append(snapshot(record) if record.pk else None)
        _write(record, item, held, by)
        item.record = record
        (old if record.pk else new).append(record)
    why = f"The accreditor’s list of {held.as_of}"
    create_rows(new, by=by, why=why)
    save_rows(old, COLUMNS, by=by, why=why)
    _note_actions(held, [item for item in items if item.kind == Kind.CHANGED])
    return [
        Change(accreditor_list=held, kind=item.kind.value, line=item.line, accreditation=item.record, before=was,
               after=snapshot(item.record))
        for item, was in zip(items, before, strict=True) if item.record
    ]  # fmt: skip


def snapshot(record: Accreditation) -> dict[str, Any]:
    """What a list can change of a record, as JSON."""
    values = {name: getattr(record, name) for name in COLUMNS}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def _write(record: Accreditation, item: Item, held: AccreditorList, by: User) -> None:
    entry = item.entry
    if entry is None:
        return
    record.status = entry.status
    record.since = entry.since or record.since
    record.ended_on = entry.ended_on if entry.ended_on or entry.status in LIVE else record.ended_on
    record.next_review = entry.next_review or record.next_review
    record.evidence_url, record.checked_on, record.checked_by = held.source_url, held.as_of, by


def _clear(held: AccreditorList, items: Sequence[Item], *, by: User) -> list[Change]:
    """What a whole list no longer names is withdrawn from that day on, and stays with its history."""
    changes, records = [], []
    for item in items:
        record = item.record
        if record is None:
            continue
        before = snapshot(record)
        item.why = f"{record.get_status_display()} → {AccreditationStatus.WITHDRAWN.label}: no longer in the list"
        record.status, record.ended_on = AccreditationStatus.WITHDRAWN, held.as_of
        record.evidence_url, record.checked_on, record.checked_by = held.source_url, held.as_of, by
        records.append(record)
        changes.append(
            Change(
                accreditor_list=held, kind=Change.Kind.GONE, accreditation=record, before=before, after=snapshot(record)
            )
        )
    save_rows(records, COLUMNS, by=by, why=f"No longer in the accreditor’s list of {held.as_of}")
    _note_actions(held, items)
    return changes


def _may_clear(held: AccreditorList, difference: Difference, though_many: bool) -> None:
    if not held.whole:
        raise NotPossible("Only a list that is whole can say what is gone from it.")
    if not difference.is_readable:
        raise NotPossible("Some rows cannot be read, so what seems gone may be in one of them. Mend the file first.")
    if difference.clears_many and not though_many:
        gone = len(difference.by_kind[Kind.GONE])
        of = counted(difference.live, "record")
        raise NotPossible(f"{gone} of {of} would be withdrawn. Say that this is what you mean.")


def _note_actions(held: AccreditorList, items: Iterable[Item]) -> None:
    """The public history of each record says what changed, and on which day it was seen.

    Rows of one list may change a record more than once, and so may a row that is decided anew: each has its own key.
    """
    before = AccreditationAction.objects.filter(external_key__startswith=f"list-{held.pk}-").count()
    actions = [
        AccreditationAction(
            accreditation=item.record,
            description=item.why[:255],
            reason=f"The accreditor’s list of {held.as_of}",
            on=held.as_of,
            external_key=f"list-{held.pk}-{item.record.pk}-{item.line or 'gone'}-{before}",
        )
        for item in items
        if item.record and item.why
    ]
    AccreditationAction.objects.bulk_create(actions, batch_size=AT_ONCE)


def _note_rows(items: Iterable[Item]) -> None:
    rows = [
        AccreditorListRow(
            pk=item.row, label=item.label, key=item.key, why=item.why[:300],
            found=FOUND.get(item.kind, AccreditorListRow.Found.MATCHED),
        )
        for item in items if item.row
    ]  # fmt: skip
    write_columns(rows, ("label", "key", "why", "found"))


def _key(row: AccreditorListRow) -> tuple[str, str]:
    item = compare_row(row)
    if not item.key:
        raise NotPossible("This row cannot be read; mend the file and upload it again.")
    return item.key, item.label


def _write_row(row: AccreditorListRow, *, by: User) -> None:
    held = row.accreditor_list
    item = compare_row(row)
    if item.kind in WRITTEN:
        changes = write_records(held, [item], by=by)
        Change.objects.bulk_create([*changes, *write_outcomes(held, [item], by=by)])
        refresh({item.school} if item.school else set())
    _note_rows([item])
