"""Listings that were one and the same: pairs that look so, and what staff made of them."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from directory.models.program import Program
from directory.models.school import School


class DuplicatePair(models.Model):
    """Two listings that may be one, with what speaks for it. `curation.duplicates` finds them; staff decide.

    Exactly two programs or two schools, the smaller key first. A pair that staff told apart stays told apart, and is
    not asked about again.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    other_program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    other_school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    score = models.PositiveSmallIntegerField(help_text="How much speaks for it, up to 100")
    reasons = models.JSONField(default=list, help_text="What speaks for it, in words")
    found_at = models.DateTimeField()
    not_because = models.CharField(max_length=300, blank=True, help_text="Why they are two; empty until somebody said")
    told_apart_at = models.DateTimeField(null=True, blank=True)
    told_apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name = "likely duplicate"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    program__isnull=False,
                    other_program__isnull=False,
                    school=None,
                    other_school=None,
                    program__lt=F("other_program"),
                )
                | Q(
                    school__isnull=False,
                    other_school__isnull=False,
                    program=None,
                    other_program=None,
                    school__lt=F("other_school"),
                ),
                name="duplicate_pair_of_one_kind",
            ),
            models.UniqueConstraint(
                fields=["program", "other_program"], condition=Q(program__isnull=False), name="duplicate_programs_once"
            ),
            models.UniqueConstraint(
                fields=["school", "other_school"], condition=Q(school__isnull=False), name="duplicate_schools_once"
            ),
            models.CheckConstraint(
                condition=Q(not_because="", told_apart_at=None) | ~Q(not_because="") & Q(told_apart_at__isnull=False),
                name="duplicate_pair_told_apart_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-score"], condition=Q(not_because=""), name="duplicate_pairs_open"),
        ]

    def __str__(self) -> str:
        one, other = self.pair
        return f"{one} and {other}"

    @property
    def kind(self) -> str:
        """ "program" or "school"."""
        return "program" if self.program_id else "school"

    @property
    def pair(self) -> tuple[Program | School, Program | School]:
        """Both listings; the database keeps exactly two of one kind."""
        one, other = (self.program, self.other_program) if self.kind == "program" else (self.school, self.other_school)
        if one is None or other is None:  # pragma: no cover - the check constraint rules it out
            raise ValueError("A pair has two listings.")
        return one, other


class DuplicateSearch(models.Model):
    """One look through all listings for pairs that may be one."""

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    came = models.PositiveIntegerField(default=0, help_text="New pairs")
    went = models.PositiveIntegerField(default=0, help_text="Pairs that no longer look like one")

    class Meta:
        ordering = ["-started_at"]
        verbose_name = "search for duplicates"
        verbose_name_plural = "searches for duplicates"

    def __str__(self) -> str:
        return f"{self.started_at:%d %b %Y, %H:%M} UTC: {self.came} new pairs"


class Merge(models.Model):
    """One listing became another: who did it, why, and what has to be undone to have both again.

    Of two schools, the merges of their programs belong to the merge of the schools (`part_of`).
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, blank=True, related_name="merges")
    gone_program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="merges")
    gone_school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    part_of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    steps = models.JSONField(
        default=list, editable=False, encoder=DjangoJSONEncoder, help_text="As curation.merging.ledger writes them"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(program__isnull=False, gone_program__isnull=False, school=None, gone_school=None)
                | Q(school__isnull=False, gone_school__isnull=False, program=None, gone_program=None),
                name="merge_of_one_kind",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reason"),
            models.CheckConstraint(
                condition=~Q(program=F("gone_program")) & ~Q(school=F("gone_school")), name="merge_of_two"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_because="") | (Q(undone_at__isnull=False) & ~Q(undone_because="")),
                name="merge_undone_with_reason",
            ),
            models.UniqueConstraint(
                fields=["gone_program"],
                condition=Q(undone_at=None, program__isnull=False),
                name="merge_of_program_once",
            ),
            models.UniqueConstraint(
                fields=["gone_school"], condition=Q(undone_at=None, school__isnull=False), name="merge_of_school_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.survivor}"

    def get_absolute_url(self) -> str:
        return reverse("admin:directory_merge_change", args=[self.pk])

    @property
    def survivor(self) -> Program | School:
        found = self.program or self.school
        if found is None:  # pragma: no cover - the check constraint rules it out
            raise ValueError("A merge has a survivor.")
        return found

    @property
    def gone(self) -> Program | School:
        """The listing that readers see no more."""
        found = self.gone_program or self.gone_school
        if found is None:  # pragma: no cover - the check constraint rules it out
            raise ValueError("A merge has two listings.")
        return found

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None
