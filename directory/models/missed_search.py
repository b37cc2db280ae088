"""Searches without a result: how often a month, and the text once several readers have typed it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class MissedSearch(models.Model):
    """How often a text found nothing in a month. The text is there only when several readers typed it on one day.

    Until then a row has the text's keyed digest, and of at most two readers of `day` sixteen bits each (`marks`) that
    tell them apart and nobody else; see `engagement.misses`. The row without a digest counts the texts that are never
    kept: too long, or with what may be an address or a number of a person.
    """

    month = models.DateField(db_index=True, help_text="Its first day")
    digest = models.CharField(max_length=32, blank=True, editable=False)
    count = models.PositiveIntegerField(default=0, help_text="Searches in that month")
    text = models.CharField(max_length=80, blank=True, help_text="In small letters; kept once several readers typed it")
    day = models.DateField(null=True, blank=True, editable=False)
    marks = models.CharField(max_length=8, blank=True, editable=False)

    class Meta:
        ordering = ["-count", "-month", "pk"]
        verbose_name = "search without a result"
        verbose_name_plural = "searches without a result"
        constraints = [
            models.UniqueConstraint(fields=["digest", "month"], name="missed_search_once_a_month"),
            models.CheckConstraint(
                condition=(Q(marks="") & Q(day=None)) | (~Q(marks="") & ~Q(day=None) & Q(text="")),
                name="missed_search_marks_only_before_text",
            ),
        ]
        indexes = [models.Index(fields=["day"], name="missed_search_day", condition=Q(day__isnull=False))]

    def __str__(self) -> str:
        return f"{self.text or 'a text that is not kept'}, {self.month:%B %Y}: {self.count}"
