"""Occupations: the Standard Occupational Classification (SOC) 2018."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.urls import reverse

from careers.querysets.occupation import OccupationQuerySet
from careers.vocab import Group
from directory.models import Release

#: How the SOC names its residual occupations.
CATCH_ALL: Final = ", All Other"


class Occupation(models.Model):
    """One SOC code: a group of occupations, or an occupation.

    The code is the key: every other file refers to it and nothing else identifies an occupation. Codes that
    BLS made up to publish several occupations together, and its total 00-0000, come with the file that uses
    them.
    """

    soc = models.CharField("SOC", max_length=7, primary_key=True, help_text="29-2072")
    title = models.CharField(max_length=200)
    definition = models.TextField(blank=True, help_text="By the SOC manual; O*NET’s description stands with its code")
    group = models.CharField(max_length=8, choices=Group.choices)
    slug = models.SlugField(max_length=120, unique=True)
    in_force = models.BooleanField(default=True, help_text="False for a code that a newer SOC no longer has")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    objects = OccupationQuerySet.as_manager()

    class Meta:
        ordering = ["soc"]
        constraints = [
            models.CheckConstraint(condition=Q(group__in=Group.values), name="occupation_group_known"),
            models.CheckConstraint(condition=~Q(title=""), name="occupation_has_title"),
        ]
        indexes = [models.Index(fields=["group", "in_force"], name="occupation_by_group")]

    def __str__(self) -> str:
        return f"{self.soc} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("career_detail", args=[self.slug])

    @property
    def major(self) -> str:
        """The code of its major group: 29-0000."""
        return f"{self.soc[:2]}-0000"

    @property
    def is_catch_all(self) -> bool:
        """Whether it holds what fits nowhere else: its figures are those of many unlike jobs."""
        return self.title.endswith(CATCH_ALL)
