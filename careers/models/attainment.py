"""Education of the people in an occupation: BLS Employment Projections, Table 5.3."""

from __future__ import annotations

from django.db import models

from careers.models.occupation import Occupation
from careers.querysets.attainment import AttainmentQuerySet
from directory.models import Release
from directory.models.figures import note_field, value_or_reason

SHARES = (
    "less_than_high_school", "high_school", "some_college", "associate", "bachelors", "masters", "doctoral",
)  # fmt: skip


def share(help_text: str) -> models.DecimalField:
    return models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True, help_text=help_text)


class Attainment(models.Model):
    """Percent of an occupation's workers of 25 years and older by their highest education.

    Who works there now, not what is asked of a newcomer: that is Projection.entry_education.
    """

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="attainment")
    year = models.PositiveSmallIntegerField(help_text="Of the National Employment Matrix that the table belongs to")
    surveyed = models.CharField(max_length=9, blank=True, help_text="Years of the census survey behind it, 2021-22")
    less_than_high_school = share("Less than high school diploma")
    less_than_high_school_note = note_field()
    high_school = share("High school diploma or equivalent")
    high_school_note = note_field()
    some_college = share("Some college, no degree")
    some_college_note = note_field()
    associate = share("Associate’s degree")
    associate_note = note_field()
    bachelors = share("Bachelor’s degree")
    bachelors_note = note_field()
    masters = share("Master’s degree")
    masters_note = note_field()
    doctoral = share("Doctoral or professional degree")
    doctoral_note = note_field()
    inexact = models.BooleanField(default=False, help_text="The table’s footnote: no exact match in the census survey")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    objects = AttainmentQuerySet.as_manager()

    class Meta:
        ordering = ["occupation", "-year"]
        verbose_name_plural = "attainment"
        constraints = [
            models.UniqueConstraint(fields=["occupation", "year"], name="attainment_once"),
            *[value_or_reason(name, constraint=f"attainment_{name}_or_reason") for name in SHARES],
        ]

    def __str__(self) -> str:
        return f"{self.occupation_id}, {self.year}"
