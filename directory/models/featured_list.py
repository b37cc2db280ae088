"""Lists that an editor puts together, with a written reason for each program. Nobody can pay for a place."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from directory.models.program import Program

#: Addresses below /lists/ that are pages of their own.
TAKEN = frozenset({"military-friendly"})


class FeaturedList(models.Model):
    """An editor's list. Readers see it once it is published and names a program that is still on the lists.

    There is no column for payment, sponsor or weight; the order is the editor's `position`, then the alphabet.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft: only staff see it"
        PUBLISHED = "published", "Published"

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True, help_text="Public address: /lists/…/")
    why = models.TextField(help_text="What the list is for, and how the editor chose; readers see it")
    author = models.CharField(max_length=120, blank=True, help_text="Shown to readers; empty for the editors together")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    published_on = models.DateField(null=True, blank=True, help_text="Filled in when it is published")
    reviewed_on = models.DateField(null=True, blank=True, help_text="When somebody last went through all entries")
    history = HistoricalRecords()

    class Meta:
        ordering = ["title"]
        verbose_name = "featured list"
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="featured_list_says_why"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="published", published_on__isnull=False),
                name="featured_list_published_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("featured_list", args=[self.slug])

    def clean(self) -> None:
        if self.slug in TAKEN:
            raise ValidationError({"slug": "This address is a page of its own."})


class FeaturedEntry(models.Model):
    """A program in a list: why it is there, since when, and where one can see it."""

    featured_list = models.ForeignKey(FeaturedList, on_delete=models.CASCADE, related_name="entries")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=100, help_text="Smaller ones stand first; equal ones by name")
    reason = models.TextField(help_text="Why this program is here; readers see it")
    dated = models.DateField(help_text="The day on which the reason was true")
    evidence_url = models.URLField(max_length=500, blank=True, help_text="A page that shows it; readers see the link")
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "program__school__name", "pk"]
        verbose_name = "entry of a featured list"
        verbose_name_plural = "entries of featured lists"
        constraints = [
            models.UniqueConstraint(fields=["featured_list", "program"], name="featured_entry_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="featured_entry_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.featured_list}: {self.program}"
