"""The figures together, kept for a minute."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db.models import Count, Min
from django.utils import timezone

from directory.curation.dashboard.freshness import Age, ages
from directory.curation.dashboard.traffic import Day, Miss, leaves, misses
from directory.curation.rounds import Round, rounds
from directory.models import ErrorReport, ImportRun, Mail

KEY: Final = "dashboard:figures"
FRESH: Final = 60
#: What counting them asks.
QUERIES: Final = 7
RUNS: Final = 6


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, and since when the oldest does."""

    count: int
    oldest: dt.date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the first page says beside the worklists; `at` is when it was counted."""

    at: dt.datetime
    ages: list[Age]
    leaves: list[Day]
    misses: list[Miss]
    runs: list[ImportRun]
    reports: Queue
    rounds: dict[str, Round]  # worklist -> the last time that it was filled
    mails: dict[str, Queue]  # state -> those that did not go yet, or of which nobody knows


def figures() -> tuple[Figures, int]:
    """What was counted within the last minute, or counts it; and how many queries that took."""
    held: Figures | None = cache.get(KEY)
    if held is not None:
        return held, 0
    found = _count(timezone.now())
    cache.set(KEY, found, FRESH)
    return found, QUERIES


def forget() -> None:
    """After somebody did what the page may have said was lacking: it is counted anew."""
    cache.delete(KEY)


def _count(now: dt.datetime) -> Figures:
    today = timezone.localdate(now)
    reports = ErrorReport.objects.filter(decided_at=None).aggregate(count=Count("pk"), oldest=Min("received_at"))
    on_their_way = Mail.objects.exclude(state__in=(Mail.State.SENT, Mail.State.REFUSED)).order_by()
    mails = on_their_way.values_list("state").annotate(Count("pk"), Min("written_at"))
    return Figures(
        at=now,
        ages=ages(today=today),
        leaves=leaves(today=today),
        misses=misses(today=today),
        runs=list(ImportRun.objects.order_by("-started_at", "-pk")[:RUNS]),
        reports=Queue(reports["count"], _day(reports["oldest"])),
        rounds=rounds(),
        mails={state: Queue(count, _day(oldest)) for state, count, oldest in mails},
    )


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None
