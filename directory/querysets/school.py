"""Reads of schools."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from directory.vocab import SchoolState


class SchoolQuerySet(QuerySet[Any]):
    def public(self) -> SchoolQuerySet:
        """Schools that have a page: no drafts, and none that is listed as another one."""
        return self.filter(merged_into=None).exclude(status=SchoolState.DRAFT)

    def listed(self) -> SchoolQuerySet:
        """Schools with at least one listed program: where every public list starts."""
        listings = self.model._meta.get_field("listings").related_model._default_manager
        # Not a join with distinct(): that walks all 270,000 programs to name 6,000 schools.
        return self.filter(Exists(listings.filter(school=OuterRef("pk"), listed=True)))

    def in_state(self, usps: str) -> SchoolQuerySet:
        return self.filter(state=usps)
