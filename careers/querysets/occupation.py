"""Reads of occupations."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from careers.vocab import COMBINED, Group


class OccupationQuerySet(QuerySet[Any]):
    def listed(self) -> OccupationQuerySet:
        """What has a page: detailed occupations in force, and codes under which BLS publishes several."""
        return self.filter(Q(group__in=(Group.DETAILED, Group.COMBINED)) | Q(soc__in=COMBINED), in_force=True)
