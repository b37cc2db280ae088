"""A batch prepared for an hour to come: it keeps what it found, and changes nothing that somebody has changed since."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.curation.batches.apply import NO_SHEET, Sheet, Why, begun, row_of
from directory.curation.batches.columns import MODELS, Listing, plain_of, value_of
from directory.curation.batches.plan import Plan, Values, refused
from directory.curation.batches.writing import changed_since, kept, listing_key, locked, put, stands
from directory.models import ListingBatch, ListingChange, Program
from directory.vocab import WAITING_BATCHES, BatchState, BatchWay, ChangeState

GONE = "Whoever prepared it may no longer change these listings."


@transaction.atomic
def prepare(*, plan: Plan, way: BatchWay, why: Why, by: User, sheet: Sheet = NO_SHEET) -> ListingBatch:
    """Keep a plan for its hour (`why.due_at`), with what stands now. Writes no listing."""
    batch, rows = begun(plan=plan, way=way, why=why, by=by, sheet=sheet, state=BatchState.PLANNED)
    held = locked(plan.kind, [each.listing.pk for each in plan.good])
    for each in plan.good:
        before = kept(held[each.listing.pk], each.column)
        rows.append(row_of(batch, each, before=before, state=ChangeState.PLANNED))
    ListingChange.objects.bulk_create(rows, batch_size=500)
    return batch


def due(now: dt.datetime) -> list[int]:
    """Keys of the batches whose hour has come, the oldest first."""
    waiting = ListingBatch.objects.filter(state=BatchState.PLANNED, due_at__lte=now)
    return list(waiting.order_by("due_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def carry_out(*, key: int, now: dt.datetime) -> tuple[ListingBatch | None, frozenset[int]]:
    """Apply a prepared batch whole, or hand it to a person when it no longer fits; None when it waits no more.

    Belongs under the import lock, so a second runner comes after the first and finds nothing to do. Returns the batch
    and the schools whose listings follow.
    """
    batch = ListingBatch.objects.select_for_update().filter(pk=key, state=BatchState.PLANNED, due_at__lte=now).first()
    if batch is None:
        return None, frozenset()
    rows, listings = _held(batch)
    if not _may(batch):
        return _hand_over(batch, GONE), frozenset()
    if stale := _stale(batch, rows, listings):
        ListingChange.objects.bulk_update(stale, ["note"], batch_size=200)
        return _hand_over(batch, "Something has changed since it was prepared."), frozenset()
    return batch, _write(batch, rows, listings, by=batch.made_by)


@transaction.atomic
def carry_out_now(*, batch: ListingBatch, by: User) -> frozenset[int] | None:
    """Apply a waiting batch at once, over whatever stands there now; None when it waits no more.

    Raises ValueError, with what is wrong, when a listing cannot have the values any more.
    """
    held = ListingBatch.objects.select_for_update().filter(pk=batch.pk, state__in=WAITING_BATCHES).first()
    if held is None:
        return None
    rows, listings = _held(held)
    for key, values in _wanted(held, rows).items():
        if wrong := refused(held.kind, listings[key], values):
            raise ValueError("; ".join(f"{listings[key]}: {said}" for said in wrong.values()))
    for row in rows:
        row.old = plain_of(listings[listing_key(row)], row.column)
        row.before = kept(listings[listing_key(row)], row.column)
    return _write(held, rows, listings, by=by)


@transaction.atomic
def cancel(*, batch: ListingBatch, by: User) -> bool:
    """Take a waiting batch back before it is applied. Whether it still waited."""
    held = ListingBatch.objects.select_for_update().filter(pk=batch.pk, state__in=WAITING_BATCHES).first()
    if held is None:
        return False
    held.rows.filter(state=ChangeState.PLANNED).update(state=ChangeState.CANCELLED)
    held.state, held.undone_by, held.undone_at = BatchState.CANCELLED, by, timezone.now()
    held.save(update_fields=["state", "undone_by", "undone_at"])
    return True


def _held(batch: ListingBatch) -> tuple[list[ListingChange], dict[int, Listing]]:
    rows = list(batch.rows.filter(state=ChangeState.PLANNED).order_by("pk"))
    return rows, locked(batch.kind, [listing_key(row) for row in rows])


def _may(batch: ListingBatch) -> bool:
    name = f"directory.change_{MODELS[batch.kind]._meta.model_name}"
    return bool(batch.made_by and batch.made_by.is_staff and batch.made_by.has_perm(name))


def _stale(batch: ListingBatch, rows: list[ListingChange], listings: dict[int, Listing]) -> list[ListingChange]:
    """The rows for which something else stands there now, or which cannot be any more; each with its note."""
    found = []
    for row in rows:
        listing = listings[listing_key(row)]
        if not stands(listing, row.column, row.old, row.before):
            what, now = changed_since(listing, row.column, row.old, row.before)
            row.note = f"Somebody has changed {what} since it was prepared.{now}"
            found.append(row)
    for key, values in _wanted(batch, rows).items():
        wrong = refused(batch.kind, listings[key], values)
        for row in rows:
            if listing_key(row) == key and row.column in wrong and row not in found:
                row.note = wrong[row.column]
                found.append(row)
        if wrong and not any(listing_key(row) == key for row in found):
            first = next(row for row in rows if listing_key(row) == key)
            first.note = "; ".join(wrong.values())
            found.append(first)
    return found


def _wanted(batch: ListingBatch, rows: list[ListingChange]) -> dict[int, Values]:
    wanted: dict[int, dict[str, object]] = {}
    for row in rows:
        wanted.setdefault(listing_key(row), {})[row.column] = value_of(batch.kind, row.column, row.new)
    return dict(wanted)


def _write(
    batch: ListingBatch, rows: list[ListingChange], listings: dict[int, Listing], *, by: User | None
) -> frozenset[int]:
    schools = set()
    for row in rows:
        listing = listings[listing_key(row)]
        put(
            listing=listing,
            column=row.column,
            value=value_of(batch.kind, row.column, row.new),
            by=by,
            why=batch.reason,
            evidence_url=batch.evidence_url,
            review_by=batch.review_by,
        )
        row.state, row.note = ChangeState.APPLIED, ""
        schools.add(listing.school_id if isinstance(listing, Program) else listing.pk)
    for row in rows:  # not before all are written: an address and its day stand behind each other
        row.after = kept(listings[listing_key(row)], row.column)
    ListingChange.objects.bulk_update(rows, ["old", "before", "after", "state", "note"], batch_size=200)
    batch.state, batch.trouble = BatchState.APPLIED, ""
    batch.save(update_fields=["state", "trouble"])
    return frozenset(schools)


def _hand_over(batch: ListingBatch, trouble: str) -> ListingBatch:
    batch.state, batch.trouble = BatchState.NEEDS_PERSON, trouble
    batch.save(update_fields=["state", "trouble"])
    return batch
