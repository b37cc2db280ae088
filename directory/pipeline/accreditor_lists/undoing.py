"""Undoing a list with one action: every record and fact as it was before, except what staff have changed since."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory.models import (
    Accreditation,
    AccreditationAction,
    AccreditorList,
    AccreditorListChange,
    AccreditorListRow,
    ProgramFact,
)
from directory.pipeline.accreditor_lists.applying import NotPossible, snapshot
from directory.pipeline.accreditor_lists.outcomes import COLUMNS as FACT_COLUMNS
from directory.pipeline.accreditor_lists.outcomes import fact_snapshot
from directory.pipeline.accreditor_lists.records import COLUMNS, delete_rows, in_parts, save_rows
from directory.pipeline.refresh import refresh

DATES: Final = ("since", "ended_on", "checked_on")


class Undone(NamedTuple):
    """How many changes were taken back, and what was left alone because somebody has changed it since."""

    taken_back: int
    left: tuple[str, ...]


def blocker(accreditor_list: AccreditorList) -> str:
    """Why a list cannot be undone now; "" when it can."""
    if accreditor_list.state != AccreditorList.State.APPLIED:
        return f"This list is {accreditor_list.get_state_display().lower()}: there is nothing to undo."
    at = accreditor_list.applied_at
    later = AccreditorList.objects.filter(
        Q(applied_at__gt=at) | Q(applied_at=at, pk__gt=accreditor_list.pk),
        agency=accreditor_list.agency_id,
        state=AccreditorList.State.APPLIED,
    )
    if newer := later.order_by("-applied_at").first():
        return f"The list of {newer.as_of} was applied after it: undo that one first."
    return ""


@transaction.atomic
def undo(*, accreditor_list: AccreditorList, by: User) -> Undone:
    """Take back what applying the list did. Records that it brought go; their history stays. Raises NotPossible."""
    held = AccreditorList.objects.select_for_update().get(pk=accreditor_list.pk)
    if why := blocker(held):
        raise NotPossible(why)
    count, left = 0, []
    staff = set(User.objects.filter(is_staff=True).values_list("pk", flat=True))
    changes = list(held.changes.order_by("-pk"))  # the last one first: two rows may have changed the same record
    records, facts = _locked(changes)
    schools = {each.school_id for each in records.values()} | {each.program.school_id for each in facts.values()}
    gone: set[Any] = set()
    changed: set[Any] = set()
    for change in changes:
        row: Any = records.get(change.accreditation_id or 0) or facts.get(change.fact_id or 0)
        if row is None or row in gone:
            continue
        is_record = isinstance(row, Accreditation)
        if (snapshot(row) if is_record else fact_snapshot(row)) != change.after:
            left.append(f"{row.school if is_record else row.program}: {row}")
            continue
        count += 1
        values = _values(change, staff)
        if values is None:
            gone.add(row)
        else:
            vars(row).update(values)
            changed.add(row)
    why = f"The list of {held.as_of} was undone"
    kept = sorted(changed - gone, key=lambda row: row.pk)
    save_rows([row for row in kept if isinstance(row, Accreditation)], COLUMNS, by=by, why=why)
    save_rows([row for row in kept if isinstance(row, ProgramFact)], FACT_COLUMNS, by=by, why=why)
    delete_rows([row for row in gone if isinstance(row, Accreditation)], by=by, why=why)
    delete_rows([row for row in gone if isinstance(row, ProgramFact)], by=by, why=why)
    AccreditationAction.objects.filter(external_key__startswith=f"list-{held.pk}-").delete()
    held.rows.update(found=AccreditorListRow.Found.WAITING)
    held.state, held.undone_by, held.undone_at = AccreditorList.State.UNDONE, by, timezone.now()
    held.save()
    refresh(schools)
    return Undone(count, tuple(left))


def _locked(changes: list[AccreditorListChange]) -> tuple[dict[int, Accreditation], dict[int, ProgramFact]]:
    """The records and facts that were changed, as they stand now, by key."""
    records: dict[int, Accreditation] = {}
    facts: dict[int, ProgramFact] = {}
    held = Accreditation.objects.select_related("agency", "school").select_for_update(of=("self",))
    for keys in in_parts(sorted({change.accreditation_id for change in changes if change.accreditation_id})):
        records |= held.in_bulk(list(keys))
    stated = ProgramFact.objects.select_related("program__school", "program__field").select_for_update(of=("self",))
    for keys in in_parts(sorted({change.fact_id for change in changes if change.fact_id})):
        facts |= stated.in_bulk(list(keys))
    return records, facts


def _values(change: AccreditorListChange, staff: set[int]) -> dict[str, Any] | None:
    """The columns as they were, out of JSON; an account that is gone checked nothing any more."""
    if change.before is None:
        return None
    values = dict(change.before)
    for name in DATES:
        if values.get(name):
            values[name] = dt.date.fromisoformat(values[name])
    if values.get("checked_by_id") not in staff and "checked_by_id" in values:
        values["checked_by_id"] = None
    return values
