"""How far an error that a reader reported has come, and what it can be about."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class ReportState(TextChoices):
    """One word for each step, the same to readers and staff."""

    RECEIVED = "received", "Received"
    CHECKING = "checking", "Checking"
    CORRECTED = "corrected", "Corrected"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: Nothing more is waited for.
DECIDED_STATES: Final = (ReportState.CORRECTED, ReportState.DECLINED, ReportState.WITHDRAWN)


class ReportKind(TextChoices):
    """The kind of page, as the address of the form writes it: `about=program:<slug>`."""

    PROGRAM = "program", "Program"
    SCHOOL = "school", "School"
    CERTIFICATION = "certification", "Certification"
    CAREER = "career", "Career"
