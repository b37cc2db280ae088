"""Whom an occupation suits: O*NET Interests."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.models.onet_occupation import OnetOccupation
from careers.vocab import INTERESTS, InterestScale
from directory.models import Release


class Interest(models.Model):
    """One of nine values of an occupation: six scores from 1 to 7, and which of the six stand out."""

    onet = models.ForeignKey(OnetOccupation, on_delete=models.CASCADE, related_name="interests")
    element = models.CharField(max_length=10, choices=list(INTERESTS.items()))
    scale = models.CharField(max_length=2, choices=InterestScale.choices)
    value = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        help_text="1 to 7; of a high point the number of the interest, 0 for none",
    )
    dated = models.CharField(max_length=7, blank=True, help_text="2023-11")
    said_by = models.CharField(max_length=40, blank=True, help_text="O*NET’s Domain Source: Machine Learning")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["onet", "element"]
        constraints = [
            models.UniqueConstraint(fields=["onet", "element", "scale"], name="interest_once"),
            models.CheckConstraint(condition=Q(scale__in=InterestScale.values), name="interest_scale_known"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=7), name="interest_0_to_7"),
        ]

    def __str__(self) -> str:
        return f"{self.onet_id}, {self.get_element_display()}"
