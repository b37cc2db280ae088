"""The programs that a signed-in reader has saved."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from directory.models.program import Program

LONGEST_NOTE = 1_000


class SavedProgram(models.Model):
    """One program on a reader's own list. Readers without an account keep theirs in their session."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_programs")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="saved_by")
    note = models.CharField(
        max_length=LONGEST_NOTE, blank=True, help_text="The reader’s own words, shown to nobody else"
    )
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reader", "program"], name="saved_program_once")]

    def __str__(self) -> str:
        return f"program {self.program_id}"
