"""Reads of attainment."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Subquery


class AttainmentQuerySet(QuerySet[Any]):
    def newest(self) -> AttainmentQuerySet:
        """Rows of the newest table; an occupation that it leaves out has none."""
        newest = self.model._default_manager.order_by("-year").values("year")[:1]
        return self.filter(year=Subquery(newest))
