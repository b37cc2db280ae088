"""Accreditation: agencies, what they (or others) say about a school or a program, and how that changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from directory.models.program import Program
from directory.models.release import Release
from directory.models.school import School
from directory.vocab import AccreditationStatus, Reliability


class Agency(models.Model):
    """An accreditor. `acronym` is what conditions and filters refer to, for example CAHIIM."""

    name = models.CharField(max_length=200, unique=True)
    acronym = models.CharField(max_length=20, blank=True, db_index=True)
    dapip_id = models.PositiveIntegerField(null=True, blank=True, unique=True)
    website = models.URLField(blank=True)
    programmatic = models.BooleanField(default=False, help_text="Reviews programs rather than whole schools")
    list_layout = models.JSONField(
        default=dict, blank=True, editable=False, help_text="How its lists were read last: columns, words and fields"
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.acronym or self.name


class Accreditation(models.Model):
    """One agency’s record of a school, or of one program there.

    `status` is the agency's word. It counts as confirmed only while `checked_on` lies within the review interval
    (setting ACCREDITATION_REVIEW_DAYS); a record from an official file is as old as its release.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="accreditations")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, blank=True, related_name="accreditations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="accreditations")
    program_name = models.CharField(
        max_length=255, blank=True, help_text="As the agency names it; empty for the whole school"
    )
    external_key = models.CharField(max_length=80, blank=True, help_text="DAPIP: school, agency, program and sequence")
    status = models.CharField(max_length=24, choices=AccreditationStatus.choices)
    since = models.DateField(null=True, blank=True)
    ended_on = models.DateField(
        null=True, blank=True, help_text="DAPIP keeps “Accredited” after the end: this date decides"
    )
    next_review = models.CharField(
        max_length=40, blank=True, help_text="As published; typing errors occur in the source"
    )
    evidence_url = models.URLField(max_length=500, blank=True)
    checked_on = models.DateField(null=True, blank=True, help_text="When somebody asked the accreditor")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.TextField(blank=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["school", "agency", "program_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_key"], condition=~Q(external_key=""), name="accreditation_external_once"
            ),
            models.CheckConstraint(
                condition=Q(release__isnull=False) | Q(checked_on__isnull=False),
                name="accreditation_has_origin",
            ),
        ]
        indexes = [models.Index(fields=["program", "agency"], name="accreditation_by_program")]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_status_display()}"


class AccreditationAction(models.Model):
    """A dated decision in the history of a record."""

    accreditation = models.ForeignKey(Accreditation, on_delete=models.CASCADE, related_name="actions")
    description = models.CharField(max_length=255)
    reason = models.CharField(max_length=255, blank=True)
    on = models.DateField(null=True, blank=True)
    on_text = models.CharField(max_length=40, blank=True, help_text="The date as published, when it cannot be a date")
    external_key = models.CharField(max_length=120, blank=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["accreditation", "-on"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_key"],
                condition=~Q(external_key=""),
                name="accreditation_action_external_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.description}, {self.on or self.on_text}"


class AccreditationStatement(models.Model):
    """What one page states about a program's accreditation. Evidence, never a status by itself.

    `program` stays empty when the school reports no program that fits; the statement is then shown with the school.
    Two pages that disagree are two rows.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="accreditation_statements")
    program = models.ForeignKey(
        Program, on_delete=models.SET_NULL, null=True, blank=True, related_name="accreditation_statements"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="statements")
    agency_as_stated = models.CharField(max_length=200)
    program_title_as_stated = models.CharField(max_length=255)
    status_as_stated = models.CharField(max_length=40)
    positive = models.BooleanField(help_text="The page says that the program is accredited")
    award_level_basis = models.CharField(max_length=12, help_text="stated, inferred or not stated")
    evidence_kind = models.CharField(max_length=40)
    evidence_url = models.URLField(max_length=500)
    evidence_date = models.CharField(max_length=40, blank=True, help_text="As found; empty when the page is undated")
    mirror = models.BooleanField(default=False, help_text="A copy on another host than the original")
    reliability = models.CharField(max_length=8, choices=Reliability.choices)
    historical = models.BooleanField(default=False, help_text="Says how things were, not how they are")
    note = models.TextField(blank=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["school", "program", "-evidence_date"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "school",
                    "agency_as_stated",
                    "program_title_as_stated",
                    "evidence_url",
                    "status_as_stated",
                ],
                name="accreditation_statement_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_as_stated}: {self.status_as_stated}"
