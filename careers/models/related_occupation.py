"""Occupations that resemble one another: O*NET Related Occupations."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from careers.models.onet_occupation import OnetOccupation
from careers.vocab import Tier
from directory.models import Release


class RelatedOccupation(models.Model):
    """One of some twenty occupations close to another, `index` 1 being the closest."""

    onet = models.ForeignKey(OnetOccupation, on_delete=models.CASCADE, related_name="related")
    related = models.ForeignKey(OnetOccupation, on_delete=models.CASCADE, related_name="related_from")
    tier = models.CharField(max_length=14, choices=Tier.choices)
    index = models.PositiveSmallIntegerField()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["onet", "index"]
        constraints = [
            models.UniqueConstraint(fields=["onet", "related"], name="related_occupation_once"),
            models.CheckConstraint(condition=~Q(onet=F("related")), name="related_occupation_is_another"),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="related_occupation_tier_known"),
        ]

    def __str__(self) -> str:
        return f"{self.onet_id} → {self.related_id}"
