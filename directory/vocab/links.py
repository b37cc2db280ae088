"""What an address that our pages lead to was found to be."""

from __future__ import annotations

from django.db.models import TextChoices


class Finding(TextChoices):
    """What the last answer of an address said."""

    UNASKED = "unasked", "Not asked yet"
    FINE = "fine", "Answers"
    MOVED = "moved", "Moved for good"
    DOUBTFUL = "doubtful", "Answers, but may be gone"
    REFUSED = "refused", "Refuses machines"
    INSECURE = "insecure", "Certificate in doubt"
    NOT_PUBLIC = "not-public", "Leads to no public machine"
    GONE = "gone", "Page is gone"
    FAILING = "failing", "Does not answer"
    NO_HOST = "no-host", "No such host"
    LOOP = "loop", "Redirects without end"
