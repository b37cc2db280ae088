"""Errors that readers report. What staff then change is an Override, another table."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from directory.models.override import Override
from directory.models.program import Program
from directory.models.school import School
from directory.vocab import ReportKind, ReportState


class ErrorReport(models.Model):
    """What one reader says is wrong with one fact, and what became of it. Nothing tells who the reader is.

    What the page said is kept as it was read on that day, because the fact may change meanwhile. The reader's own
    words are public only when staff have read and shown them (`words_shown`).
    """

    reference = models.CharField(max_length=8, unique=True, help_text="Read with engagement.references")
    sent = models.UUIDField(unique=True, editable=False, help_text="Of the form, so that the same one counts once")

    kind = models.CharField(max_length=13, choices=ReportKind.choices)
    slug = models.SlugField(max_length=200, help_text="Of the page, when it was reported")
    title = models.CharField(max_length=300, help_text="What the page was called")
    program = models.ForeignKey(Program, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    fact = models.CharField(max_length=80, blank=True, help_text="Key of the fact; empty for the whole page")
    label = models.CharField(max_length=200, help_text="What the page calls the fact")
    said = models.CharField(max_length=500, blank=True, help_text="What the page said")
    said_source = models.CharField(max_length=200, blank=True)

    should_be = models.CharField(max_length=300, help_text="What it should be, in the reader’s words")
    evidence_url = models.URLField(max_length=500, blank=True)
    words = models.TextField(blank=True, help_text="What else the reader wrote")
    words_shown = models.BooleanField(
        null=True, blank=True, help_text="Whether readers see what was written; unknown until somebody has read it"
    )
    listed = models.BooleanField(
        default=True, help_text="Off for advertising and nonsense: neither in the public list nor in the figures"
    )

    state = models.CharField(max_length=9, choices=ReportState.choices, default=ReportState.RECEIVED)
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    resolution = models.TextField(blank=True, help_text="What became of it and why; public, word for word")
    elsewhere = models.TextField(
        blank=True, help_text="What was changed instead, where the fact itself reads as it did; public, word for word"
    )
    override = models.ForeignKey(Override, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    reply = models.TextField(blank=True, help_text="What the school says")
    reply_domain = models.CharField(max_length=253, blank=True, help_text="Where its writer has a confirmed address")
    replied_at = models.DateTimeField(null=True, blank=True)
    reply_shown = models.BooleanField(null=True, blank=True, help_text="Unknown until somebody has read it")
    # What readers and schools wrote is to be gone when it is taken out of its row, and a reply that was changed too.
    history = HistoricalRecords(excluded_fields=["sent", "should_be", "evidence_url", "words", "reply", "reply_domain"])

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = "error that a reader reported"
        verbose_name_plural = "errors that readers reported"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="error_report_state_known"),
            models.CheckConstraint(condition=~Q(should_be="") | ~Q(words=""), name="error_report_says_something"),
            models.CheckConstraint(
                condition=Q(state__in=("received", "checking"), decided_at=None)
                | (Q(state__in=("corrected", "declined", "withdrawn"), decided_at__isnull=False) & ~Q(resolution="")),
                name="error_report_decided_with_words",
            ),
            models.CheckConstraint(
                condition=Q(elsewhere="") | Q(state="corrected"), name="error_report_elsewhere_is_corrected"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_at__gte=F("received_at")), name="error_report_in_order"
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None) | (~Q(reply="") & Q(replied_at__isnull=False)),
                name="error_report_reply_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "received_at"], name="error_report_queue"),
            models.Index(fields=["kind", "slug"], name="error_report_about"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.label}, {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("correction_state", args=[self.number])

    def recorded_as(self, by: User | None) -> None:
        """Whom the next line of history names: the member of staff who acts. Of a reader or a school it names nobody,
        also where they are signed in.
        """
        self._history_user = by  # simple_history reads it

    @property
    def number(self) -> str:
        """The reference as people read it: "7K3M-R9WH"."""
        return f"{self.reference[:4]}-{self.reference[4:]}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

    @property
    def has_correction(self) -> bool:
        """Whether a correction that came of it is in force."""
        return self.override is not None and self.override.active

    @property
    def about(self) -> str:
        """The page as the form's address names it: "program:maple-fork-college-coding"."""
        return f"{self.kind}:{self.slug}"


class ErrorReportStep(models.Model):
    """A step that readers see: which state began on which day, and what was said about it."""

    report = models.ForeignKey(ErrorReport, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=9, choices=ReportState.choices)
    at = models.DateTimeField()
    words = models.TextField(blank=True, help_text="Public, word for word")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "step of a reported error"
        verbose_name_plural = "steps of reported errors"

    def __str__(self) -> str:
        return f"{self.report.number}: {self.get_state_display()}, {self.at:%Y-%m-%d}"
