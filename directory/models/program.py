"""Programs: one field of study at one institution at one award level."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from directory.models.field_of_study import FieldOfStudy
from directory.models.figures import note_field, value_or_reason
from directory.models.release import Release
from directory.models.school import School
from directory.querysets.program import ProgramQuerySet
from directory.vocab import AwardLevel, Delivery, ListingState, Reliability


class Program(models.Model):
    """The unit that a student chooses: institution × CIP × award level.

    It exists because a school reported it in IPEDS Completions (also with no awards), or because staff entered it.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="programs")
    field = models.ForeignKey(FieldOfStudy, on_delete=models.PROTECT, related_name="programs")
    award_level = models.PositiveSmallIntegerField(choices=AwardLevel.choices)
    slug = models.SlugField(max_length=200, unique=True)
    title = models.CharField(
        max_length=200, blank=True, help_text="The school’s own name for it; empty shows the CIP title"
    )
    state = models.CharField(max_length=14, choices=ListingState.choices, default=ListingState.LISTED)
    first_year = models.PositiveSmallIntegerField(help_text="First IPEDS year in which it was reported")
    last_year = models.PositiveSmallIntegerField(help_text="Last IPEDS year in which it was reported")
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        help_text="The same program, which readers see instead; its own key stays, so that no file brings it back",
    )
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["school__name", "field__cip", "award_level"]
        constraints = [
            models.UniqueConstraint(fields=["school", "field", "award_level"], name="program_once"),
            models.CheckConstraint(condition=Q(award_level__in=AwardLevel.values), name="program_award_level_known"),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="program_years_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.display_title}, {self.get_award_level_display()}"

    def get_absolute_url(self) -> str:
        return reverse("program_detail", args=[self.slug])

    @property
    def display_title(self) -> str:
        return self.title or self.field.title


class Completions(models.Model):
    """Awards conferred in one year (IPEDS: July to June), first and second majors together."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="completions")
    year = models.PositiveSmallIntegerField(help_text="IPEDS year of the file: 2024 for awards of 2023-24")
    awards = models.PositiveIntegerField(null=True, blank=True, help_text="0 means offered, no awards this year")
    awards_note = note_field()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["program", "year"]
        verbose_name_plural = "completions"
        constraints = [
            models.UniqueConstraint(fields=["program", "year"], name="completions_once_a_year"),
            value_or_reason("awards", constraint="completions_value_or_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.awards}"


class ProgramCharge(models.Model):
    """The whole price of one of a career school's six largest programs (IPEDS IC_PY, COST1).

    The file names school and CIP but no award level, so the row belongs to the school and is matched to a program
    by its length in hours when it is read.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="program_charges")
    cip = models.CharField(max_length=7)
    position = models.PositiveSmallIntegerField(help_text="1 to 6, the largest program first")
    year = models.PositiveSmallIntegerField(help_text="First year of the academic year")
    price = models.PositiveIntegerField(null=True, blank=True, help_text="Tuition and fees of the whole program")
    price_note = note_field()
    supplies = models.PositiveIntegerField(null=True, blank=True, help_text="Books and supplies of the whole program")
    supplies_note = note_field()
    hours = models.PositiveIntegerField(null=True, blank=True, help_text="Length in the unit beside it")
    hours_note = note_field()
    hour_unit = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="IPEDS PRGMSR: 1 clock hours, 2 credit hours"
    )
    months = models.PositiveIntegerField(null=True, blank=True, help_text="Months for a full-time student")
    months_note = note_field()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["school", "-year", "position"]
        constraints = [
            models.UniqueConstraint(fields=["school", "position", "year"], name="program_charge_once"),
            value_or_reason("price", constraint="program_charge_price_or_reason"),
            value_or_reason("supplies", constraint="program_charge_supplies_or_reason"),
            value_or_reason("hours", constraint="program_charge_hours_or_reason"),
            value_or_reason("months", constraint="program_charge_months_or_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.cip}: {self.price}"


class ProgramDelivery(models.Model):
    """Whether the programs of one CIP and level at a school are taught by distance (IPEDS C_DEP)."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="deliveries")
    year = models.PositiveSmallIntegerField()
    delivery = models.CharField(max_length=8, choices=Delivery.choices)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["program", "-year"]
        verbose_name_plural = "program deliveries"
        constraints = [models.UniqueConstraint(fields=["program", "year"], name="program_delivery_once")]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_delivery_display()}"


class ProgramFact(models.Model):
    """Something that a page states about a program, with its evidence. Curated, never official."""

    class Kind(models.TextChoices):
        DELIVERY = "delivery", "Delivery"
        CREDITS = "credits", "Credits"
        MONTHS = "months", "Months"
        PROGRAM_URL = "program-url", "Program page"
        APPLY_URL = "apply-url", "Application page"
        GRADUATION_RATE = "graduation-rate", "Graduation rate"
        JOB_PLACEMENT_RATE = "job-placement-rate", "Job placement rate"
        RHIT_PASS_RATE = "rhit-pass-rate", "RHIT exam pass rate"
        FURTHER_OUTCOME = "further-outcome", "One more published outcome"
        NEXT_REVIEW_YEAR = "next-review-year", "Next accreditation review"
        PRICE = "price", "Price of the whole program"
        START_DATES = "start-dates", "Start dates"
        ENTRY_REQUIREMENTS = "entry-requirements", "Entry requirements"
        COURSES = "courses", "Courses"
        PLACEMENT = "placement", "Placement"
        TRANSFER = "transfer", "Transfer of credits"

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    value = models.TextField(
        blank=True, help_text="Empty where the page was read and does not say it; then say when it was read"
    )
    unit = models.CharField(max_length=120, blank=True)
    year = models.CharField(max_length=40, blank=True, help_text="As the page says; empty when it says none")
    evidence_url = models.URLField(max_length=500)
    reliability = models.CharField(max_length=8, choices=Reliability.choices, default=Reliability.HIGH)
    note = models.TextField(blank=True)
    checked_on = models.DateField(null=True, blank=True, help_text="An address is shown only once it was checked")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["program", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["program", "kind", "evidence_url"], name="program_fact_once_per_page"),
            # "Not published" is a finding, and a finding has its day.
            models.CheckConstraint(
                condition=~Q(value="") | Q(checked_on__isnull=False), name="program_fact_not_found_has_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value[:40]}"
