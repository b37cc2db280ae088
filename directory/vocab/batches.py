"""Changes of many listings at once: how they were asked for, and what has become of them."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class ListingKind(TextChoices):
    SCHOOL = "school", "Schools"
    PROGRAM = "program", "Programs"


class BatchWay(TextChoices):
    """How a batch of changes was asked for."""

    BULK = "bulk", "Bulk edit in the admin"
    FILE = "file", "Spreadsheet"


class BatchState(TextChoices):
    PLANNED = "planned", "Prepared for later"
    NEEDS_PERSON = "person", "Needs a person"
    CANCELLED = "cancelled", "Cancelled"
    APPLIED = "applied", "Applied"
    UNDONE = "undone", "Undone"
    PARTLY = "partly", "Undone in part"


#: What waits for its hour, or for somebody who looks at it.
WAITING_BATCHES: Final = (BatchState.PLANNED, BatchState.NEEDS_PERSON)


class ChangeState(TextChoices):
    """What has become of one value of one listing."""

    PLANNED = "planned", "Prepared for later"
    APPLIED = "applied", "Applied"
    REFUSED = "refused", "Refused, not applied"
    UNDONE = "undone", "Undone"
    CANCELLED = "cancelled", "Cancelled"
