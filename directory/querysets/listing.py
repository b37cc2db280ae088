"""Reads of the search table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from directory.querysets.field_of_study import cip_condition


class ListingQuerySet(QuerySet[Any]):
    def listed(self) -> ListingQuerySet:
        """What the public lists show; every public page starts here."""
        return self.filter(listed=True)

    def of(self, cips: Iterable[str]) -> ListingQuerySet:
        return self.filter(cip_condition(cips))

    def leading_to(self, slugs: Iterable[str], *, confirmed_only: bool = False) -> ListingQuerySet:
        """Programs after which a certification may be sat; confirmed, or also on the word of a source."""
        wanted = {"program__openings__certification__slug__in": list(slugs)}
        if confirmed_only:
            wanted["program__openings__basis"] = "confirmed"
        return self.filter(**wanted).distinct()
