"""Reads of ZIP points."""

from __future__ import annotations

from typing import Any

from django.db.models import Avg, Count, QuerySet


class ZipPointQuerySet(QuerySet[Any]):
    def with_point(self) -> ZipPointQuerySet:
        """Without military mail, which has no place."""
        return self.filter(latitude__isnull=False)

    def city_point(self, *, city: str, state: str | None = None) -> QuerySet[Any, dict[str, Any]]:
        """The middle of each city of that name: dicts of city, state, latitude, longitude, zips; biggest first."""
        points = self.with_point().filter(city__iexact=city)
        if state:
            points = points.filter(state=state)
        return (
            points.values("city", "state")
            .annotate(mid_latitude=Avg("latitude"), mid_longitude=Avg("longitude"), zips=Count("pk"))
            .order_by("-zips", "state")
        )
