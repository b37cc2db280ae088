"""Searches that a reader wants to hear of, and what each reader was last told about saved programs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.http import QueryDict

from directory.models.saved_program import SavedProgram

LONGEST_QUERY = 1_000


class SavedSearch(models.Model):
    """A question that is asked again each week for one reader, and what it found when it was last told."""

    class Trouble(models.TextChoices):
        UNREADABLE = "unreadable", "It can no longer be read"
        TOO_WIDE = "too-wide", "It finds too many programs"

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    query = models.CharField(max_length=LONGEST_QUERY, blank=True, help_text="As the list's own address asks it")
    title = models.CharField(max_length=300, help_text="The question in words")
    saved_at = models.DateTimeField()
    active = models.BooleanField(default=True, help_text="Whether the reader gets mail about it")
    week = models.CharField(max_length=8, blank=True, help_text="The last week that was looked at, such as 2026-W10")
    trouble = models.CharField(
        max_length=12, blank=True, choices=Trouble.choices, help_text="Why it sent no mail when it was last looked at"
    )
    known = models.JSONField(default=dict, help_text="Program → price and accreditation as last told")

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name_plural = "saved searches"
        constraints = [models.UniqueConstraint(fields=["reader", "query"], name="saved_search_once")]
        indexes = [models.Index(fields=["week"], name="saved_search_due", condition=models.Q(active=True))]

    def __str__(self) -> str:
        return f"search {self.pk}"

    @property
    def asked(self) -> QueryDict:
        """The question as the list takes it."""
        return QueryDict(self.query)


class ToldProgram(models.Model):
    """What a reader was last told about a saved program; what differs from it is told next."""

    saved = models.OneToOneField(SavedProgram, on_delete=models.CASCADE, related_name="told")
    facts = models.JSONField(help_text="Price, accreditation, start dates, link and state")
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"told on {self.told_at:%Y-%m-%d}"


class ProgramAlertsOff(models.Model):
    """A reader who wants no mail about saved programs."""

    reader = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="program_alerts_off")
    since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "program alerts off"

    def __str__(self) -> str:
        return f"off since {self.since:%Y-%m-%d}"
