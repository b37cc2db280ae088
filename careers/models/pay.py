"""Pay and number of jobs: Occupational Employment and Wage Statistics (OEWS)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from careers.models.area import Area
from careers.models.occupation import Occupation
from careers.querysets.pay import PayQuerySet
from directory.models import Release
from directory.models.figures import note_field, value_or_reason

ANNUAL = ("annual_p10", "annual_p25", "annual_median", "annual_p75", "annual_p90")
HOURLY = (
    "hourly_p10_cents",
    "hourly_p25_cents",
    "hourly_median_cents",
    "hourly_p75_cents",
    "hourly_p90_cents",
)
MEASURES = ("employment", "hourly_mean_cents", "annual_mean", *HOURLY, *ANNUAL)


def dollars(help_text: str = "") -> models.PositiveIntegerField[int | None, int | None]:
    return models.PositiveIntegerField(null=True, blank=True, help_text=help_text)


class Pay(models.Model):
    """What an occupation's wage and salary workers earn in one area, by the survey of one May.

    Yearly pay is in whole dollars, as published. Hourly pay is published in dollars and cents and kept in
    whole cents, because integers are exact and compare alike on every database.
    """

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="pay")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="pay")
    year = models.PositiveSmallIntegerField(help_text="Of the survey, 2025 for May 2025")
    employment = models.PositiveIntegerField(null=True, blank=True, help_text="TOT_EMP; without the self-employed")
    employment_note = note_field()
    hourly_mean_cents = dollars("H_MEAN in cents")
    hourly_mean_cents_note = note_field()
    hourly_p10_cents = dollars("H_PCT10 in cents")
    hourly_p10_cents_note = note_field()
    hourly_p25_cents = dollars("H_PCT25 in cents")
    hourly_p25_cents_note = note_field()
    hourly_median_cents = dollars("H_MEDIAN in cents")
    hourly_median_cents_note = note_field()
    hourly_p75_cents = dollars("H_PCT75 in cents")
    hourly_p75_cents_note = note_field()
    hourly_p90_cents = dollars("H_PCT90 in cents")
    hourly_p90_cents_note = note_field()
    annual_mean = dollars("A_MEAN")
    annual_mean_note = note_field()
    annual_p10 = dollars("A_PCT10")
    annual_p10_note = note_field()
    annual_p25 = dollars("A_PCT25")
    annual_p25_note = note_field()
    annual_median = dollars("A_MEDIAN")
    annual_median_note = note_field()
    annual_p75 = dollars("A_PCT75")
    annual_p75_note = note_field()
    annual_p90 = dollars("A_PCT90")
    annual_p90_note = note_field()
    annual_only = models.BooleanField(default=False, help_text="Only yearly pay is published (ANNUAL)")
    hourly_only = models.BooleanField(default=False, help_text="Only hourly pay is published (HOURLY)")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    objects = PayQuerySet.as_manager()

    class Meta:
        ordering = ["occupation", "area", "-year"]
        verbose_name_plural = "pay"
        constraints = [
            models.UniqueConstraint(fields=["occupation", "area", "year"], name="pay_once"),
            models.CheckConstraint(condition=~Q(annual_only=True, hourly_only=True), name="pay_annual_or_hourly_only"),
            *[value_or_reason(measure, constraint=f"pay_{measure}_or_reason") for measure in MEASURES],
        ]
        indexes = [
            models.Index(fields=["area", "year", "annual_median"], name="pay_by_area"),
            models.Index(fields=["area", "year", "occupation"], name="pay_by_area_occupation"),
        ]

    def __str__(self) -> str:
        return f"{self.occupation_id}, {self.area_id}, {self.year}"
