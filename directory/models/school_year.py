"""Yearly facts of a whole school: tuition, enrollment, net price, earnings."""

from __future__ import annotations

from django.db import models

from directory.models.figures import note_field, value_or_reason
from directory.models.release import Release
from directory.models.school import School
from directory.vocab import SchoolMeasure


class SchoolFigure(models.Model):
    """One number about one school in one year.

    Tall rather than wide: the sources bring different measures for different years, and a new one is a new
    member of SchoolMeasure. Two sources may give the same measure for the same year; both stay, and the profile
    takes the newer year first.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="figures")
    measure = models.CharField(max_length=24, choices=SchoolMeasure.choices)
    year = models.PositiveSmallIntegerField(help_text="First year of the academic year: 2023 for 2023-24")
    value = models.IntegerField(null=True, blank=True)
    value_note = note_field()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["school", "measure", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["school", "measure", "year", "release"], name="school_figure_once"),
            value_or_reason("value", constraint="school_figure_value_or_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.year}"
