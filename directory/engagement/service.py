"""How quickly reported errors are dealt with, told as it is."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from statistics import median
from typing import Final

from django.conf import settings

from directory.models import ErrorReport
from directory.vocab import ReportState

PERIOD: Final = dt.timedelta(days=365)
#: What a reader took back tells nothing about us.
OURS: Final = (ReportState.CORRECTED, ReportState.DECLINED)


@dataclass(frozen=True, slots=True)
class Service:
    """Figures of the last year; advertising and nonsense are not counted. Days are whole ones, rounded up."""

    target_days: int
    decided: int
    corrected: int  # the fact itself, or the page that was reported as a whole
    elsewhere: int  # something else, and the fact reads as before
    on_time: int
    median_days: int | None  # None while nothing was decided
    open: int
    overdue: int
    oldest_days: int | None  # of what is open, by the calendar: 0 came today

    @property
    def met(self) -> bool:
        """Whether half of all were decided in time and nothing waits too long."""
        return self.median_days is not None and self.median_days <= self.target_days and not self.overdue


def service(now: dt.datetime) -> Service:
    """The figures as they stand; two queries."""
    target = settings.CORRECTION_TARGET_DAYS
    counted = ErrorReport.objects.filter(listed=True)
    decided = list(
        counted.filter(state__in=OURS, decided_at__gt=now - PERIOD).values_list(
            "received_at", "decided_at", "state", "fact", "elsewhere"
        )
    )
    took = [days(end - start) for start, end, *_ in decided if end]
    open_since = list(counted.filter(decided_at=None).values_list("received_at", flat=True))
    other = [bool(fact and elsewhere) for *_, state, fact, elsewhere in decided if state == ReportState.CORRECTED]
    return Service(
        target_days=target,
        decided=len(took),
        corrected=other.count(False),
        elsewhere=other.count(True),
        on_time=sum(each <= target for each in took),
        median_days=math.ceil(median(took)) if took else None,
        open=len(open_since),
        overdue=sum(days(now - since) > target for since in open_since),
        oldest_days=max((days_ago(since, now) for since in open_since), default=None),
    )


def days(span: dt.timedelta) -> int:
    """Whole days that a span reaches into, at least 1: what is done on the same day took a day."""
    return max(1, -(-span // dt.timedelta(days=1)))


def days_ago(moment: dt.datetime, now: dt.datetime) -> int:
    """How many midnights (UTC) lie between, so that what came minutes ago came today, 0 days ago."""
    return max(0, (now.astimezone(dt.UTC).date() - moment.astimezone(dt.UTC).date()).days)
