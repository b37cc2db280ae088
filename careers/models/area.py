"""Areas for which BLS publishes pay."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.vocab import AreaKind
from directory.models import Release


class Area(models.Model):
    """The United States, a state, a territory or a metropolitan area, by its OEWS code."""

    code = models.CharField(max_length=7, primary_key=True, help_text="99 for the United States, else the FIPS code")
    kind = models.CharField(max_length=9, choices=AreaKind.choices)
    title = models.CharField(max_length=160)
    usps = models.CharField(max_length=2, blank=True, db_index=True, help_text="Of a city its main state")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AreaKind.values), name="area_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=AreaKind.NATIONAL) | ~Q(usps=""), name="area_below_the_nation_has_a_state"
            ),
        ]

    def __str__(self) -> str:
        return self.title
