"""Job zones: how much preparation an occupation needs, by O*NET."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.models.onet_occupation import OnetOccupation
from directory.models import Release


class JobZone(models.Model):
    """One of the five zones, in O*NET's own words."""

    zone = models.PositiveSmallIntegerField(primary_key=True)
    name = models.CharField(max_length=120)
    experience = models.TextField()
    education = models.TextField()
    training = models.TextField()
    examples = models.TextField()
    svp_range = models.CharField("SVP range", max_length=40, help_text="Specific Vocational Preparation")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["zone"]
        constraints = [models.CheckConstraint(condition=Q(zone__gte=1, zone__lte=5), name="job_zone_1_to_5")]

    def __str__(self) -> str:
        return self.name


class OnetJobZone(models.Model):
    """The zone that O*NET puts an occupation in."""

    onet = models.OneToOneField(OnetOccupation, on_delete=models.CASCADE, related_name="job_zone")
    zone = models.ForeignKey(JobZone, on_delete=models.PROTECT, related_name="ratings")
    dated = models.CharField(max_length=7, blank=True, help_text="Month of the rating, 2021-11")
    rated_by = models.CharField(max_length=40, blank=True, help_text="O*NET’s Domain Source: Analyst")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["onet"]
        verbose_name = "job zone of an occupation"
        verbose_name_plural = "job zones of occupations"

    def __str__(self) -> str:
        return f"{self.onet_id}: zone {self.zone_id}"
