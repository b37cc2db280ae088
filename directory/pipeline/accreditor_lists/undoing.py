"""Undoing a list with one action: every record and fact as it was before, except what staff have changed since."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory.curation.signature import sign
from directory.models import (
    Accreditation,
    AccreditationAction,
    AccreditorList,
    AccreditorListChange,
    AccreditorListRow,
    ProgramFact,
)
from directory.pipeline.accreditor_lists.applying import NotPossible, snapshot
from directory.pipeline.accreditor_lists.outcomes import fact_snapshot
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
    count, left, schools = 0, [], set()
    staff = set(User.objects.filter(is_staff=True).values_list("pk", flat=True))
    # The last change first: a fact or record may have been changed by two rows.
    for change in held.changes.order_by("-pk"):
        row = _changed(change)
        if row is None:
            continue
        is_record = isinstance(row, Accreditation)
        schools.add(row.school_id if is_record else row.program.school_id)
        if (snapshot(row) if is_record else fact_snapshot(row)) != change.after:
            left.append(f"{row.school if is_record else row.program}: {row}")
            continue
        _take_back(row, _values(change, staff), by=by, why=f"The list of {held.as_of} was undone")
        count += 1
    AccreditationAction.objects.filter(external_key__startswith=f"list-{held.pk}-").delete()
    held.rows.update(found=AccreditorListRow.Found.WAITING)
    held.state, held.undone_by, held.undone_at = AccreditorList.State.UNDONE, by, timezone.now()
    held.save()
    refresh(schools)
    return Undone(count, tuple(left))


def _changed(change: AccreditorListChange) -> Any:
    """The record or fact as it stands now, locked: of two changes of one row the later one was taken back before."""
    if change.accreditation_id:
        records = Accreditation.objects.select_related("agency", "school").select_for_update(of=("self",))
        return records.filter(pk=change.accreditation_id).first()
    facts = ProgramFact.objects.select_related("program__school", "program__field").select_for_update(of=("self",))
    return facts.filter(pk=change.fact_id).first() if change.fact_id else None


def _take_back(row: Accreditation | ProgramFact, before: dict[str, Any] | None, *, by: User, why: str) -> None:
    sign(row, by=by, why=why)
    if before is None:
        row.delete()
        return
    for name, value in before.items():
        setattr(row, name, value)
    row.save(update_fields=[name.removesuffix("_id") for name in before])


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
