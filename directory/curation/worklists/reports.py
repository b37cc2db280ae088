"""Errors that readers reported and that are not decided, past their service target or close to it."""

from __future__ import annotations

import datetime as dt
from textwrap import shorten
from typing import Final

from django.conf import settings
from django.db.models import F

from directory.curation.worklists.case import (
    CANDIDATES,
    Asked,
    Case,
    Kind,
    change_page,
    counted,
    fingerprint,
    for_days,
    heaviest,
)
from directory.curation.worklists.harm import harm
from directory.models import ErrorReport

LATE: Final = 8
NEAR: Final = 4
#: So many days before the target it is near.
AHEAD: Final = 3
#: Letters of what the reader wrote.
WORDS: Final = 80


def find(asked: Asked) -> list[Case]:
    """Those that are due within three days or overdue; one query."""
    target = dt.timedelta(days=settings.CORRECTION_TARGET_DAYS)
    return heaviest(_cases(asked, received_before=asked.now - target + dt.timedelta(days=AHEAD)), asked)


def find_open(asked: Asked) -> list[Case]:
    """All that are open, for the one queue of what readers and schools wrote; one query."""
    return list(_cases(asked, received_before=asked.now))


def _cases(asked: Asked, *, received_before: dt.datetime) -> list[Case]:
    rows = (
        ErrorReport.objects.filter(decided_at=None, received_at__lte=received_before)
        .select_related("school", "program__school", "override")
        .annotate(awards=F("program__listing__awards_five_years"))
        .order_by("received_at", "pk")[: max(asked.limit, CANDIDATES)]
    )
    return [_case(row, asked) for row in rows]


def _case(row: ErrorReport, asked: Asked) -> Case:
    target = settings.CORRECTION_TARGET_DAYS
    due = row.received_at + dt.timedelta(days=target)
    late = due < asked.now
    days = asked.days_since(row.received_at)
    over = asked.days_since(due)
    overdue = f"overdue by {counted(over, 'day')}" if over else "overdue since today"
    promised = overdue if late else f"due on {due:%-d %b %Y}"
    said = f"A reader says that “{row.label}” is wrong; the reader writes “{_begun(row)}”"
    reason = f"{said}; open {for_days(days)}, {promised} ({row.get_state_display().lower()})."
    if row.has_correction:
        reason = f"{reason} The field is corrected: decide the report."
    return Case(
        kind=KIND.slug,
        key=f"report-{row.pk}",
        subject=f"{row.number}, {row.label}: {row.title}",
        url=change_page("directory_errorreport", row.pk),
        reason=reason,
        harm=harm(
            LATE if late else NEAR,
            leaves=asked.reach.leaves(school=row.school_id, program=row.program_id),
            graduates=(row.awards or 0) / 5,  # type: ignore[attr-defined]  # annotated above
            days=days,
            patience=target,
        ),
        fingerprint=fingerprint(row.state, late, row.replied_at),
        since=row.received_at.date(),
        due=due.date(),
    )


def _begun(row: ErrorReport) -> str:
    """The start of the reader's own words, as one line. A case's history does not keep it, so it can be withheld."""
    return shorten(row.should_be or row.words, WORDS, placeholder="…")


KIND: Final = Kind(
    "reports",
    "Errors that readers reported",
    "A report is past what we promise readers, or will be within three days.",
    "directory.view_errorreport",
    "directory.change_errorreport",
    find,
)
