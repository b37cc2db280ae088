"""Who changed a row and why, for the row's history."""

from __future__ import annotations

from copy import copy
from typing import Any, Final

from django.contrib.auth.models import User

from directory.curation.revisions import BEFORE, differing

#: What a history entry has room for; an override keeps the whole reason.
REASON_LENGTH: Final = 100


def begin_history(stored: Any) -> None:
    """Remember how a row stood before somebody edits it: imports leave no entries, and what they wrote since the last
    entry would pass for this person's.
    """
    last = stored.history.order_by("-history_date", "-history_id").first()
    if last is None or differing(last, stored):
        unsigned = copy(stored)
        sign(unsigned, by=None, why=BEFORE)  # else it would be signed by whoever is at the desk
        type(stored).history.bulk_history_create([unsigned], update=True)


def sign(row: Any, *, by: User | None, why: str) -> None:
    """Say it before saving: the history entry of the next save carries both."""
    row._history_user = by  # noqa: SLF001 - the names that django-simple-history asks for
    row._change_reason = why[:REASON_LENGTH]  # noqa: SLF001
