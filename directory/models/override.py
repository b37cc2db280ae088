"""Corrections that staff made to official columns; the next import keeps them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from directory.models.program import Program
from directory.models.school import School


class Override(models.Model):
    """One column of one school or program whose value is ours, with the reason.

    `official_value` follows every import, so the page can say what the file says and a later desk can work the
    conflicts; `conflict_since` is set when the official value changed after the correction was made.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="overrides")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, blank=True, related_name="overrides")
    column = models.CharField(max_length=40)
    value = models.JSONField(null=True, blank=True)
    official_value = models.JSONField(null=True, blank=True)
    reason = models.TextField()
    evidence_url = models.URLField(max_length=500, blank=True)
    review_by = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    conflict_since = models.DateTimeField(null=True, blank=True)
    active = models.BooleanField(default=True, help_text="An override that was given up stays here as history")
    history = HistoricalRecords()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = "correction"
        verbose_name_plural = "corrections"
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, program__isnull=True) | Q(school__isnull=True, program__isnull=False),
                name="override_has_one_target",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
            models.UniqueConstraint(
                fields=["school", "column"],
                condition=Q(active=True, school__isnull=False),
                name="override_once_per_school_column",
            ),
            models.UniqueConstraint(
                fields=["program", "column"],
                condition=Q(active=True, program__isnull=False),
                name="override_once_per_program_column",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.column}"

    @property
    def target(self) -> School | Program:
        """The row that was corrected; the database keeps exactly one of the two."""
        target = self.school or self.program
        if target is None:  # pragma: no cover - the check constraint rules it out
            raise ValueError("An override has a school or a program.")
        return target


class ConflictDecision(models.Model):
    """What a curator decided about a correction whose official value had changed, or that was to be looked at again.

    `before` and `after` are the correction on either side: undoing brings back the first, and only while the second
    still stands. Decisions made in one step share `batch`.
    """

    class Decision(models.TextChoices):
        ACCEPT = "accept", "Accept the official value"
        KEEP = "keep", "Keep ours"
        EDIT = "edit", "Another value"

    override = models.ForeignKey(
        Override, on_delete=models.CASCADE, related_name="decisions", verbose_name="correction"
    )
    decision = models.CharField(max_length=8, choices=Decision.choices)
    reason = models.TextField()
    before = models.JSONField()
    after = models.JSONField()
    batch = models.UUIDField(db_index=True, help_text="The same for decisions made in one step")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "decision about a conflict"
        verbose_name_plural = "decisions about conflicts"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="conflict_decision_has_reason")]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.reason[:60]}"
