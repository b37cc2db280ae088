"""How many readers left for a school, day by day, and what they searched for in vain."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Final, NamedTuple

from django.db.models import Sum

from directory.models import ClickCount, MissedSearch

DAYS: Final = 28
TEXTS: Final = 8


class Day(NamedTuple):
    """How many left on a day."""

    day: dt.date
    leaves: int


def leaves(*, today: dt.date) -> list[Day]:
    """Four weeks of days up to today, those without any as 0. One query of two halves, each by an index on the day."""
    since = today - dt.timedelta(days=DAYS - 1)
    counted: Counter[dt.date] = Counter()
    of_schools, of_programs = (
        ClickCount.objects.filter(day__gte=since, program__isnull=of_school)
        .order_by()
        .values_list("day")
        .annotate(Sum("count"))
        for of_school in (True, False)
    )
    for day, total in of_schools.union(of_programs, all=True):
        counted[day] += total
    return [Day(day, counted[day]) for day in (since + dt.timedelta(days=number) for number in range(DAYS))]


class Miss(NamedTuple):
    """A text that several readers typed in vain, and how often this month and the last."""

    text: str
    times: int


def misses(*, today: dt.date) -> list[Miss]:
    """The most frequent texts that nobody has answered yet; one query."""
    last_month = (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    rows = (
        MissedSearch.objects.filter(MissedSearch.OPEN, month__gte=last_month)
        .exclude(text="")
        .order_by()
        .values_list("text")
        .annotate(times=Sum("count"))
        .order_by("-times", "text")[:TEXTS]
    )
    return [Miss(text, times) for text, times in rows]
