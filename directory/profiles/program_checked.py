"""When somebody last looked at a program's record, and how old its official files are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from directory.models import Accreditation, Override, ProgramFact


def last_checked(
    facts: Iterable[ProgramFact], records: Iterable[Accreditation], overrides: Iterable[Override]
) -> dt.date | None:
    """The newest day on which a person read a page, asked the accreditor or corrected a fact; None before the first."""
    days = [
        *(fact.checked_on for fact in facts if fact.checked_on),
        *(record.checked_on for record in records if record.checked_on and record.program_id),
        *(override.made_at.date() for override in overrides),
    ]
    return max(days, default=None)
