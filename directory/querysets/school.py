"""Reads of schools."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet


class SchoolQuerySet(QuerySet[Any]):
    def listed(self) -> SchoolQuerySet:
        """Schools with at least one listed program: where every public list starts."""
        return self.filter(listings__listed=True).distinct()

    def in_state(self, usps: str) -> SchoolQuerySet:
        return self.filter(state=usps)
