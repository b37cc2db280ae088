"""Institutions, as the IPEDS directory (HD) knows them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from directory.models.release import Release
from directory.querysets.school import SchoolQuerySet
from directory.vocab import CLOSED_STATES, Control, SchoolState


class School(models.Model):
    """One institution. Official columns come from HD; a column that staff correct is kept as an Override."""

    unitid = models.PositiveIntegerField(unique=True, null=True, blank=True, help_text="IPEDS number, six digits")
    opeid = models.CharField(
        max_length=8, blank=True, help_text="Federal aid number; the first six digits name the parent"
    )
    name = models.CharField(max_length=200)
    aliases = models.TextField(blank=True, help_text="IALIAS as published: no fixed separator, for search only")
    slug = models.SlugField(max_length=160, unique=True)

    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80)
    state = models.CharField(max_length=2, help_text="USPS code, 50 states, DC and eight territories")
    zip_code = models.CharField(max_length=10, blank=True)
    county = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    control = models.SmallIntegerField(choices=Control.choices)
    sector = models.SmallIntegerField(null=True, blank=True, help_text="IPEDS SECTOR, 0 to 9 and 99")
    iclevel = models.SmallIntegerField(
        null=True, blank=True, help_text="1 four or more years, 2 two to four, 3 under two"
    )
    highest_award = models.SmallIntegerField(null=True, blank=True, help_text="IPEDS HLOFFER, 1 to 9")
    locale = models.SmallIntegerField(null=True, blank=True, help_text="IPEDS LOCALE, 11 to 43")
    size = models.SmallIntegerField(null=True, blank=True, help_text="IPEDS INSTSIZE, 1 to 5")
    opeflag = models.SmallIntegerField(
        null=True, blank=True, help_text="IPEDS OPEFLAG: takes part in federal student aid"
    )

    website = models.CharField(max_length=400, blank=True)
    admissions_url = models.CharField(max_length=400, blank=True)
    apply_url = models.CharField(max_length=400, blank=True)
    aid_url = models.CharField(max_length=400, blank=True)
    net_price_url = models.CharField(max_length=400, blank=True)
    veterans_url = models.CharField(max_length=400, blank=True)
    disability_url = models.CharField(max_length=400, blank=True)

    status = models.CharField(max_length=8, choices=SchoolState.choices, default=SchoolState.OPEN)
    act = models.CharField(max_length=1, blank=True, help_text="IPEDS ACT as published")
    closed_on = models.DateField(null=True, blank=True)
    closed_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="IPEDS DEATHYR")
    successor_unitid = models.PositiveIntegerField(null=True, blank=True, help_text="IPEDS NEWID")

    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        help_text="The same school, which readers see instead; its UNITID stays, so that no file brings it back",
    )

    open_admission = models.BooleanField(null=True, blank=True, help_text="IPEDS OPENADMP")
    distance_courses = models.BooleanField(
        null=True, blank=True, help_text="IPEDS DISTCRS; of the school, not of one program"
    )
    distance_programs = models.BooleanField(
        null=True, blank=True, help_text="IPEDS DISTPGS; of the school, not of one program"
    )
    distance_only = models.BooleanField(null=True, blank=True, help_text="IPEDS DISTNCED 1: every program by distance")
    calendar = models.SmallIntegerField(null=True, blank=True, help_text="IPEDS CALSYS")
    yellow_ribbon = models.BooleanField(null=True, blank=True, help_text="IPEDS VET1: Yellow Ribbon Program")
    training_credit = models.BooleanField(null=True, blank=True, help_text="IPEDS VET2: credit for military training")
    veterans_support = models.BooleanField(null=True, blank=True, help_text="IPEDS VET3: a dedicated point of help")
    veterans_group = models.BooleanField(null=True, blank=True, help_text="IPEDS VET4: a student veteran organization")
    servicemembers_college = models.BooleanField(
        null=True, blank=True, help_text="IPEDS VET5: member of Servicemembers Opportunity Colleges"
    )
    rotc = models.BooleanField("ROTC", null=True, blank=True, help_text="IPEDS SLO5: any of the three services")
    offerings_release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    accreditor = models.CharField(
        max_length=200, blank=True, help_text="Institution’s accreditor as Scorecard names it"
    )
    accreditor_release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    eight_keys = models.BooleanField(default=False, help_text="Pledged VA’s 8 Keys to Veterans’ Success")
    eight_keys_release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="schools")
    history = HistoricalRecords()

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unitid__isnull=True) | Q(unitid__gte=100000, unitid__lte=999999),
                name="school_unitid_six_digits",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="school_point_on_earth",
            ),
        ]
        indexes = [models.Index(fields=["state", "name"], name="school_by_state")]

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.city, self.state) if part)
        return f"{self.name} ({place})" if place else self.name

    def get_absolute_url(self) -> str:
        return reverse("school_detail", args=[self.slug])

    @property
    def is_closed(self) -> bool:
        """Whether nobody can begin there any more; also of a school that is listed as another one."""
        return self.status in CLOSED_STATES or self.merged_into_id is not None
