"""Reads of reviews."""

from __future__ import annotations

from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from directory.vocab import ASPECTS, Rating, ReviewState


class ReviewQuerySet(QuerySet[Any]):
    def shown(self) -> ReviewQuerySet:
        """What staff have accepted; every public page starts here."""
        return self.filter(state=ReviewState.SHOWN)

    def waiting(self) -> ReviewQuerySet:
        """What staff have to read: new words, and accepted ones of which a reader has complained."""
        reported = Q(state=ReviewState.SHOWN, reports__outcome="")
        return self.filter(Q(state=ReviewState.PENDING) | reported).distinct()

    def figures(self) -> dict[str, Any]:
        """Worked out by the database, in one query: `count`, of each aspect `<aspect>_mean` (None without one) and
        `<aspect>_count`, and `stars_1` to `stars_5`, how many gave so many all in all.
        """
        means = {f"{name}_mean": Avg(name) for name in ASPECTS}
        counts = {f"{name}_count": Count(name) for name in ASPECTS}
        stars = {f"stars_{value}": Count("pk", filter=Q(overall=value)) for value in Rating.values}
        return self.order_by().aggregate(count=Count("pk"), **means, **counts, **stars)
