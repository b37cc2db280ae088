"""A planned batch becomes true, and is kept with what it takes to undo it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.curation.batches.columns import Listing, value_of, words
from directory.curation.batches.plan import Plan, Planned
from directory.curation.batches.writing import kept, locked, put
from directory.models import ListingBatch, ListingChange, Program
from directory.vocab import BatchWay, ChangeState

#: Line, column, cell and reason of what a file asks for and does not get.
NotTaken = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class Why:
    """What is said about every change of a batch."""

    reason: str
    evidence_url: str = ""
    review_by: dt.date | None = None
    due_at: dt.datetime | None = None

    @property
    def on(self) -> dt.date | None:
        """The day on which the values are to hold, where it is not today."""
        return timezone.localdate(self.due_at) if self.due_at else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The spreadsheet that a batch comes from, and what of it could not be read; `lines` by the listings' keys.

    `unnamed_rows` counts further rows, of which `not_taken` names nothing: nobody reads so many.
    """

    name: str = ""
    lines: Mapping[int, int] = field(default_factory=dict)
    not_taken: Sequence[NotTaken] = ()
    unnamed_rows: int = 0


NO_SHEET = Sheet()


@transaction.atomic
def apply(*, plan: Plan, way: BatchWay, why: Why, by: User, sheet: Sheet = NO_SHEET) -> ListingBatch:
    """Write what the plan does not refuse, in one transaction; refused values are kept with their reason.

    The plan must have been made in the same transaction, under the import lock: nothing is compared again here. The
    caller brings the lists in line afterwards.
    """
    batch, rows = begun(plan=plan, way=way, why=why, by=by, sheet=sheet)
    held = locked(plan.kind, [planned.listing.pk for planned in plan.good])
    # All is kept before the first value is written, and after the last: an address and its day stand behind each other.
    before = [kept(held[planned.listing.pk], planned.column) for planned in plan.good]
    for planned in plan.good:
        value = value_of(plan.kind, planned.column, planned.new)
        put(
            listing=held[planned.listing.pk],
            column=planned.column,
            value=value,
            by=by,
            why=why.reason,
            evidence_url=why.evidence_url,
            review_by=why.review_by,
        )
    for planned, was in zip(plan.good, before, strict=True):
        after = kept(held[planned.listing.pk], planned.column)
        rows.append(row_of(batch, planned, before=was, after=after))
    ListingChange.objects.bulk_create(rows, batch_size=500)
    return batch


def begun(
    *, plan: Plan, way: BatchWay, why: Why, by: User, sheet: Sheet, **more: Any
) -> tuple[ListingBatch, list[ListingChange]]:
    """The batch of a plan, saved, and its refused values, not saved yet."""
    not_taken = all_not_taken(plan, sheet)
    batch = ListingBatch.objects.create(
        kind=plan.kind,
        way=way,
        reason=why.reason,
        evidence_url=why.evidence_url,
        review_by=why.review_by,
        due_at=why.due_at,
        made_by=by,
        file_name=sheet.name,
        not_taken=not_taken,
        rows_not_taken=len({line for line, *_ in not_taken}) + sheet.unnamed_rows,
        listings=plan.listings,
        changes=len(plan.good),
        refused=len(plan.refused),
        **more,
    )
    return batch, [row_of(batch, each, state=ChangeState.REFUSED, note=each.refusal) for each in plan.refused]


def all_not_taken(plan: Plan, sheet: Sheet) -> list[NotTaken]:
    """What a file asked for and does not get, by its lines: what could not be read, and what the plan refuses."""
    refused = [
        (sheet.lines[each.listing.pk], each.column, words(plan.kind, each.column, each.new), each.refusal)
        for each in plan.refused
        if each.listing.pk in sheet.lines
    ]
    return sorted([*sheet.not_taken, *refused], key=lambda row: row[0])


def row_of(batch: ListingBatch, planned: Planned, **more: Any) -> ListingChange:
    return ListingChange(
        batch=batch,
        column=planned.column,
        old=planned.old,
        new=planned.new,
        **target(planned.listing),
        **more,
    )


def target(listing: Listing) -> dict[str, Any]:
    """The listing under the name that tables of both kinds give it."""
    return {"program" if isinstance(listing, Program) else "school": listing}
