"""Column pairs that hold a figure: the number, and beside it why it is missing or what its quality is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from directory.vocab import NOTE_CHOICES, NOTE_LENGTH, Missing


def note_field() -> models.CharField[str, str]:
    """The companion of a nullable number: a Missing reason beside NULL, a Quality (mostly empty) beside a number."""
    return models.CharField(max_length=NOTE_LENGTH, choices=NOTE_CHOICES, blank=True, default="")


def value_or_reason(name: str, *, constraint: str) -> models.CheckConstraint:
    """The database rule behind "unknown is unknown with its reason": exactly one of value and reason."""
    known = Q((f"{name}__isnull", False))
    reason = Q((f"{name}_note__in", Missing.values))
    return models.CheckConstraint(condition=(known & ~reason) | (~known & reason), name=constraint)
