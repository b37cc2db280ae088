"""Which occupations a field of study prepares for: the CIP–SOC crosswalk."""

from __future__ import annotations

from django.db import models

from careers.models.occupation import Occupation
from directory.models import FieldOfStudy, Release


class FieldOccupation(models.Model):
    """One match of the crosswalk: "prepares for", not "guarantees". Deliberate non-matches are not kept."""

    field = models.ForeignKey(FieldOfStudy, on_delete=models.CASCADE, related_name="occupation_links")
    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="field_links")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["field", "occupation"]
        verbose_name = "field of study and occupation"
        verbose_name_plural = "fields of study and occupations"
        constraints = [models.UniqueConstraint(fields=["field", "occupation"], name="field_occupation_once")]

    def __str__(self) -> str:
        return f"{self.field_id} → {self.occupation_id}"
