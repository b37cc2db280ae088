"""Public addresses that have changed, and points for "near me"."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from directory.models.program import Program
from directory.models.release import Release
from directory.models.school import School
from directory.querysets.place import ZipPointQuerySet


class FormerSlug(models.Model):
    """An address that once led to a school or a program; it redirects for good (301)."""

    slug = models.SlugField(max_length=200)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="former_slugs")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, blank=True, related_name="former_slugs")

    class Meta:
        verbose_name = "former address"
        verbose_name_plural = "former addresses"
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, program__isnull=True) | Q(school__isnull=True, program__isnull=False),
                name="former_slug_has_one_target",
            ),
            models.UniqueConstraint(fields=["slug"], condition=Q(school__isnull=False), name="former_school_slug_once"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(program__isnull=False), name="former_program_slug_once"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class ZipPoint(models.Model):
    """A ZIP code with its point and the post office's city."""

    zip_code = models.CharField(max_length=5, primary_key=True)
    city = models.CharField(max_length=80)
    state = models.CharField(max_length=2)
    latitude = models.FloatField(null=True, blank=True, help_text="Empty for military mail, which has no place")
    longitude = models.FloatField(null=True, blank=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    objects = ZipPointQuerySet.as_manager()

    class Meta:
        ordering = ["zip_code"]
        verbose_name = "ZIP code"
        verbose_name_plural = "ZIP codes"
        indexes = [models.Index(fields=["state", "city"], name="zip_by_city")]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="zip_point_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.zip_code} {self.city}, {self.state}"
