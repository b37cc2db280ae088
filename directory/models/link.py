"""The addresses that our pages lead to, and how they answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from directory.models.program import Program
from directory.models.school import School
from directory.vocab import Finding


class Link(models.Model):
    """One address, however many pages lead to it. Written by the link checker; staff may vouch for it or ask anew."""

    url = models.CharField(max_length=2_000, unique=True)
    host = models.CharField(max_length=253, db_index=True)
    finding = models.CharField(max_length=10, choices=Finding.choices, default=Finding.UNASKED)
    reason = models.CharField(max_length=300, blank=True, help_text="What the answer was, in words")
    moved_to = models.CharField(max_length=2_000, blank=True, help_text="Where it has moved for good")
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, help_text="When it last led to a page")
    ask_again = models.DateTimeField(db_index=True, help_text="When it is asked next")
    strikes = models.PositiveSmallIntegerField(default=0, help_text="Days on which it failed, three at most")
    struck_on = models.DateField(null=True, blank=True)
    broken_since = models.DateField(null=True, blank=True, db_index=True, help_text="The day of the third strike")
    tries_broken = models.PositiveSmallIntegerField(default=0)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    vouched_on = models.DateField(
        null=True, blank=True, help_text="The day on which a person opened it and saw the right page"
    )
    # Only what people did about a link: what the checker finds is no edit.
    history = HistoricalRecords(excluded_fields=["etag", "last_modified"])

    class Meta:
        ordering = ["url"]
        constraints = [
            models.CheckConstraint(
                condition=Q(broken_since=None) | Q(strikes__gte=3), name="link_broken_after_three_strikes"
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def is_broken(self) -> bool:
        return self.broken_since is not None


class LinkUse(models.Model):
    """Where an address stands: as what, and of which listing, exam or guide."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="uses")
    kind = models.CharField(max_length=40, help_text="As what it stands there: “Apply”, “Evidence”")
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    page = models.CharField(max_length=200, blank=True, help_text="Our page on which it stands, if no listing’s")
    label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["link", "kind", "pk"]
        verbose_name = "use of a link"
        verbose_name_plural = "uses of links"

    def __str__(self) -> str:
        return f"{self.kind}: {self.label}"


class LinkRun(models.Model):
    """One run of the link checker, with how far it came."""

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    due = models.PositiveIntegerField(default=0, help_text="Links that were due when it began")
    asked = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0, help_text="Links that it called broken for the first time")
    mended = models.PositiveIntegerField(default=0, help_text="Broken links that answered again")

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.started_at:%d %b %Y, %H:%M} UTC: {self.asked} of {self.due}"
