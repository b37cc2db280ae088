"""A plan as the page shows it: what each value becomes, what is refused, and how much of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from directory.admin.base import program_choice
from directory.admin.listings.words import hour, label, shown
from directory.curation.batches.columns import Listing
from directory.curation.batches.plan import Plan, Planned
from directory.curation.batches.undo import kind_words
from directory.curation.worklists.case import counted
from directory.models import Program

#: Rows of either table; the rest is counted.
SHOWN: Final = 200
MEANWHILE: Final = (
    "Nothing was saved: somebody has changed one of these listings since the preview, or you have changed the form. "
    "Below is what would happen now. Look at it and apply again."
)


OTHER_HOUR: Final = (
    "Nothing was saved: the hour is another one than in the preview. The button below says what it does."
)


def preview(
    plan: Plan, due_at: dt.datetime | None = None, lines: Mapping[int, int] | None = None, *, asks_hour: bool = False
) -> dict[str, Any]:
    """What the template prints: rows of words, counts, the button, and the signature and hour that it sends back.

    `lines` are the lines of a file, by the listings' keys; `asks_hour` where the page asks for the hour only now.
    """
    lines = lines or {}
    return {
        "has_lines": bool(lines),
        "good": [_row(plan.kind, row, lines) for row in plan.good[:SHOWN]],
        "more": max(0, len(plan.good) - SHOWN),
        "refused": [_row(plan.kind, row, lines) for row in plan.refused[:SHOWN]],
        "more_refused": max(0, len(plan.refused) - SHOWN),
        "changes": len(plan.good),
        "refusals": len(plan.refused),
        "listings": kind_words(plan.kind, plan.listings),
        "unchanged": kind_words(plan.kind, plan.unchanged) if plan.unchanged else "",
        "missing": len(plan.missing),
        "signature": plan.signature,
        "hour": hour(due_at),
        "button": _button(len(plan.good), due_at, asks_hour=asks_hour),
    }


def hour_changed(request: HttpRequest, due_at: dt.datetime | None) -> bool:
    """Whether somebody sends another hour than the one that stood on the button; tells them so."""
    if request.POST.get("hour", hour(due_at)) == hour(due_at):
        return False
    messages.warning(request, OTHER_HOUR)
    return True


def _button(changes: int, due_at: dt.datetime | None, *, asks_hour: bool) -> str:
    many = counted(changes, "change")
    if due_at:
        return f"Keep {many} for {hour(due_at)}"
    pronoun = "it" if changes == 1 else "them"
    return f"Apply {many}" + f", or keep {pronoun} for the hour above" * asks_hour


def _row(kind: str, row: Planned, lines: Mapping[int, int]) -> dict[str, Any]:
    return {
        "line": lines.get(row.listing.pk),
        "name": name_of(row.listing),
        "address": address_of(row.listing),
        "column": label(kind, row.column),
        "old": shown(kind, row.column, row.old),
        "new": shown(kind, row.column, row.new),
        "corrected": row.corrected,
        "readers": row.readers_see,
        "refusal": row.refusal,
    }


def name_of(listing: Listing) -> str:
    return program_choice(listing) if isinstance(listing, Program) else str(listing)


def address_of(listing: Listing) -> str:
    return reverse(f"admin:directory_{listing._meta.model_name}_change", args=[listing.pk])
