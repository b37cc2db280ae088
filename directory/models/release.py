"""Where facts come from: releases of official files, and the runs that loaded them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from directory.vocab import Source


class Release(models.Model):
    """One vintage of one source, for example IPEDS HD 2024-25. Every fact row points to one."""

    class Origin(models.TextChoices):
        FILE = "file", "Official file"
        STARTER = "starter", "Starter catalogue"
        STAFF = "staff", "Kept by staff"

    source = models.CharField(max_length=32, choices=Source.choices)
    vintage = models.CharField(max_length=40, help_text="In the source’s own words: 2023-24, May 2025, 29.3")
    rank = models.PositiveIntegerField(
        help_text="Orders the releases of one source, for example 202400 or 202504; 0 when the file does not tell"
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="IPEDS year of the file, where it has one")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.FILE)
    scope = models.CharField(max_length=200, default="all", help_text="“all”, or the CIP codes that were loaded")
    families = models.JSONField(
        default=list,
        blank=True,
        help_text="Four-digit CIP families that the file names; it answers for no others",
    )
    rows = models.PositiveIntegerField(default=0, help_text="Rows of the file that were accepted, within the scope")
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["source", "-rank"]
        constraints = [models.UniqueConstraint(fields=["source", "vintage"], name="release_once_per_vintage")]

    def __str__(self) -> str:
        return f"{self.get_source_display()}, {self.vintage}"

    @property
    def label(self) -> str:
        """Short name for the mark beside a figure."""
        return f"{self.get_source_display()}, {self.vintage}"


class ImportRun(models.Model):
    """One attempt to load a file, kept whether it was applied, refused or only tried."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        APPLIED = "applied", "Applied"
        UNCHANGED = "unchanged", "Nothing to change"
        DRY = "dry-run", "Tried, nothing written"
        REFUSED = "refused", "Refused"
        FAILED = "failed", "Failed"
        REVERTED = "reverted", "Taken back"

    source = models.CharField(max_length=32, choices=Source.choices, blank=True)
    release = models.ForeignKey(Release, on_delete=models.SET_NULL, null=True, blank=True, related_name="runs")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    scope = models.CharField(max_length=200, default="all")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    message = models.TextField(blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    header = models.JSONField(default=list, blank=True, help_text="Columns of the file, to tell what a later one lacks")
    rows_read = models.PositiveIntegerField(default=0)
    rows_skipped = models.PositiveIntegerField(default=0, help_text="Outside the scope, or totals that are no programs")
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    forced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    force_reason = models.TextField(blank=True)
    reverted_at = models.DateTimeField(null=True, blank=True, help_text="When the load was taken back, whole")
    reverted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revert_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.get_state_display()}"


class ImportReject(models.Model):
    """One row that was not loaded, with what a person needs to mend it."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejects")
    line = models.PositiveIntegerField(help_text="Line of the file, the header being line 1")
    column = models.CharField(max_length=80, blank=True)
    value = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["run", "line"]
        verbose_name = "rejected row"
        verbose_name_plural = "rejected rows"

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.reason}"
