"""What the search knows by name: entries derived from the facts, staff's synonyms, and which state is in force."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords


class SearchEntry(models.Model):
    """One thing that a text can mean, with every name of it. Derived: `search.entries` rebuilds it, nobody edits it.

    `key` is a CIP code, a School or Program primary key, a certification's slug, or an occupation's or a career's
    own key, by `kind`. `fields` maps CIP codes (families too) to how well they answer, above 0 and up to 1; it is
    empty for kinds that name schools, programs or exams.
    """

    class Kind(models.TextChoices):
        FIELD = "field", "Field of study"
        CAREER = "career", "Career or occupation"
        CERTIFICATION = "certification", "Certification"
        SCHOOL = "school", "School"
        PROGRAM = "program", "Program’s own title"

    kind = models.CharField(max_length=14, choices=Kind.choices)
    key = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    names = models.TextField(blank=True, help_text="Other official or curated names, one to a line")
    lesser_names = models.TextField(
        blank=True, help_text="Names that mean it less surely (alternate job titles), one to a line"
    )
    fields = models.JSONField(default=dict, blank=True, help_text="CIP code -> how well it answers, up to 1")
    weight = models.FloatField(default=1, help_text="Which is meant when several share a name: the heavier")
    url = models.CharField(max_length=220, blank=True, help_text="Its own page, where it has one")

    class Meta:
        ordering = ["kind", "key"]
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_entry_once"),
            models.CheckConstraint(
                condition=Q(kind__in=("field", "career", "certification", "school", "program")),
                name="search_entry_kind_known",
            ),
            models.CheckConstraint(condition=~Q(label=""), name="search_entry_has_label"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.get_kind_display()})"


class Synonym(models.Model):
    """Words that readers use and the words that are read instead: "hospital coder" -> "medical coder"."""

    words = models.CharField(max_length=80, unique=True, help_text="What readers type, in small letters")
    means = models.CharField(max_length=120, help_text="What is read instead; any text that the search understands")
    note = models.CharField(max_length=200, blank=True, help_text="Why, or where it was seen")
    active = models.BooleanField(default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["words"]
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(means=""), name="synonym_has_both_sides"),
        ]

    def __str__(self) -> str:
        return f"{self.words} → {self.means}"


class SearchState(models.Model):
    """One row: the tokens of what the search tables hold. A worker whose memory has another token reads anew."""

    token = models.CharField(max_length=32, help_text="Of the listed programs")
    names_token = models.CharField(max_length=32, default="", help_text="Of what words can mean")
    built_at = models.DateTimeField()

    class Meta:
        verbose_name = "state of the search"
        verbose_name_plural = "state of the search"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="search_state_is_one_row")]

    def __str__(self) -> str:
        return f"{self.token}, {self.built_at:%Y-%m-%d %H:%M}"
