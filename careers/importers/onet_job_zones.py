"""O*NET Job Zones, and the reference that says what the five zones mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from careers.importers import cells
from careers.importers.base import codes
from careers.importers.onet_base import CODE, OnetImporter
from careers.models import JobZone, OnetJobZone
from directory.importers.base import Job, Known, optional, required
from directory.importers.errors import Leftover
from directory.importers.merge import Absent
from directory.importers.reading import Row
from directory.importers.registry import register
from directory.models import Release
from directory.vocab import Source

HIGHEST_ZONE = 5


@dataclass(frozen=True, slots=True)
class ZoneRow:
    zone: int
    name: str
    experience: str
    education: str
    training: str
    examples: str
    svp_range: str


@register
class OnetJobZoneReferenceImporter(OnetImporter):
    source = Source.ONET_JOB_ZONE_REFERENCE
    needs = ()
    sheet = r"^Job Zone Reference$"
    columns = (
        *required("Job Zone", "Name", "Experience", "Education", "Job Training"),
        *optional("Examples", "SVP Range"),
    )
    model = JobZone
    key = ("zone",)
    values = ("name", "experience", "education", "training", "examples", "svp_range")

    def parse(self, row: Row) -> Iterable[ZoneRow]:
        yield ZoneRow(
            zone=cells.whole(row, "Job Zone", low=1, high=HIGHEST_ZONE),
            name=cells.text(row, "Name", limit=120, required=True),
            experience=cells.text(row, "Experience", limit=2_000, required=True),
            education=cells.text(row, "Education", limit=2_000, required=True),
            training=cells.text(row, "Job Training", limit=2_000, required=True),
            examples=cells.kept(row, "Examples", limit=2_000),
            svp_range=cells.kept(row, "SVP Range", limit=40),
        )

    def place(self, record: ZoneRow, known: Known) -> tuple[Any, ...]:
        return astuple(record)

    def absent(self, job: Job, release: Release) -> Absent | None:
        """There have always been five; ratings point to them, so none is deleted."""
        return None


@dataclass(frozen=True, slots=True)
class RatingRow:
    onet: str
    zone: int
    dated: str
    rated_by: str


@register
class OnetJobZonesImporter(OnetImporter):
    source = Source.ONET_JOB_ZONES
    needs = (Source.ONET_OCCUPATIONS, Source.ONET_JOB_ZONE_REFERENCE)
    sheet = r"^Job Zones$"
    columns = (*required(CODE, "Job Zone"), *optional("Date", "Domain Source"))
    model = OnetJobZone
    key = ("onet",)
    values = ("zone", "dated", "rated_by")

    def parse(self, row: Row) -> Iterable[RatingRow]:
        yield RatingRow(
            onet=cells.onet(row),
            zone=cells.whole(row, "Job Zone", low=1, high=HIGHEST_ZONE),
            dated=cells.month(row, "Date"),
            rated_by=cells.kept(row, "Domain Source", limit=40),
        )

    def place(self, record: RatingRow, known: Known) -> tuple[Any, ...]:
        here = codes(known)
        here.onet(record.onet)
        if record.zone not in here.zones:
            raise Leftover("Job Zone", str(record.zone), "not in the Job Zone Reference that is loaded")
        return astuple(record)
