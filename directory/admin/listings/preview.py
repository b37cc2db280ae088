"""A plan as the page shows it: what each value becomes, what is refused, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.urls import reverse

from directory.admin.base import program_choice
from directory.admin.listings.words import label, shown
from directory.curation.batches.columns import Listing
from directory.curation.batches.plan import Plan, Planned
from directory.curation.batches.undo import kind_words
from directory.models import Program

#: Rows of either table; the rest is counted.
SHOWN: Final = 200
MEANWHILE: Final = (
    "Nothing was saved: somebody has changed one of these listings since the preview, or you have changed the form. "
    "Below is what would happen now. Look at it and apply again."
)


def preview(plan: Plan, lines: Mapping[int, int] | None = None) -> dict[str, Any]:
    """What the template prints: rows of words, counts, and the signature that applying sends back.

    `lines` are the lines of a file, by the listings' keys.
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
    }


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
