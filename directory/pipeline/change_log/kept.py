"""What is kept of loads: of which, how much, and for how long."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Sum

from directory.models import ImportRun, KeptChange
from directory.pipeline.change_log.packing import Kind
from directory.pipeline.change_log.tables import Watched, watched


@dataclass(slots=True)
class Reverted:
    """What taking a load back did, or would do: rows that it had brought go, rows as they were come back.

    `tables` counts the rows by the tables' nouns in the plural; `conflicts` are corrections under which the official
    value has changed by it.
    """

    run: ImportRun
    deleted: int = 0
    restored: int = 0
    brought_back: int = 0
    conflicts: int = 0
    tables: Counter[str] = field(default_factory=Counter)

    def count(self, table: Watched, kind: Kind, rows: int) -> None:
        """So many rows of a table, of one kind."""
        self.deleted += rows if kind is Kind.CREATED else 0
        self.restored += rows if kind is Kind.CHANGED else 0
        self.brought_back += rows if kind is Kind.REMOVED else 0
        self.tables[table.nouns] += rows


def is_kept(run: ImportRun) -> bool:
    """Whether anything was kept of a load that was not taken back yet."""
    return run.state != ImportRun.State.REVERTED and KeptChange.objects.filter(run=run).exists()


def kept_tables(run: ImportRun) -> list[Watched]:
    """Tables of which rows were kept, in the order of their names. KeyError for one that is no more."""
    tables = watched()
    names = KeptChange.objects.filter(run=run).order_by("table").values_list("table", flat=True).distinct()
    return [tables[name] for name in names]


def would_restore(run: ImportRun) -> Reverted:
    """What taking the load back would do, by what was kept. Asks whether it can be done: `blockers`."""
    result = Reverted(run)
    tables = watched()
    kept = KeptChange.objects.filter(run=run).order_by().values_list("table", "kind").annotate(total=Sum("rows"))
    for name, kind, total in kept:
        if name in tables:
            result.count(tables[name], Kind(kind), total)
    return result


def trim(*, now: dt.datetime) -> int:
    """Forget what was kept of loads longer ago than the setting UNDO_DAYS says; returns of how many loads."""
    old = ImportRun.objects.filter(kept__isnull=False, started_at__lt=now - dt.timedelta(days=settings.UNDO_DAYS))
    runs = list(old.order_by().values_list("pk", flat=True).distinct())
    KeptChange.objects.filter(run__in=runs).delete()
    return len(runs)
