"""Who decided what about which review, reply or reported error, when and why; of readers it says nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from directory.models import ErrorReportStep, Review, ReviewReply
from directory.vocab import RefusalReason, ReportState, ReviewState

REVIEW, REPLY, REPORT = "review", "reply", "report"
KINDS: Final = {REVIEW: "Reviews", REPLY: "Replies to reviews", REPORT: "Reported errors"}
DECISIONS: Final[dict[str, str]] = {
    **{state.value: str(state.label) for state in (ReviewState.SHOWN, ReviewState.REFUSED)},
    **{state.value: str(state.label) for state in ReportState if state != ReportState.RECEIVED},
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision. `place` orders the log and tells an address where a page of it begins."""

    kind: str
    pk: int
    at: dt.datetime
    by: Any
    what: str
    url: str
    decision: str
    why: str

    @property
    def place(self) -> tuple[dt.datetime, str, int]:
        return (self.at, self.kind, self.pk)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What part of the log: empty where all of it."""

    kind: str = ""
    decision: str = ""
    by: int | None = None
    before: tuple[dt.datetime, str, int] | None = None


def may_read(user: User) -> bool:
    """Moderators, and whoever may do what they do."""
    return user.has_perm("directory.change_review")


def entries(wanted: Wanted, limit: int) -> list[Entry]:
    """The newest first; at most three queries, each of so many rows."""
    found: list[Entry] = []
    for kind, read in ((REVIEW, _of_reviews), (REPLY, _of_replies), (REPORT, _of_reports)):
        if wanted.kind in ("", kind):
            found += [
                entry for entry in read(wanted, limit + 1) if wanted.before is None or entry.place < wanted.before
            ]
    return nlargest(limit, found, key=lambda entry: entry.place)


def _part(rows: QuerySet, wanted: Wanted, *, at: str, by: str, state: str, limit: int) -> QuerySet:
    """Rows of one table at and before the place; those of the same moment are told apart afterwards."""
    if wanted.before:
        rows = rows.filter(**{f"{at}__lte": wanted.before[0]})
    if wanted.by is not None:
        rows = rows.filter(**{by: wanted.by})
    if wanted.decision:
        rows = rows.filter(**{state: wanted.decision})
    return rows.order_by(f"-{at}", "-pk")[: limit + 20]  # twenty decisions in one microsecond are a test


def _of_texts(model: type[Review | ReviewReply], wanted: Wanted, limit: int, *related: str) -> QuerySet:
    rows = model.history.filter(
        history_type="~", history_user__isnull=False, state__in=(ReviewState.SHOWN, ReviewState.REFUSED)
    ).select_related("history_user", *related)
    return _part(rows, wanted, at="history_date", by="history_user", state="state", limit=limit)


def _of_reviews(wanted: Wanted, limit: int) -> Iterator[Entry]:
    for row in _of_texts(Review, wanted, limit, "program__school", "program__field"):
        yield _text(row, REVIEW, f"Review {row.id} of {row.program}, {row.program.school.name}", "review")


def _of_replies(wanted: Wanted, limit: int) -> Iterator[Entry]:
    for row in _of_texts(ReviewReply, wanted, limit, "review__program__school"):
        yield _text(row, REPLY, f"Reply to review {row.review_id}, {row.review.program.school.name}", "reviewreply")


def _text(row: Any, kind: str, what: str, model: str) -> Entry:
    reason = str(RefusalReason(row.reason).label) if row.reason else ""
    return Entry(
        kind, row.history_id, row.history_date, row.history_user, what,
        reverse(f"admin:directory_{model}_change", args=[row.id]), DECISIONS[row.state],
        " ".join(part for part in (reason, row.note) if part),
    )  # fmt: skip


def _of_reports(wanted: Wanted, limit: int) -> Iterator[Entry]:
    rows = ErrorReportStep.objects.filter(by__isnull=False).select_related("by", "report")
    for row in _part(rows, wanted, at="at", by="by", state="state", limit=limit):
        yield Entry(
            REPORT, row.pk, row.at, row.by, f"Report {row.report.number}: {row.report.label}, {row.report.title}",
            reverse("admin:directory_errorreport_change", args=[row.report_id]), str(row.get_state_display()),
            row.words,
        )  # fmt: skip
