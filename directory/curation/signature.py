"""Who changed a row and why, for the row's history."""

from __future__ import annotations

from collections.abc import Sequence
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
    begin_histories([stored])


def begin_histories(stored: Sequence[Any]) -> None:
    """The same for many rows of one table, with two queries for all of them."""
    if not stored:
        return
    history, key = type(stored[0]).history, stored[0]._meta.pk.attname
    lines = history.filter(**{f"{key}__in": [row.pk for row in stored]}).latest_of_each()
    last = {getattr(line, key): line for line in lines.order_by("history_id")}
    unsigned = [copy(row) for row in stored if row.pk not in last or differing(last[row.pk], row)]
    for row in unsigned:
        sign(row, by=None, why=BEFORE)  # else it would be signed by whoever is at the desk
    if unsigned:
        history.bulk_history_create(unsigned, update=True)


def sign(row: Any, *, by: User | None, why: str) -> None:
    """Say it before saving: the history entry of the next save carries both.

    The words of a line that is nobody's are kept in quotes where somebody typed them: they would hide who it was.
    """
    if by is not None and why == BEFORE:
        why = f"“{why}”"
    row._history_user = by  # noqa: SLF001 - the names that django-simple-history asks for
    row._change_reason = why[:REASON_LENGTH]  # noqa: SLF001
