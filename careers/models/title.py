"""Other names of an occupation: O*NET Alternate Titles and Sample of Reported Titles."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.models.onet_occupation import OnetOccupation
from careers.vocab import TitleKind
from directory.models import Release


class AlternateTitle(models.Model):
    """One job title that counts as an occupation. The same title may stand under several."""

    onet = models.ForeignKey(OnetOccupation, on_delete=models.CASCADE, related_name="titles")
    kind = models.CharField(max_length=9, choices=TitleKind.choices)
    title = models.CharField(max_length=200, db_index=True)
    short_title = models.CharField(max_length=80, blank=True)
    origins = models.CharField(max_length=40, blank=True, help_text="O*NET’s codes of where it was seen: 02,08")
    in_next_move = models.BooleanField(null=True, help_text="Shown in My Next Move; reported titles only")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["onet", "title"]
        constraints = [
            models.UniqueConstraint(fields=["onet", "kind", "title"], name="alternate_title_once"),
            models.CheckConstraint(condition=~Q(title=""), name="alternate_title_has_title"),
            models.CheckConstraint(condition=Q(kind__in=TitleKind.values), name="alternate_title_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title
