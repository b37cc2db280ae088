"""Certifications of professional bodies, and the rules about who may sit.

A certification has dated rule sets; a rule set has routes; a route is a set of conditions that must all hold. A
condition is required or recommended, and the two never mix. The engine that judges a person reads these tables.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from directory.models.accreditation import Agency
from directory.models.program import Program
from directory.models.release import Release


class Body(models.Model):
    """A professional body that issues certifications."""

    acronym = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    website = models.URLField()
    history = HistoricalRecords()

    class Meta:
        ordering = ["acronym"]
        verbose_name = "professional body"
        verbose_name_plural = "professional bodies"

    def __str__(self) -> str:
        return self.acronym


class Certification(models.Model):
    """An exam-based credential; never the same thing as a school's certificate."""

    slug = models.SlugField(unique=True)
    acronym = models.CharField(max_length=12)
    name = models.CharField(max_length=160)
    former_name = models.CharField(max_length=200, blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="certifications")
    summary = models.TextField(help_text="What the credential shows, in a sentence or two of our own")
    issuer_url = models.URLField(max_length=300)
    related_cips = models.JSONField(
        default=list,
        blank=True,
        help_text="CIP codes whose graduates it is meant for; openings are listed for these only",
    )
    order = models.PositiveSmallIntegerField(default=100)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "acronym"]

    def __str__(self) -> str:
        return self.acronym

    def get_absolute_url(self) -> str:
        return reverse("certification_detail", args=[self.slug])


class Grade(models.TextChoices):
    """How well a rule or a fact is known."""

    ISSUER = "A", "The issuer’s own page"
    THIRD_PARTY = "B", "Another party’s page"
    UNVERIFIED = "C", "Not verified"


class RuleSet(models.Model):
    """Who may sit, as known on a date. Grade C encodes no route."""

    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="rule_sets")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    as_of = models.CharField(max_length=40, blank=True, help_text="Date of the page that was read; empty when undated")
    grade = models.CharField(max_length=1, choices=Grade.choices)
    source_url = models.URLField(max_length=300)
    note = models.TextField(blank=True)
    named = models.CharField(
        max_length=12, blank=True, help_text="The exam’s acronym under these rules, where it was another one"
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["certification", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="rule_set_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.certification} rules, {self.as_of or 'undated'}"

    @property
    def confirmed(self) -> bool:
        """Only the issuer's own page confirms a rule."""
        return self.grade == Grade.ISSUER


class Route(models.Model):
    """One way to sit: every required condition must hold."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="routes")
    code = models.CharField(max_length=8, help_text="The issuer’s own name for it where there is one, for example A1")
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["rule_set", "order"]
        constraints = [models.UniqueConstraint(fields=["rule_set", "code"], name="route_once")]

    def __str__(self) -> str:
        return self.title


class Condition(models.Model):
    """One thing that a route requires or recommends. Each kind uses the columns that its comment names."""

    class Kind(models.TextChoices):
        NONE = "none", "Nothing is required"
        DIPLOMA = "diploma", "High school diploma or equivalent"
        AWARD_LEVEL = "award-level", "Award of a level"  # award_levels
        FIELD = "field", "Award in a field"  # cips, vouched
        # agency; award_levels: and of one of these; course: or completed that
        PROGRAM_ACCREDITATION = "program-accreditation", "Program accredited by"
        SCHOOL_ACCREDITATION = "school-accreditation", "School accredited by"  # agency
        EXPERIENCE = "experience", "Work experience"  # experience_kind, months or hours
        CREDENTIAL = "credential", "Holds a credential"  # credentials; and the experience, if there is one
        CREDITS = "credits", "College credits"  # credits; award_levels: or an award of one of these
        COURSE = "course", "Course or practicum completed"  # course; and the experience, if there is one
        LAST_TERM = "last-term", "In the last term of the program"
        RECIPROCITY = "reciprocity", "Foreign program under reciprocity"

    class Experience(models.TextChoices):
        CODING = "coding", "Coding"
        PRIVACY_SECURITY = "privacy-security-management", "Privacy or security management"
        CANCER_REGISTRY = "cancer-registry", "Cancer registry"
        HEALTH_CARE = "health-care", "Health care, of any kind"

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    required = models.BooleanField(default=True, help_text="Otherwise only recommended")
    confirmed = models.BooleanField(
        default=False,
        help_text="A page that we name states it and none contradicts it. Otherwise nobody can tell",
    )
    grade = models.CharField(
        max_length=1, blank=True, choices=Grade.choices, help_text="Where it is known better or worse than its rules"
    )
    award_levels = models.JSONField(default=list, blank=True, help_text="IPEDS award levels, any of which is enough")
    cips = models.JSONField(default=list, blank=True, help_text="CIP codes or families, any of which is enough")
    vouched = models.BooleanField(
        default=False,
        help_text="For a field: the accreditor of the route accredits in it only, so its word is enough",
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    experience_kind = models.CharField(max_length=32, choices=Experience.choices, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.PositiveIntegerField(null=True, blank=True)
    credits = models.PositiveSmallIntegerField(null=True, blank=True)
    credentials = models.ManyToManyField(Certification, blank=True, related_name="+")
    course = models.SlugField(blank=True, help_text="For example ncra-practicum or anatomy-physiology")
    text = models.CharField(max_length=300, help_text="The condition in our own plain words")
    order = models.PositiveSmallIntegerField(default=1)
    history = HistoricalRecords(m2m_fields=[credentials])

    class Meta:
        ordering = ["route", "order"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="experience")
                | (~Q(experience_kind="") & (Q(months__isnull=False) | Q(hours__isnull=False))),
                name="condition_experience_has_length",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["program-accreditation", "school-accreditation"]) | Q(agency__isnull=False),
                name="condition_accreditation_has_agency",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class CertificationFact(models.Model):
    """Something about the exam: items, length, passing score, fee, renewal. Each with its source and grade."""

    class Kind(models.TextChoices):
        ITEMS = "items", "Questions"
        LENGTH = "length", "Length"
        PASSING = "passing", "Passing score"
        FEE = "fee", "Fee"
        RENEWAL = "renewal", "Renewal"
        WINDOW = "window", "Time to test"
        NOTE = "note", "Good to know"

    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.CharField(max_length=300)
    amount = models.PositiveIntegerField(
        null=True, blank=True, help_text="The price for non-members in dollars, for kind fee"
    )
    member_amount = models.PositiveIntegerField(null=True, blank=True)
    grade = models.CharField(max_length=1, choices=Grade.choices)
    as_of = models.CharField(max_length=40, blank=True)
    source_url = models.URLField(max_length=300)
    order = models.PositiveSmallIntegerField(default=1)
    history = HistoricalRecords()

    class Meta:
        ordering = ["certification", "order"]
        constraints = [models.CheckConstraint(condition=Q(grade__in=["A", "B"]), name="certification_fact_known")]

    def __str__(self) -> str:
        return self.text


class Opening(models.Model):
    """A certification that a program opens: what `leads_to` filters on. Rebuilt by the pipeline, never edited."""

    class Basis(models.TextChoices):
        CONFIRMED = "confirmed", "Every condition is confirmed"
        STATED = "stated", "A condition rests on a statement that nobody has confirmed"

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="openings")
    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="openings")
    basis = models.CharField(max_length=10, choices=Basis.choices)
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="+")
    deciding_condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["program", "certification"]
        verbose_name = "opened exam"
        verbose_name_plural = "opened exams"
        constraints = [models.UniqueConstraint(fields=["program", "certification"], name="opening_once")]
        indexes = [models.Index(fields=["certification", "program"], name="opening_by_certification")]

    def __str__(self) -> str:
        return f"{self.certification} after {self.program_id}"
