"""Reviews that wait to be read, and accepted ones of which a reader complained."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.db.models import Count, F, Min, Q

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
from directory.models import Review
from directory.vocab import ReviewState

#: Readers see it, and one of them says that it should not be there.
REPORTED: Final = 7
WAITING: Final = 4


def find(asked: Asked) -> list[Case]:
    """One query."""
    still_open = Q(reports__outcome="")
    rows = (
        Review.objects.filter(Q(state=ReviewState.PENDING) | Q(state=ReviewState.SHOWN, reports__outcome=""))
        .select_related("program__school", "program__field")
        .annotate(
            awards=F("program__listing__awards_five_years"),
            complaints=Count("reports", filter=still_open, distinct=True),
            complained=Min("reports__made_at", filter=still_open),
        )
        .order_by("sent_at", "pk")[:CANDIDATES]
    )
    return heaviest((_case(row, asked) for row in rows), asked)


def _case(row: Review, asked: Asked) -> Case:
    complaints: int = row.complaints  # type: ignore[attr-defined]  # this and the next are annotated
    shown = row.state == ReviewState.SHOWN
    began: dt.datetime = (row.complained if shown else None) or row.sent_at  # type: ignore[attr-defined]
    days = asked.days_since(began)
    due = began + dt.timedelta(days=settings.REVIEW_TARGET_DAYS)
    if shown:
        reason = f"Readers see it, and {counted(complaints, 'complaint')} about it has waited {for_days(days)}."
    else:
        reason = f"A review has waited {for_days(days)} to be read."
    if due < asked.now:
        reason += f" Its target was {due:%-d %b %Y}."
    return Case(
        kind=KIND.slug,
        key=f"review-{row.pk}",
        subject=f"Review {row.pk}: {row.program}, {row.program.school}",
        url=change_page("directory_review", row.pk),
        reason=reason,
        harm=harm(
            REPORTED if shown else WAITING,
            leaves=asked.reach.leaves(school=row.program.school_id, program=row.program_id),
            graduates=(row.awards or 0) / 5,  # type: ignore[attr-defined]
            days=days,
            patience=settings.REVIEW_TARGET_DAYS,
        ),
        fingerprint=fingerprint(row.state, row.revision, complaints),
        since=began.date(),
        due=due.date(),
    )


KIND: Final = Kind(
    "reviews",
    "Reviews",
    "A review waits to be read, or a reader complained of one that is shown.",
    "directory.view_review",
    "directory.change_review",
    find,
)
