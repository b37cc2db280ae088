"""The search table: one row per program with everything that a list filters, sorts and shows."""

from __future__ import annotations

from django.db import models

from directory.models.figures import note_field, value_or_reason
from directory.models.program import Program
from directory.models.release import Release
from directory.models.school import School
from directory.querysets.listing import ListingQuerySet
from directory.vocab import Control, Delivery, Length, Level, LevelGroup, Standing


class Listing(models.Model):
    """A program as the lists see it. Derived: the pipeline rebuilds it, nobody edits it."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, primary_key=True, related_name="listing")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="listings")
    listed = models.BooleanField(default=True)

    title = models.CharField(max_length=200)
    school_name = models.CharField(max_length=200)
    cip = models.CharField(max_length=7)
    level = models.CharField(max_length=20, choices=LevelGroup.choices)
    length = models.CharField(max_length=14, choices=Length.choices, blank=True, help_text="Certificates only")
    control = models.SmallIntegerField(choices=Control.choices)
    state = models.CharField(max_length=2)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    standing = models.CharField(max_length=14, choices=Standing.choices, default=Standing.NOT_CONFIRMED)
    delivery = models.CharField(max_length=8, choices=Delivery.choices, default=Delivery.UNKNOWN)
    delivery_basis = models.CharField(max_length=80, blank=True, help_text="Whose word the delivery is")

    price = models.PositiveIntegerField(null=True)
    price_note = note_field()
    price_level = models.CharField(max_length=12, choices=Level.choices, default=Level.INSTITUTION)
    price_year = models.CharField(max_length=12, blank=True)
    price_caveat = models.CharField(max_length=160, blank=True)
    price_release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, related_name="+")

    earnings = models.PositiveIntegerField(null=True)
    earnings_note = note_field()
    earnings_release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, related_name="+")

    awards = models.PositiveIntegerField(null=True, help_text="Of the latest year")
    awards_note = note_field()
    awards_year = models.PositiveSmallIntegerField(null=True)
    awards_release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, related_name="+")
    awards_five_years = models.PositiveIntegerField(default=0, help_text="Sum of the years known among the last five")

    known_facts = models.PositiveSmallIntegerField(
        default=0, help_text="How many of price, earnings, awards and delivery"
    )
    rank_points = models.FloatField(default=0, help_text="See directory.ranking; does not depend on the query")

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-rank_points", "school_name", "program_id"]
        constraints = [
            value_or_reason("price", constraint="listing_price_or_reason"),
            value_or_reason("earnings", constraint="listing_earnings_or_reason"),
            value_or_reason("awards", constraint="listing_awards_or_reason"),
        ]
        indexes = [
            models.Index(fields=["listed", "-rank_points"], name="listing_by_rank"),
            models.Index(fields=["listed", "cip"], name="listing_by_cip"),
            models.Index(fields=["listed", "state"], name="listing_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.school_name}"
