"""Reads of pay."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from careers.vocab import NATIONAL_AREA, TOTAL_SOC, AreaKind


class PayQuerySet(QuerySet[Any]):
    def national(self) -> PayQuerySet:
        return self.filter(area_id=NATIONAL_AREA)

    def by_state(self) -> PayQuerySet:
        return self.filter(area__kind__in=(AreaKind.STATE, AreaKind.TERRITORY))

    def newest(self) -> PayQuerySet:
        """Rows of the newest year that is held for their area."""
        same_area = self.model._default_manager.filter(area_id=OuterRef("area_id"))
        return self.filter(year=Subquery(same_area.order_by("-year").values("year")[:1]))

    def of_occupations(self) -> PayQuerySet:
        """Without the total of all occupations."""
        return self.exclude(occupation_id=TOTAL_SOC)
