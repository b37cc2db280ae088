"""One column of one listing, changed and put back: the steps that a batch is made of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from directory.curation import by_hand, overrides, own_addresses
from directory.curation.batches.columns import MODELS, Listing, plain_of, value_of, words
from directory.curation.own_addresses import OWN
from directory.curation.signature import sign
from directory.models import ListingChange, Override, Program
from directory.vocab import ListingKind

#: A correction as JSON keeps it, to compare it and to make it anew; None where there is none in force.
Kept = dict[str, Any] | None


def kept(listing: Listing, column: str) -> Kept:
    """The correction in force on a column, or what stands behind a program's own address."""
    if isinstance(listing, Program) and column in OWN:
        return own_addresses.kept(listing, column)
    override = listing.overrides.filter(active=True, column=column).first()
    if override is None:
        return None
    return {
        "value": override.value,
        "reason": override.reason,
        "evidence_url": override.evidence_url,
        "review_by": override.review_by.isoformat() if override.review_by else None,
        "made_by": override.made_by_id,
        "made_at": override.made_at.isoformat(),
    }


def put(
    *,
    listing: Listing,
    column: str,
    value: Any,
    by: User | None,
    why: str,
    evidence_url: str = "",
    review_by: dt.date | None = None,
) -> None:
    """Give a column a value as the form of the listing would: typing the official value gives a correction up."""
    if isinstance(listing, Program) and column in OWN:
        own_addresses.put(program=listing, column=column, value=value, by=by, why=why, evidence_url=evidence_url)
        return
    if by_hand.is_by_hand(listing):
        _write(listing, column, value, by=by, why=why)
        return
    held = listing.overrides.filter(active=True, column=column).first()
    if held and value == value_of(_kind(listing), column, held.official_value):
        overrides.give_up(override=held, by=by, why=why)
        listing.refresh_from_db(fields=[column])
        return
    overrides.correct(
        target=listing,
        column=column,
        value=value,
        reason=why,
        by=by,
        evidence_url=evidence_url,
        review_by=review_by,
    )


def put_back(*, listing: Listing, column: str, old: Any, before: Kept, by: User | None, why: str) -> None:
    """Bring back what stood there: the correction that was in force, or the official value as it is by now."""
    if isinstance(listing, Program) and column in OWN:
        own_addresses.put_back(
            program=listing, column=column, old=value_of(_kind(listing), column, old), before=before, by=by, why=why
        )
        return
    held = listing.overrides.filter(active=True, column=column).first()
    if before is not None:
        made = overrides.correct(
            target=listing,
            column=column,
            value=value_of(_kind(listing), column, before["value"]),
            reason=before["reason"],
            by=by,
            evidence_url=before["evidence_url"],
        )
        # Whose correction it is, and of which day, is part of what comes back; the history says who brought it back.
        Override.objects.filter(pk=made.pk).update(
            made_by=User.objects.filter(pk=before["made_by"]).first(),
            made_at=dt.datetime.fromisoformat(before["made_at"]),
            review_by=before["review_by"],
        )
    elif held:
        overrides.give_up(override=held, by=by, why=why)
        listing.refresh_from_db(fields=[column])
    else:
        _write(listing, column, value_of(_kind(listing), column, old), by=by, why=why)


def locked(kind: str, keys: list[int]) -> dict[int, Listing]:
    """The listings by their keys, held until the transaction ends, in one order so that two batches cannot block."""
    rows: Any = MODELS[kind]._default_manager.select_for_update(no_key=True, of=("self",)).select_related("release")
    return {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}


def _write(listing: Listing, column: str, value: Any, *, by: User | None, why: str) -> None:
    setattr(listing, column, value)
    sign(listing, by=by, why=why)
    listing.save(update_fields=[column])


def _kind(listing: Listing) -> str:
    return ListingKind.PROGRAM if isinstance(listing, Program) else ListingKind.SCHOOL


def stands(listing: Listing, column: str, new: Any, after: Kept) -> bool:
    """Whether the column still is as a batch left it: the value, and the correction behind it."""
    if plain_of(listing, column) != new:
        return False
    if isinstance(listing, Program) and column in OWN:
        return own_addresses.stands(listing, column, after)
    return kept(listing, column) == after


def changed_since(listing: Listing, column: str, new: Any, after: Kept) -> tuple[str, str]:
    """What somebody has changed of a column that does not stand any more, and what it says now where that is new."""
    now = plain_of(listing, column)
    if isinstance(listing, Program) and column in OWN and now == new:
        return own_addresses.beside(listing, column, after), ""
    return "it", f" It is {words(_kind(listing), column, now)} now."


def listing_key(row: ListingChange) -> int:
    """The key of the school or program that a change is about."""
    key = row.program_id or row.school_id
    if key is None:  # pragma: no cover - the check constraint rules it out
        raise ValueError("A change has a school or a program.")
    return key
