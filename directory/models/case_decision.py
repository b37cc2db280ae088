"""What staff said about a case of a worklist. The case itself is found in the live tables and kept nowhere."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class CaseDecision(models.Model):
    """One thing that one person said about one case, for good: the rows of a case are its history.

    `stands` is on while it counts: at most one row that hides a case, and one that gives it to somebody. What hides
    it holds only while the case has the same `fingerprint`.
    """

    class Verb(models.TextChoices):
        ASSIGN = "assign", "Given to"
        RELEASE = "release", "Given to nobody"
        SNOOZE = "snooze", "Put off"
        RESOLVE = "resolve", "Dealt with"
        IGNORE = "ignore", "Ignored"
        UNDO = "undo", "Put back on the list"

    #: What takes a case off the list.
    HIDING = (Verb.SNOOZE, Verb.RESOLVE, Verb.IGNORE)

    kind = models.CharField("worklist", max_length=40)
    key = models.CharField(max_length=80, help_text="Of the case within its worklist")
    fingerprint = models.CharField(max_length=16, help_text="Of what was wrong when this was said")
    subject = models.CharField("case", max_length=300, help_text="As the list named it then")
    verb = models.CharField("what was done", max_length=8, choices=Verb.choices)
    reason = models.CharField(max_length=500, blank=True)
    until = models.DateField(null=True, blank=True, help_text="The first day on which it is back on the list")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    stands = models.BooleanField(default=True, help_text="Off once something else was said, or it was undone")

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "decision about a case"
        verbose_name_plural = "decisions about cases"
        constraints = [
            models.CheckConstraint(
                condition=Q(verb__in=("assign", "release", "snooze", "resolve", "ignore", "undo")),
                name="case_decision_verb_known",
            ),
            models.CheckConstraint(
                condition=~Q(verb__in=("ignore", "resolve")) | ~Q(reason=""), name="case_decision_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(verb__in=("snooze", "resolve")) | Q(until__isnull=False), name="case_decision_ends"
            ),
            models.CheckConstraint(
                condition=~Q(verb__in=("release", "undo")) | Q(stands=False), name="case_decision_undone_stands_not"
            ),
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(stands=True, verb__in=("snooze", "resolve", "ignore")),
                name="case_decision_hides_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(stands=True, verb="assign"), name="case_decision_one_assignee"
            ),
        ]
        indexes = [models.Index(fields=["kind", "key", "-made_at"], name="case_decision_history")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.subject}"
