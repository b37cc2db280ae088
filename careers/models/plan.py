"""A reader's plan, once there is an account, and the copies that a reader shows to others."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ReaderPlan(models.Model):
    """The one plan of a reader with an account. Readers without one keep theirs in their session."""

    reader = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plan")
    state = models.JSONField(default=dict, help_text="As careers.plan.keeping writes it")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"plan {self.pk}"


class SharedPlan(models.Model):
    """A copy of a plan as it was on a day, for whoever has its signed address. Taking it back deletes the row."""

    key = models.CharField(max_length=32, unique=True)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="shared_plans"
    )
    document = models.JSONField(help_text="Steps, costs and programs in words, as careers.plan.document writes them")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"shared plan {self.pk}"
