"""Outlook: BLS Employment Projections, Table 1.2."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from careers.models.occupation import Occupation
from careers.querysets.projection import ProjectionQuerySet
from directory.models import Release
from directory.models.figures import note_field, value_or_reason

MEASURES = (
    "jobs", "jobs_projected", "change", "change_percent", "openings", "self_employed_percent", "median_wage",
    "entry_education", "experience", "training",
)  # fmt: skip


def words(help_text: str) -> models.CharField[str | None, str | None]:
    return models.CharField(max_length=80, null=True, blank=True, help_text=help_text)


class Projection(models.Model):
    """One occupation's jobs in a base year and projected ten years on, and what is typical for getting in.

    The table prints thousands with one decimal; here they are whole jobs. "None" is a value of the three
    texts ("no experience needed"); an em dash is missing.
    """

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="projections")
    base_year = models.PositiveSmallIntegerField()
    target_year = models.PositiveSmallIntegerField()
    jobs = models.PositiveIntegerField(null=True, blank=True, help_text="In the base year, with the self-employed")
    jobs_note = note_field()
    jobs_projected = models.PositiveIntegerField(null=True, blank=True, help_text="In the target year")
    jobs_projected_note = note_field()
    change = models.IntegerField(null=True, blank=True, help_text="Jobs gained or lost, as published")
    change_note = note_field()
    change_percent = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    change_percent_note = note_field()
    openings = models.PositiveIntegerField(null=True, blank=True, help_text="A year: growth, and people who leave")
    openings_note = note_field()
    self_employed_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    self_employed_percent_note = note_field()
    median_wage = models.PositiveIntegerField(null=True, blank=True, help_text="Yearly, of the base year")
    median_wage_note = note_field()
    entry_education = words("Typical education needed for entry")
    entry_education_note = note_field()
    experience = words("Work experience in a related occupation")
    experience_note = note_field()
    training = words("Typical on-the-job training")
    training_note = note_field()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    objects = ProjectionQuerySet.as_manager()

    class Meta:
        ordering = ["occupation", "-base_year"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "base_year", "target_year"], name="projection_once"),
            models.CheckConstraint(condition=Q(target_year__gt=F("base_year")), name="projection_looks_ahead"),
            *[value_or_reason(measure, constraint=f"projection_{measure}_or_reason") for measure in MEASURES],
        ]
        indexes = [models.Index(fields=["base_year", "change_percent"], name="projection_by_growth")]

    def __str__(self) -> str:
        return f"{self.occupation_id}, {self.base_year}–{self.target_year % 100:02d}"
