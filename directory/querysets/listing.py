"""Reads of the search table."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Case, ExpressionWrapper, F, FloatField, Q, QuerySet, Value, When
from django.db.models.functions import ASin, Cos, Greatest, Least, Power, Radians, Sin, Sqrt

from directory.querysets.field_of_study import cip_condition

EARTH_MILES = 3958.8
MILES_PER_DEGREE = 69.0


class ListingQuerySet(QuerySet[Any]):
    def listed(self) -> ListingQuerySet:
        """What the public lists show; every public page starts here."""
        return self.filter(listed=True)

    def of(self, cips: Iterable[str]) -> ListingQuerySet:
        """Programs of the given CIP codes or families."""
        return self.filter(cip_condition(cips))

    def leading_to(self, slugs: Iterable[str], *, confirmed_only: bool = False) -> ListingQuerySet:
        """Programs after which a certification may be sat; confirmed, or also on the word of a source."""
        wanted: dict[str, Any] = {"program__openings__certification__slug__in": list(slugs)}
        if confirmed_only:
            wanted["program__openings__basis"] = "confirmed"
        return self.filter(pk__in=self.model.objects.filter(**wanted).values("pk"))

    def with_miles(self, latitude: float, longitude: float) -> ListingQuerySet:
        """`miles`: great circle to the school's own point; None for a school without one."""
        return self.annotate(miles=great_circle(latitude, longitude))

    def near_first(self, miles: int) -> ListingQuerySet:
        """`is_near`: within the radius; programs elsewhere come after. Needs `with_miles`."""
        near = Case(When(miles__lte=miles, then=Value(True)), default=Value(False), output_field=BooleanField())
        return self.annotate(is_near=near)

    def in_state_first(self, usps: str) -> ListingQuerySet:
        """`is_near`: in the state; programs elsewhere come after."""
        here = Case(When(state=usps, then=Value(True)), default=Value(False), output_field=BooleanField())
        return self.annotate(is_near=here)

    def near(self, latitude: float, longitude: float, miles: float) -> Q:
        """A condition: within so many miles. A box of degrees comes first, so that few distances are computed."""
        height = miles / MILES_PER_DEGREE
        # A circle is widest north of its middle, where a degree of longitude is shorter (south, below the equator).
        narrowest = math.cos(math.radians(min(89.0, abs(latitude) + height)))
        width = miles / (MILES_PER_DEGREE * max(0.05, narrowest))
        box = Q(latitude__range=(latitude - height, latitude + height)) & _longitudes(
            longitude - width, longitude + width
        )
        within = self.model.objects.filter(box).with_miles(latitude, longitude).filter(miles__lte=miles)
        return Q(pk__in=within.values("pk"))


def _longitudes(west: float, east: float) -> Q:
    """Longitudes from west to east, also across the date line (Guam, the Aleutians)."""
    if east > 180:
        return Q(longitude__gte=west) | Q(longitude__lte=east - 360)
    if west < -180:
        return Q(longitude__lte=east) | Q(longitude__gte=west + 360)
    return Q(longitude__range=(west, east))


def great_circle(latitude: float, longitude: float) -> ExpressionWrapper:
    """Haversine distance in miles from a point to the row's own; the bounds guard rounding at the antipode."""
    half_height = Sin((Radians(F("latitude")) - math.radians(latitude)) / 2)
    half_width = Sin((Radians(F("longitude")) - math.radians(longitude)) / 2)
    chord = Power(half_height, 2) + math.cos(math.radians(latitude)) * Cos(Radians(F("latitude"))) * Power(
        half_width, 2
    )
    arc = ASin(
        Sqrt(Least(Value(1.0), Greatest(Value(0.0), chord, output_field=FloatField()), output_field=FloatField()))
    )
    return ExpressionWrapper(Value(2 * EARTH_MILES) * arc, output_field=FloatField())
