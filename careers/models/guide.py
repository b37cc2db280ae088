"""Guides: what people write about a career, in versions.

Publishing edits nothing: it gives a version the hour from which it counts. The version with the latest hour that has
come is the current one, those before it are superseded, those after it are scheduled; the one without an hour is the
draft.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from careers.models.career import Career
from careers.querysets.guide import GuideVersionQuerySet
from careers.vocab import Section

#: A text that is typed or pasted; what can be published is shorter (careers.guides.checks).
LONGEST_TEXT: Final = 200_000


class Guide(models.Model):
    """The guide of one career, whatever its versions."""

    career = models.OneToOneField(Career, on_delete=models.PROTECT, related_name="guide")

    class Meta:
        ordering = ["career__order", "career__title"]

    def __str__(self) -> str:
        return f"Guide: {self.career}"


class State(models.TextChoices):
    """What a version is at an hour; kept nowhere, because it changes by itself."""

    DRAFT = "draft", "Draft"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"


class GuideVersion(models.Model):
    """One state of a guide's text. Its sections change while it is a draft, and never again."""

    class Origin(models.TextChoices):
        SHIPPED = "shipped", "Came with the product"
        STAFF = "staff", "Written here"

    guide = models.ForeignKey(Guide, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.STAFF)
    digest = models.CharField(max_length=64, blank=True, help_text="Of the shipped file that it came from")
    note = models.CharField("what changed", max_length=300, blank=True, help_text="For the history; readers see it")
    author = models.CharField(max_length=120, blank=True, help_text="Who wrote it, as readers are to see it")
    reviewer = models.CharField(max_length=120, blank=True, help_text="Who in the trade has read it")
    reviewed_on = models.DateField(null=True, blank=True)
    publish_at = models.DateTimeField(
        null=True, blank=True, help_text="The hour from which readers see it; a draft has none"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    objects = GuideVersionQuerySet.as_manager()

    class Meta:
        ordering = ["guide", "-number"]
        permissions = [("publish_guideversion", "Can publish and schedule guides")]
        constraints = [
            models.UniqueConstraint(fields=["guide", "number"], name="guide_version_once"),
            models.UniqueConstraint(
                fields=["guide"], condition=Q(publish_at__isnull=True), name="guide_has_one_draft_at_most"
            ),
            # Two versions of the same hour would leave open which of them counts.
            models.UniqueConstraint(fields=["guide", "publish_at"], name="guide_one_version_an_hour"),
            models.CheckConstraint(condition=Q(number__gte=1), name="guide_version_counts_from_one"),
            models.CheckConstraint(
                condition=Q(reviewer="", reviewed_on__isnull=True) | (~Q(reviewer="") & Q(reviewed_on__isnull=False)),
                name="guide_review_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=(Q(origin="shipped") & ~Q(digest="")) | Q(origin="staff", digest=""),
                name="guide_shipped_has_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guide.career}, version {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.publish_at is None

    def state_at(self, now: dt.datetime, current: GuideVersion | None) -> State:
        """What it is at that hour, when `current` is the version that counts then."""
        if self.publish_at is None:
            return State.DRAFT
        if self.publish_at > now:
            return State.SCHEDULED
        return State.PUBLISHED if current is not None and current.pk == self.pk else State.SUPERSEDED


class GuideSection(models.Model):
    """The text of one section of a version, in the form of docs/guides.md; a section without a text has no row."""

    version = models.ForeignKey(GuideVersion, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=24, choices=Section.choices)
    text = models.TextField(max_length=LONGEST_TEXT)
    history = HistoricalRecords()

    class Meta:
        ordering = ["version", "key"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="guide_section_once"),
            models.CheckConstraint(condition=~Q(text=""), name="guide_section_has_text"),
            models.CheckConstraint(condition=Q(key__in=Section.values), name="guide_section_known"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_key_display()}"
