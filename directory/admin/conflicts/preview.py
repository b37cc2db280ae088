"""What a decision will change on the public page: the corrected fact as it reads now, and as it will read."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format

from directory.models import ConflictDecision, Override, Program
from directory.profiles.corrections import DAY, SOURCE, Corrected, label, official, paper, shown

Decision = ConflictDecision.Decision


class Told(NamedTuple):
    """One correction: where it stands, and what readers are told before and after."""

    override: Override
    subject: str
    url: str
    column: str
    ours: str
    official: str
    now: str
    then: str


def told(overrides: Iterable[Override], said: dict[str, Any] | None = None) -> list[Told]:
    """Each correction in words; `then` is empty until a decision is known. No query: rows come with their owners."""
    return [
        Told(
            override, _subject(override), override.target.get_absolute_url(), label(override),
            shown(override, override.value), official(override), _reads(override),
            _then(override, said) if said else "",
        )
        for override in overrides
    ]  # fmt: skip


def _subject(override: Override) -> str:
    target = override.target
    return f"{target}, {target.school}" if isinstance(target, Program) else str(target)


def _reads(override: Override) -> str:
    """The row of the public page: value, what the official file says, why, and from when."""
    row = Corrected([override]).rows(override.target.release)[0]
    return f"{row['value']}. {row['note']} ({SOURCE} on {date_format(row['year'], DAY)})"


def _then(override: Override, said: dict[str, Any]) -> str:
    if said["decision"] == Decision.ACCEPT:
        file = paper(override.target.release)
        return f"{official(override)}. Source: {file['source']}, {file['year']}. No correction stands beside it."
    made = copy.copy(override)
    made.reason, made.made_at = said["reason"], timezone.now()
    if said["decision"] == Decision.EDIT:
        value = said.get("value")
        made.value = value.isoformat() if isinstance(value, dt.date) else value
    return _reads(made)
