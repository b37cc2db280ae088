"""Outcomes per field of study: College Scorecard earnings and debt."""

from __future__ import annotations

from django.db import models

from directory.models.figures import note_field, value_or_reason
from directory.models.release import Release
from directory.models.school import School
from directory.vocab import CredentialLevel


class FieldOutcome(models.Model):
    """What graduates of one 4-digit CIP family at one credential level earned and owed.

    Wide, because the file gives a fixed set per row. The earnings columns differ in cohort and in dollars, so they
    are not one curve; directory.profiles names cohort and dollars beside each.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="field_outcomes")
    family = models.CharField(max_length=5, help_text="Four-digit CIP, 51.07")
    credential = models.PositiveSmallIntegerField(choices=CredentialLevel.choices)
    earnings_1yr = models.PositiveIntegerField(null=True, blank=True, help_text="EARN_MDN_1YR")
    earnings_1yr_note = note_field()
    earnings_4yr = models.PositiveIntegerField(null=True, blank=True, help_text="EARN_MDN_4YR")
    earnings_4yr_note = note_field()
    earnings_5yr = models.PositiveIntegerField(null=True, blank=True, help_text="EARN_MDN_5YR")
    earnings_5yr_note = note_field()
    earnings_highest_1yr = models.PositiveIntegerField(null=True, blank=True, help_text="EARN_MDN_HI_1YR")
    earnings_highest_1yr_note = note_field()
    earnings_highest_2yr = models.PositiveIntegerField(null=True, blank=True, help_text="EARN_MDN_HI_2YR")
    earnings_highest_2yr_note = note_field()
    debt_all = models.PositiveIntegerField(null=True, blank=True, help_text="DEBT_ALL_STGP_ANY_MDN, debt at any school")
    debt_all_note = note_field()
    debt_here = models.PositiveIntegerField(
        null=True, blank=True, help_text="DEBT_ALL_STGP_EVAL_MDN, debt at this school"
    )
    debt_here_note = note_field()
    awards_1 = models.PositiveIntegerField(null=True, blank=True, help_text="IPEDSCOUNT1")
    awards_1_note = note_field()
    awards_2 = models.PositiveIntegerField(null=True, blank=True, help_text="IPEDSCOUNT2")
    awards_2_note = note_field()
    distance = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="DISTANCE: 1 none, 2 some, 3 all by distance"
    )
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    MEASURES = (
        "earnings_1yr", "earnings_4yr", "earnings_5yr", "earnings_highest_1yr", "earnings_highest_2yr",
        "debt_all", "debt_here", "awards_1", "awards_2",
    )  # fmt: skip

    class Meta:
        ordering = ["school", "family", "credential"]
        constraints = [
            models.UniqueConstraint(fields=["school", "family", "credential"], name="field_outcome_once"),
            value_or_reason("earnings_1yr", constraint="outcome_1yr_or_reason"),
            value_or_reason("earnings_4yr", constraint="outcome_4yr_or_reason"),
            value_or_reason("earnings_5yr", constraint="outcome_5yr_or_reason"),
            value_or_reason("earnings_highest_1yr", constraint="outcome_highest_1yr_or_reason"),
            value_or_reason("earnings_highest_2yr", constraint="outcome_highest_2yr_or_reason"),
            value_or_reason("debt_all", constraint="outcome_debt_all_or_reason"),
            value_or_reason("debt_here", constraint="outcome_debt_here_or_reason"),
            value_or_reason("awards_1", constraint="outcome_awards_1_or_reason"),
            value_or_reason("awards_2", constraint="outcome_awards_2_or_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.family}, {self.get_credential_display()}"
