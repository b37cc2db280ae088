"""How often something was sent lately, counted for all processes together."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """One count within one stretch of time, known by a digest that names nobody and that the next stretch changes."""

    digest = models.CharField(max_length=32, unique=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True, help_text="The end of the stretch; the row goes with it")

    class Meta:
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.count} until {self.until:%Y-%m-%d %H:%M}"
