"""Lists that accreditors publish, as staff upload them: what they say, what was made of it, and the way back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from directory.models.accreditation import Accreditation, Agency
from directory.models.program import Program, ProgramFact
from directory.models.school import School


def person_field() -> models.ForeignKey:
    """Who of the staff; the row outlives the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )


class AccreditorList(models.Model):
    """One file with what an accreditor says of its programs or schools on a day.

    Its rows are kept as text until they are applied, and afterwards as evidence of what was read.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Uploaded, not applied"
        APPLIED = "applied", "Applied"
        UNDONE = "undone", "Undone"
        DISCARDED = "discarded", "Thrown away"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="lists", verbose_name="accreditor")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    source_url = models.URLField(
        max_length=500, help_text="Where the accreditor publishes it: the evidence of each row"
    )
    as_of = models.DateField(help_text="The day of which the list is, or on which it was downloaded")
    whole = models.BooleanField(
        "the whole list", default=False, help_text="It names everything that the accreditor accredits on that day"
    )
    header = models.JSONField(default=list, editable=False)
    columns = models.JSONField(default=dict, editable=False, help_text="Meaning -> place of the column")
    read_as = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="Words, status of rows without one and fields as they were when it was applied; empty before",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    cleared = models.BooleanField("what is gone was cleared", default=False)
    counts = models.JSONField(default=dict, help_text="What applying it did")
    uploaded_by = person_field()
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_by = person_field()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_by = person_field()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = "accreditor’s list"
        verbose_name_plural = "accreditors’ lists"

    def __str__(self) -> str:
        return f"{self.agency} list of {self.as_of}"


class AccreditorListRow(models.Model):
    """One row of a list as it stands there, and what became of it when the list was applied."""

    class Found(models.TextChoices):
        WAITING = "", "Not applied yet"
        MATCHED = "matched", "Matched"
        UNMATCHED = "unmatched", "Nobody knows yet which"
        DISMISSED = "dismissed", "Dismissed"
        UNREADABLE = "unreadable", "Cannot be read"
        REPEATED = "repeated", "Repeats another row"

    accreditor_list = models.ForeignKey(AccreditorList, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(help_text="Line of the file, the first being line 1")
    cells = models.JSONField(default=list)
    label = models.CharField(max_length=300, blank=True, help_text="School, place and program as the row names them")
    key = models.CharField(max_length=64, blank=True, help_text="The same for the same entry in the next list")
    found = models.CharField(max_length=10, choices=Found.choices, blank=True, default=Found.WAITING)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["accreditor_list", "line"]
        verbose_name = "row of an accreditor’s list"
        verbose_name_plural = "rows of accreditors’ lists"
        constraints = [models.UniqueConstraint(fields=["accreditor_list", "line"], name="accreditor_list_line_once")]
        indexes = [models.Index(fields=["found", "accreditor_list"], name="accreditor_row_by_found")]

    def __str__(self) -> str:
        return self.label or f"Line {self.line}"


class AccreditorRowDecision(models.Model):
    """What a curator said an entry of an accreditor's lists is: a program, a school, or nothing of ours.

    It holds for every later list of the accreditor with the same entry.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.CASCADE, related_name="row_decisions", verbose_name="accreditor"
    )
    key = models.CharField(max_length=64, help_text="What identifies the entry")
    label = models.CharField(max_length=300, help_text="School, place and program as the list names them")
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300)
    made_by = person_field()
    made_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "decision about an entry"
        verbose_name_plural = "decisions about entries"
        constraints = [
            models.UniqueConstraint(fields=["agency", "key"], name="accreditor_row_decided_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="accreditor_row_decision_has_reason"),
            models.CheckConstraint(
                condition=Q(program__isnull=True) | Q(school__isnull=False), name="accreditor_row_program_has_school"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def dismissed(self) -> bool:
        return self.school_id is None


class AccreditorListChange(models.Model):
    """What applying a list did to one record or fact: as it was and as it became, which is all that undoing needs."""

    class Kind(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        CONFIRMED = "confirmed", "Confirmed"
        GONE = "gone", "Gone from the list"
        FACT = "fact", "Published outcome"

    accreditor_list = models.ForeignKey(AccreditorList, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    line = models.PositiveIntegerField(null=True, blank=True)
    accreditation = models.ForeignKey(
        Accreditation, on_delete=models.SET_NULL, null=True, blank=True, related_name="list_changes"
    )
    fact = models.ForeignKey(ProgramFact, on_delete=models.SET_NULL, null=True, blank=True, related_name="list_changes")
    before = models.JSONField(null=True, blank=True, help_text="Empty: the list brought it")
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["accreditor_list", "pk"]
        verbose_name = "change by an accreditor’s list"
        verbose_name_plural = "changes by accreditors’ lists"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, line {self.line}" if self.line else self.get_kind_display()
