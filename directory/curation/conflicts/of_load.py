"""Decisions that were made about conflicts which one load brought: a load that is taken back leaves them standing."""

from __future__ import annotations

import datetime as dt
from typing import Final

from directory.models import ConflictDecision, ImportRun

#: Decisions that are looked through, the newest first; people make them one by one or a page at a time.
MOST: Final = 1_000


def decisions_about(run: ImportRun) -> list[ConflictDecision]:
    """Decisions in force about conflicts that began while the load ran, the newest first.

    Loads run one at a time, so the moment of a conflict names its load. Decisions about a conflict that was older,
    or that a later load brought, are no part of it.
    """
    if run.finished_at is None:
        return []
    made = ConflictDecision.objects.filter(made_at__gte=run.started_at, undone_at=None)
    if run.reverted_at is not None:
        made = made.filter(made_at__lte=run.reverted_at)
    rows = made.select_related("override__school", "override__program__field", "override__program__school", "made_by")
    return [
        decision
        for decision in rows.order_by("-made_at", "-pk")[:MOST]
        if (since := decision.before.get("conflict_since"))
        and run.started_at <= dt.datetime.fromisoformat(since) <= run.finished_at
    ]
