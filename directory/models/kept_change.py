"""What a load changed, kept so that the whole load can be taken back."""

from __future__ import annotations

from django.db import models

from directory.models.release import ImportRun


class KeptChange(models.Model):
    """Some hundred rows of one table that a load created, changed or removed. Written and read by the change log.

    `packed` holds them compressed; what is in it, `directory.pipeline.change_log.packing` says. The rows live as long
    as the setting UNDO_DAYS says, and go when the load has been taken back.
    """

    class Kind(models.TextChoices):
        CREATED = "created", "Created"
        CHANGED = "changed", "Changed"
        REMOVED = "removed", "Removed"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="kept")
    table = models.CharField(max_length=80, help_text="Name of the database table")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    place = models.PositiveIntegerField(help_text="Orders the pieces of one run, table and kind")
    rows = models.PositiveIntegerField()
    packed = models.BinaryField()

    class Meta:
        ordering = ["run", "table", "kind", "place"]
        constraints = [
            models.UniqueConstraint(fields=["run", "table", "kind", "place"], name="kept_change_once_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.rows} rows of {self.table} that {self.run_id} {self.kind}"
