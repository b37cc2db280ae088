"""Which corrections wait for a person: the official file moved, or the day came to look again."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.db.models import QuerySet

from directory.models import Override


def in_conflict() -> QuerySet[Override]:
    """Corrections in force whose official value changed after they were made, the oldest conflict first."""
    return _shown().filter(conflict_since__isnull=False).order_by("conflict_since", "pk")


def to_review(today: dt.date) -> QuerySet[Override]:
    """Corrections in force whose day to look again has come, the longest overdue first."""
    return _shown().filter(review_by__lte=today).order_by("review_by", "pk")


def _shown() -> QuerySet[Override]:
    rows = Override.objects.filter(active=True)
    return rows.select_related("school__release", "program__field", "program__school", "program__release", "made_by")


def snapshot(override: Override) -> dict[str, Any]:
    """A correction as JSON keeps it: whatever deciding about it can change."""
    return {
        "value": override.value,
        "official_value": override.official_value,
        "reason": override.reason,
        "evidence_url": override.evidence_url,
        "review_by": override.review_by.isoformat() if override.review_by else None,
        "made_by": override.made_by_id,
        "made_at": override.made_at.isoformat(),
        "conflict_since": override.conflict_since.isoformat() if override.conflict_since else None,
        "active": override.active,
    }


def mark(override: Override) -> str:
    """What a curator saw of a correction, in short: another mark means that it has changed since."""
    return hashlib.sha256(repr(sorted(snapshot(override).items())).encode()).hexdigest()[:16]
