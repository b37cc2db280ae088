"""What schools answered, to a review or to a reported error, and nobody has read."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings

from directory.curation.worklists.case import (
    CANDIDATES,
    Asked,
    Case,
    Kind,
    change_page,
    fingerprint,
    for_days,
    heaviest,
)
from directory.curation.worklists.harm import harm
from directory.models import ErrorReport, ReviewReply, School
from directory.vocab import ReviewState

WAITING: Final = 4


def find(asked: Asked) -> list[Case]:
    """Two queries."""
    return heaviest([*_to_reviews(asked), *_to_reports(asked)], asked)


def _to_reviews(asked: Asked) -> list[Case]:
    rows = (
        ReviewReply.objects.filter(state=ReviewState.PENDING)
        .select_related("review__program__school")
        .order_by("sent_at", "pk")[:CANDIDATES]
    )
    return [
        _case(
            f"reply-{row.pk}", f"Reply to review {row.review_id}", row.review.program.school, row.sent_at,
            change_page("directory_reviewreply", row.pk), str(row.revision), asked,
        )
        for row in rows
    ]  # fmt: skip


def _to_reports(asked: Asked) -> list[Case]:
    rows = (
        ErrorReport.objects.filter(replied_at__isnull=False, reply_shown=None)
        .select_related("school")
        .order_by("replied_at", "pk")[:CANDIDATES]
    )
    return [
        _case(
            f"report-{row.pk}", f"Reply to report {row.number}", row.school, row.replied_at,
            change_page("directory_errorreport", row.pk), str(row.replied_at), asked,
        )
        for row in rows
        if row.replied_at
    ]  # fmt: skip


def _case(
    key: str, what: str, school: School | None, at: dt.datetime, url: str, words: str, asked: Asked
) -> Case:  # fmt: skip
    days = asked.days_since(at)
    due = at + dt.timedelta(days=settings.REVIEW_TARGET_DAYS)
    late = f" Its target was {due:%-d %b %Y}." if due < asked.now else ""
    return Case(
        kind=KIND.slug,
        key=key,
        subject=f"{what}, {school}" if school else what,
        url=url,
        reason=f"A school’s answer has waited {for_days(days)} to be read.{late}",
        harm=harm(
            WAITING,
            leaves=asked.reach.leaves(school=school.pk) if school else 0,
            days=days,
            patience=settings.REVIEW_TARGET_DAYS,
        ),
        fingerprint=fingerprint(words),
        since=at.date(),
        due=due.date(),
    )


KIND: Final = Kind(
    "replies",
    "Replies of schools",
    "A school answered a review or a reported error, and nobody has read it.",
    "directory.view_reviewreply",
    "directory.change_reviewreply",
    find,
    asks=2,
)
