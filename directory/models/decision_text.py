"""Texts of ours with which a decision about what readers and schools wrote can begin."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

#: What fits beside a reason for refusing a review (`Moderated.note`).
LONGEST_NOTE = 500


class DecisionText(models.Model):
    """Put into the public words or the note to a writer, and changed there as the case needs. Never sent by itself."""

    class Kind(models.TextChoices):
        REVIEW = "review", "To the writer of a review"
        REPLY = "reply", "To a school that answered a review"
        REPORT = "report", "About a reported error; all readers see it"

    kind = models.CharField("goes", max_length=6, choices=Kind.choices)
    title = models.CharField(max_length=80, help_text="By which staff choose it; nobody else sees it")
    text = models.TextField(max_length=2_000)
    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "title"]
        verbose_name = "text for decisions"
        verbose_name_plural = "texts for decisions"
        constraints = [
            models.UniqueConstraint(fields=["kind", "title"], name="decision_text_once_per_kind"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(title=""), name="decision_text_says_something"),
            models.CheckConstraint(
                condition=Q(kind__in=("review", "reply", "report")), name="decision_text_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.kind in (self.Kind.REVIEW, self.Kind.REPLY) and len(self.text) > LONGEST_NOTE:
            raise ValidationError({"text": f"A note to a writer has {LONGEST_NOTE} characters at most."})
