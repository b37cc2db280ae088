"""How often readers left for a school: a number per day, nothing about the reader."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from directory.models.program import Program
from directory.models.school import School
from directory.vocab import GoKind


class ClickCount(models.Model):
    """Leaves per day, listing and kind of link. It never enters the ranking."""

    day = models.DateField()
    kind = models.CharField(max_length=8, choices=GoKind.choices)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="click_counts")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, blank=True, related_name="click_counts")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        verbose_name = "count of leaves"
        verbose_name_plural = "counts of leaves"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "program"],
                condition=Q(program__isnull=False),
                name="click_program_day",
            ),
            models.UniqueConstraint(
                fields=["day", "kind", "school"], condition=Q(program__isnull=True), name="click_school_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.count}"
