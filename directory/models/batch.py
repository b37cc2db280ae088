"""Changes that staff made to many listings at once, kept so that they can be read and undone as one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from directory.models.program import Program
from directory.models.school import School
from directory.vocab import BatchState, BatchWay, ChangeState, ListingKind


class ListingBatch(models.Model):
    """New values for some columns of some schools, or of some programs, with one reason for all of them."""

    kind = models.CharField(max_length=8, choices=ListingKind.choices)
    way = models.CharField(max_length=10, choices=BatchWay.choices)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.APPLIED)
    reason = models.TextField()
    evidence_url = models.URLField(max_length=500, blank=True)
    review_by = models.DateField(null=True, blank=True)
    file_name = models.CharField("file", max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    listings = models.PositiveIntegerField("listings changed", default=0)
    changes = models.PositiveIntegerField("values changed", default=0)
    refused = models.PositiveIntegerField("values refused", default=0)
    rows_not_taken = models.PositiveIntegerField(
        "rows not taken", default=0, help_text="Rows of the file of which a cell, or the whole, was not taken"
    )
    not_taken = models.JSONField(
        default=list, blank=True, editable=False, help_text="Line, column, cell and reason of what the file did not get"
    )
    due_at = models.DateTimeField(
        "prepared for", null=True, blank=True, help_text="Applied by the first run of apply_scheduled from then on"
    )
    trouble = models.TextField("why it needs a person", blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "batch of changes"
        verbose_name_plural = "batches of changes"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="listing_batch_has_reason"),
            models.CheckConstraint(
                condition=~Q(state=BatchState.PLANNED) | Q(due_at__isnull=False), name="listing_batch_planned_has_hour"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="listing_batch_by_hour")]

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {self.get_kind_display().lower()}: {self.reason[:60]}"


class ListingChange(models.Model):
    """One column of one listing in a batch: what stood there, and what came instead.

    `before` and `after` are the correction of that column on either side of the change (see
    `directory.curation.batches.writing`), null where there was none: undoing brings back the first, and only while the
    second still stands.
    """

    batch = models.ForeignKey(ListingBatch, on_delete=models.CASCADE, related_name="rows")
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    column = models.CharField(max_length=40)
    old = models.JSONField("before", null=True, blank=True)
    new = models.JSONField("asked for", null=True, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.APPLIED)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["batch", "pk"]
        verbose_name = "change in a batch"
        verbose_name_plural = "changes in batches"
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, program__isnull=True) | Q(school__isnull=True, program__isnull=False),
                name="listing_change_has_one_target",
            ),
            models.UniqueConstraint(
                fields=["batch", "school", "column"],
                condition=Q(school__isnull=False),
                name="listing_change_once_per_school_column",
            ),
            models.UniqueConstraint(
                fields=["batch", "program", "column"],
                condition=Q(program__isnull=False),
                name="listing_change_once_per_program_column",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column} of {'school' if self.school_id else 'program'} {self.school_id or self.program_id}"
