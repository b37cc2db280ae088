"""What people in an occupation do: O*NET Task Statements."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.models.onet_occupation import OnetOccupation
from careers.vocab import TaskKind
from directory.models import Release


class Task(models.Model):
    """One task in O*NET's words."""

    onet = models.ForeignKey(OnetOccupation, on_delete=models.CASCADE, related_name="tasks")
    task_id = models.PositiveIntegerField("task ID")
    text = models.TextField()
    kind = models.CharField(max_length=12, choices=TaskKind.choices, blank=True, help_text="Empty if not rated")
    dated = models.CharField(max_length=7, blank=True, help_text="2020-11")
    said_by = models.CharField(max_length=40, blank=True, help_text="O*NET’s Domain Source: Incumbent")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["onet", "task_id"]
        constraints = [
            models.UniqueConstraint(fields=["onet", "task_id"], name="task_once"),
            models.CheckConstraint(condition=~Q(text=""), name="task_has_text"),
            models.CheckConstraint(condition=Q(kind__in=["", *TaskKind.values]), name="task_kind_known"),
        ]

    def __str__(self) -> str:
        return self.text
