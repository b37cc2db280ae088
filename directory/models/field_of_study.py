"""Fields of study: the Classification of Instructional Programs (CIP)."""

from __future__ import annotations

from django.db import models

from directory.models.release import Release
from directory.querysets.field_of_study import FieldOfStudyQuerySet


class FieldOfStudy(models.Model):
    """One CIP 2020 code in force: a 2-digit series, a 4-digit family or a 6-digit field."""

    cip = models.CharField(max_length=7, unique=True, help_text="51, 51.07 or 51.0707")
    family = models.CharField(max_length=5, db_index=True, help_text="51.07; empty for a series")
    title = models.CharField(max_length=200)
    everyday_names = models.CharField(
        max_length=400, blank=True, help_text="Names and abbreviations that people type, separated by commas"
    )
    definition = models.TextField(blank=True)
    examples = models.TextField(blank=True)
    slug = models.SlugField(max_length=120, unique=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    objects = FieldOfStudyQuerySet.as_manager()

    class Meta:
        ordering = ["cip"]
        verbose_name = "field of study (CIP)"
        verbose_name_plural = "fields of study (CIP)"

    def __str__(self) -> str:
        return f"{self.cip} {self.title}"


class FieldChange(models.Model):
    """What became of a CIP 2010 code in CIP 2020; needed to read completions from before 2019-20."""

    old_cip = models.CharField(max_length=7)
    old_title = models.CharField(max_length=200)
    new_cip = models.CharField(max_length=7, blank=True, help_text="Empty when the code was deleted")
    action = models.CharField(max_length=60)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["old_cip", "new_cip"]
        constraints = [models.UniqueConstraint(fields=["old_cip", "new_cip"], name="field_change_once")]

    def __str__(self) -> str:
        return f"{self.old_cip} → {self.new_cip or 'deleted'}"
