"""A whole batch taken back with one action, value by value; what somebody changed since stays as they left it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.curation.batches.columns import Listing, plain_of, value_of, words
from directory.curation.batches.plan import refused
from directory.curation.batches.writing import changed_since, listing_key, locked, put_back, stands
from directory.curation.own_addresses import OWN
from directory.models import ListingBatch, ListingChange, Program
from directory.vocab import BatchState, ChangeState, ListingKind, ListingState


@dataclass(frozen=True, slots=True)
class Undone:
    """Values put back, those left as they are, and the schools whose listings follow."""

    values: int
    left: int
    school_ids: frozenset[int]


@transaction.atomic
def undo(*, batch: ListingBatch, by: User) -> Undone:
    """Put back every value that still is as the batch left it; the others say why not. Twice is the same as once.

    A value for which the official file has changed meanwhile comes back as the file says it now, and says so. The
    caller holds the import lock and brings the lists in line afterwards.
    """
    held = ListingBatch.objects.select_for_update().get(pk=batch.pk)
    rows = list(held.rows.select_for_update().filter(state=ChangeState.APPLIED).order_by("pk"))
    listings = locked(held.kind, [listing_key(row) for row in rows])
    of_listing: defaultdict[int, list[ListingChange]] = defaultdict(list)
    for row in rows:
        of_listing[listing_key(row)].append(row)
    why, done, schools = f"Undone: {held.reason}", 0, set()
    for key, its in of_listing.items():
        listing = listings[key]
        good = _judged(held.kind, listing, its)
        for row in good:
            put_back(listing=listing, column=row.column, old=row.old, before=row.before, by=by, why=why)
            row.state, row.note = ChangeState.UNDONE, _came_back(held.kind, listing, row)
        done += len(good)
        if good:
            schools.add(listing.school_id if isinstance(listing, Program) else listing.pk)
    ListingChange.objects.bulk_update(rows, ["state", "note"], batch_size=200)
    if done:
        held.state = BatchState.PARTLY if done < len(rows) else BatchState.UNDONE
        held.undone_by, held.undone_at = by, timezone.now()
        held.save(update_fields=["state", "undone_by", "undone_at"])
    return Undone(done, len(rows) - done, frozenset(schools))


def _judged(kind: str, listing: Listing, rows: list[ListingChange]) -> list[ListingChange]:
    """Those that can be put back; the others get their note."""
    good = []
    for row in rows:
        if stands(listing, row.column, row.new, row.after):
            good.append(row)
        else:
            what, now = changed_since(listing, row.column, row.new, row.after)
            row.note = f"Not undone: somebody has changed {what} since.{now}"
    # What stood there must still be possible beside what others have changed meanwhile.
    back = {row.column: value_of(kind, row.column, row.old) for row in good}
    wrong = refused(kind, listing, back)
    if back.get("state") == ListingState.LISTED:
        # The rules are for what comes to the lists anew; this stood there, as an official file may put it there.
        wrong.pop("state", None)
    for name in OWN:
        wrong.pop(name, None)  # an address that came goes again, and one that comes back brings its day
    if not wrong:
        return good
    said = "; ".join(wrong.values())
    for row in good:
        row.note = f"Not undone: {wrong.get(row.column, said)}"
    return []


def _came_back(kind: str, listing: Listing, row: ListingChange) -> str:
    now = plain_of(listing, row.column)
    if now == row.old:
        return ""
    return f"The official file has another value by now: {words(kind, row.column, now)}."


def kind_words(kind: str, count: int) -> str:
    """ "1 school", "12 programs"."""
    noun = ListingKind(kind).label.lower()
    return f"{count:,} {noun.removesuffix('s') if count == 1 else noun}"
