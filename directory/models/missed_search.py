"""Searches without a result: how often a month, and the text once several readers have typed it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords


class MissedSearch(models.Model):
    """How often a text found nothing in a month. The text is there only when several readers typed it on one day.

    Until then a row has the text's keyed digest, and of at most two readers of `day` sixteen bits each (`marks`) that
    tell them apart and nobody else; see `engagement.misses`. The row without a digest counts the texts that are never
    kept: too long, or with what may be an address or a number of a person.

    Staff say of a text what became of it (`decision`, with a reason); that is all that its history is about.
    """

    class Decision(models.TextChoices):
        ANSWERED = "answered", "Answered: it finds something now"
        NOT_OURS = "not-ours", "Not ours: nothing here could answer it"

    #: What still waits for staff; also what was answered and was typed in vain on a later day.
    OPEN: ClassVar[Q] = Q(decision="") | Q(decision="answered", last_seen__gt=F("decided_on"))

    month = models.DateField(db_index=True, help_text="Its first day")
    digest = models.CharField(max_length=32, blank=True, editable=False)
    count = models.PositiveIntegerField(default=0, help_text="Searches in that month")
    text = models.CharField(max_length=80, blank=True, help_text="In small letters; kept once several readers typed it")
    last_seen = models.DateField(null=True, blank=True, help_text="The last day on which a text that is kept was typed")
    decision = models.CharField(max_length=10, blank=True, choices=Decision.choices, help_text="Nothing: still open")
    reason = models.CharField(max_length=200, blank=True, help_text="What was done, or why nothing is")
    decided_on = models.DateField(null=True, blank=True, editable=False)
    day = models.DateField(null=True, blank=True, editable=False)
    marks = models.CharField(max_length=8, blank=True, editable=False)
    # Counting writes no history, what tells readers apart does not belong into it, and it goes with its row.
    history = HistoricalRecords(excluded_fields=["digest", "day", "marks"], cascade_delete_history=True)

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
            models.CheckConstraint(
                condition=~Q(text="") | Q(last_seen=None, decision=""), name="missed_search_days_and_answers_with_text"
            ),
            models.CheckConstraint(
                condition=Q(decision="", reason="", decided_on=None)
                | (~Q(decision="") & ~Q(reason="") & ~Q(decided_on=None)),
                name="missed_search_decided_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["day"], name="missed_search_day", condition=Q(day__isnull=False))]

    def __str__(self) -> str:
        return f"{self.text or 'a text that is not kept'}, {self.month:%B %Y}: {self.count}"

    @property
    def came_back(self) -> bool:
        """Whether it was typed in vain on a later day than that of its answer."""
        days = self.last_seen, self.decided_on
        return self.decision == self.Decision.ANSWERED and None not in days and days[0] > days[1]  # type: ignore[operator]
