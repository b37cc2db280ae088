"""Changes of many listings at once: how they were asked for, and what has become of them."""

from __future__ import annotations

from django.db.models import TextChoices


class ListingKind(TextChoices):
    SCHOOL = "school", "Schools"
    PROGRAM = "program", "Programs"


class BatchWay(TextChoices):
    """How a batch of changes was asked for."""

    BULK = "bulk", "Bulk edit in the admin"
    FILE = "file", "Spreadsheet"


class BatchState(TextChoices):
    APPLIED = "applied", "Applied"
    UNDONE = "undone", "Undone"
    PARTLY = "partly", "Undone in part"


class ChangeState(TextChoices):
    """What has become of one value of one listing."""

    APPLIED = "applied", "Applied"
    REFUSED = "refused", "Refused, not applied"
    UNDONE = "undone", "Undone"
