"""Careers: what people call a job, and where the official figures count it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from careers.models.occupation import Occupation
from careers.models.onet_occupation import OnetOccupation
from careers.vocab import Basis


class Career(models.Model):
    """A curated listing that points to the occupation under which the figures count it.

    Several careers share one occupation (a medical coder and a records technician are both 29-2072), so each
    says on what evidence it is counted there. Kept by staff; imports never touch it.
    """

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="careers")
    onet = models.ForeignKey(
        OnetOccupation,
        on_delete=models.PROTECT,
        related_name="careers",
        null=True,
        blank=True,
        verbose_name="O*NET occupation",
        help_text="Whose tasks and titles are shown; empty for the whole occupation (….00)",
    )
    basis = models.CharField(max_length=10, choices=Basis.choices)
    evidence = models.CharField(max_length=200, help_text="The O*NET title, or the words of the definition")
    mapping_note = models.TextField(blank=True, help_text="What a reader must know about this count")
    summary = models.TextField(help_text="What the work is, in a sentence or two of our own")
    everyday_names = models.CharField(
        max_length=400, blank=True, help_text="Names and abbreviations that people type, separated by commas"
    )
    order = models.PositiveSmallIntegerField(default=100)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "title"]
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="career_has_evidence"),
            models.CheckConstraint(condition=~Q(summary=""), name="career_has_summary"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="career_basis_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("career_detail", args=[self.slug])

    @property
    def onet_code(self) -> str:
        """The O*NET code whose tasks and titles belong to it."""
        return self.onet_id or f"{self.occupation_id}.00"
