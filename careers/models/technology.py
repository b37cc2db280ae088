"""Software and tools of an occupation: O*NET Technology Skills."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.models.onet_occupation import OnetOccupation
from directory.models import Release


class Technology(models.Model):
    """One product or kind of software.

    `hot`: often asked for in job postings of all occupations; `in_demand`: in those of this occupation.
    """

    onet = models.ForeignKey(OnetOccupation, on_delete=models.CASCADE, related_name="technology")
    name = models.CharField(max_length=160)
    commodity_code = models.PositiveIntegerField(help_text="UNSPSC code of the kind of software")
    commodity = models.CharField("kind", max_length=120, blank=True, help_text="Empty if only text files were loaded")
    hot = models.BooleanField(default=False)
    in_demand = models.BooleanField(default=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["onet", "-in_demand", "-hot", "name"]
        verbose_name_plural = "technology"
        constraints = [
            models.UniqueConstraint(fields=["onet", "name"], name="technology_once"),
            models.CheckConstraint(condition=~Q(name=""), name="technology_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
