"""Occupations as O*NET describes them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.models.occupation import Occupation
from directory.models import Release


class OnetOccupation(models.Model):
    """One O*NET-SOC code.

    29-2072.00 is the SOC occupation itself; 15-1211.01 is a part of 15-1211 with tasks and titles of its own,
    which must never pass for those of the whole. Every O*NET fact points here, so the two stay apart.
    """

    code = models.CharField("O*NET-SOC code", max_length=10, primary_key=True, help_text="29-2072.00")
    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="onet")
    title = models.CharField(max_length=200)
    description = models.TextField()
    in_force = models.BooleanField(default=True, help_text="False for a code that a newer O*NET has dropped")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["code"]
        verbose_name = "O*NET occupation"
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="onet_occupation_has_title")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_whole(self) -> bool:
        """Whether it describes the SOC occupation itself and not a part of it."""
        return self.code.endswith(".00")
