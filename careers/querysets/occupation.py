"""Reads of occupations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from careers.vocab import COMBINED, Group
from directory.querysets.field_of_study import cip_condition


class OccupationQuerySet(QuerySet[Any]):
    def listed(self) -> OccupationQuerySet:
        """What has a page: detailed occupations in force, and codes under which BLS publishes several."""
        return self.filter(Q(group__in=(Group.DETAILED, Group.COMBINED)) | Q(soc__in=COMBINED), in_force=True)

    def after(self, cips: Iterable[str]) -> OccupationQuerySet:
        """Occupations to which the CIP–SOC crosswalk leads from the given codes or families."""
        return self.filter(field_links__in=self._links(cips)).distinct()

    def after_listed_programs(self) -> OccupationQuerySet:
        """Occupations to which the CIP–SOC crosswalk leads from a program in the public lists."""
        return self.filter(field_links__field__programs__listing__listed=True).distinct()

    def _links(self, cips: Iterable[str]) -> QuerySet[Any]:
        links = self.model._meta.get_field("field_links").related_model
        return links._default_manager.filter(cip_condition(cips, column="field__cip"))
