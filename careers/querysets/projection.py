"""Reads of projections."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Subquery

from careers.vocab import TOTAL_SOC


class ProjectionQuerySet(QuerySet[Any]):
    def newest(self) -> ProjectionQuerySet:
        """Rows of the newest projections; an occupation that those leave out has none."""
        newest = self.model._default_manager.order_by("-base_year").values("base_year")[:1]
        return self.filter(base_year=Subquery(newest))

    def of_occupations(self) -> ProjectionQuerySet:
        """Without the total of all occupations."""
        return self.exclude(occupation_id=TOTAL_SOC)
