"""IPEDS HD: the institution directory. One row is one school.

Chief officer's name, title and telephone stand in the file and are not among the columns that are read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import Any

from django.db import connection
from django.utils.text import slugify

from directory.importers import cells
from directory.importers.base import Job, Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent, Changes, merge
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.single import SingleTableImporter
from directory.importers.stage import Stage
from directory.importers.vintages import academic, ipeds_year
from directory.models import Release, School
from directory.vocab import STATE_OF_ACT, STATES, Control, SchoolState, Source

SOUTHERNMOST, NORTHERNMOST = -20, 72  # American Samoa, Alaska
EASTERNMOST, WESTERNMOST = -60, 130  # the Virgin Islands; Palau, beyond the date line
SECTORS = (*range(10), 99)
SLUG_NAME = 120  # leaves room for "-" and the UNITID in the slug column


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school as HD describes it; the names are the columns of School."""

    unitid: int
    opeid: str
    name: str
    aliases: str
    slug: str
    address: str
    city: str
    state: str
    zip_code: str
    county: str
    latitude: float | None
    longitude: float | None
    control: int
    sector: int | None
    iclevel: int | None
    highest_award: int | None
    locale: int | None
    size: int | None
    opeflag: int | None
    website: str
    admissions_url: str
    apply_url: str
    aid_url: str
    net_price_url: str
    veterans_url: str
    disability_url: str
    status: str
    act: str
    closed_on: dt.date | None
    closed_year: int | None
    successor_unitid: int | None


COLUMNS_OF_SCHOOL = tuple(field.name for field in fields(SchoolRow))


@register
class HdImporter(SingleTableImporter):
    source = Source.IPEDS_HD
    academic_year = 0
    yearly = True  # an older year only adds schools that are gone since; see bring_in
    columns = (
        # Every directory since 2009 has them; a file without one was cut or edited, and would empty it everywhere.
        *required(
            "UNITID", "INSTNM", "ADDR", "CITY", "STABBR", "ZIP", "COUNTYNM", "LATITUDE", "LONGITUD", "OPEID", "OPEFLAG",
            "CONTROL", "SECTOR", "ICLEVEL", "HLOFFER", "LOCALE", "INSTSIZE", "WEBADDR", "ADMINURL", "APPLURL",
            "FAIDURL", "ACT", "CLOSEDAT", "DEATHYR", "NEWID",
        ),
        *optional("IALIAS", "NPRICURL", "VETURL", "DISAURL"),  # came one after the other
    )  # fmt: skip
    drifting = {
        "aliases": "IALIAS",
        "net_price_url": "NPRICURL",
        "veterans_url": "VETURL",
        "disability_url": "DISAURL",
    }
    model = School
    key = ("unitid",)
    values = COLUMNS_OF_SCHOOL[1:]

    def vintage(self, table: Table) -> Vintage | None:
        year = ipeds_year(table, "hd")
        return Vintage(academic(year), year * 100, year) if year else None

    def parse(self, row: Row) -> Iterable[SchoolRow]:
        unitid = cells.unitid(row)
        name = cells.text(row, "INSTNM", limit=200, required=True)
        state = cells.text(row, "STABBR", limit=2, required=True).upper()
        if state not in STATES:
            raise BadCell("STABBR", row["STABBR"], "not a state or territory that IPEDS uses")
        control = cells.code(row, "CONTROL")
        if control is not None and control not in Control.values:
            raise BadCell("CONTROL", row["CONTROL"], "not 1, 2, 3 or -3")
        act = row["ACT"].upper()
        if act not in STATE_OF_ACT:
            raise BadCell("ACT", act, f"not one of {', '.join(STATE_OF_ACT)}")
        sector = cells.code(row, "SECTOR")
        if sector is not None and sector not in SECTORS:
            raise BadCell("SECTOR", row["SECTOR"], "not 0 to 9 or 99")
        latitude, longitude = _point(row)
        yield SchoolRow(
            unitid=unitid,
            opeid=cells.opeid(row),
            name=name,
            aliases=cells.text(row, "IALIAS", limit=4_000),
            slug=f"{slugify(name)[:SLUG_NAME].strip('-') or 'school'}-{unitid}",
            address=cells.text(row, "ADDR", limit=200),
            city=cells.text(row, "CITY", limit=80, required=True),
            state=state,
            zip_code=cells.zip_code(row, "ZIP"),
            county=cells.text(row, "COUNTYNM", limit=80),
            latitude=latitude,
            longitude=longitude,
            control=Control.UNKNOWN if control is None else control,
            sector=sector,
            iclevel=cells.code(row, "ICLEVEL", low=1, high=3),
            highest_award=cells.code(row, "HLOFFER", high=20),
            locale=cells.code(row, "LOCALE", low=11, high=43),
            size=cells.code(row, "INSTSIZE", low=1, high=9),
            opeflag=cells.code(row, "OPEFLAG", low=1, high=9),
            website=_web_address(row, "WEBADDR"),
            admissions_url=_web_address(row, "ADMINURL"),
            apply_url=_web_address(row, "APPLURL"),
            aid_url=_web_address(row, "FAIDURL"),
            net_price_url=_web_address(row, "NPRICURL"),
            veterans_url=_web_address(row, "VETURL"),
            disability_url=_web_address(row, "DISAURL"),
            status=STATE_OF_ACT[act],
            act=act,
            closed_on=cells.us_date(row, "CLOSEDAT"),
            closed_year=cells.code(row, "DEATHYR", low=1_900, high=2_100),
            successor_unitid=cells.code(row, "NEWID", low=cells.UNITID_LOW, high=cells.UNITID_HIGH),
        )

    def place(self, record: SchoolRow, known: Known) -> tuple[Any, ...]:
        return astuple(record)

    def absent(self, job: Job, release: Release) -> Absent | None:
        """Schools that HD knew and knows no longer keep their page, which says so."""
        hd = Release.objects.filter(source=Source.IPEDS_HD).values_list("pk", flat=True)
        marks = ", ".join(["%s"] * len(hd))
        return Absent(within=f"t.release_id IN ({marks})", params=tuple(hd), mark={"status": SchoolState.GONE})

    def bring_in(self, stage: Stage, job: Job, release: Release) -> Changes:
        always = {"release": release.pk}
        if job.newest:
            _leave_merged_away(stage)
            _remember_slugs(stage)
            return merge(stage, key=self.key, always=always, absent=self.absent(job, release))
        # An older directory knows schools that the newer one has dropped; what the newer one says stands.
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {stage.table} SET status = %s", [SchoolState.GONE])
        return merge(stage, key=self.key, always=always, update=False)


def _point(row: Row) -> tuple[float | None, float | None]:
    """Latitude and longitude within the United States and its territories, or neither."""
    latitude = cells.coordinate(row, "LATITUDE", low=SOUTHERNMOST, limit=NORTHERNMOST)
    longitude = cells.coordinate(row, "LONGITUD", limit=180)
    if latitude is None or longitude is None:
        return None, None
    if EASTERNMOST < longitude < WESTERNMOST:
        raise BadCell("LONGITUD", row["LONGITUD"], f"not in the United States: between {EASTERNMOST} and {WESTERNMOST}")
    return latitude, longitude


def _web_address(row: Row, column: str) -> str:
    """A web address as published. A few schools give an e-mail address instead, which names a person: left out."""
    found = cells.text(row, column, limit=400)
    host = re.split(r"[/?#]", found.partition("://")[2] or found, maxsplit=1)[0]
    return "" if "@" in host else found


def _leave_merged_away(stage: Stage) -> None:
    """A school that staff have merged into another keeps the address that nobody has; its own leads to the other."""
    with connection.cursor() as cursor:
        held = (
            "SELECT t.slug FROM directory_school AS t "
            f"WHERE t.unitid = {stage.table}.unitid AND t.merged_into_id IS NOT NULL"
        )
        cursor.execute(f"UPDATE {stage.table} SET slug = ({held}) WHERE EXISTS ({held})")


def _remember_slugs(stage: Stage) -> None:
    """A renamed school gets a new address; the old one goes on leading to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_formerslug (slug, school_id) "
            f"SELECT t.slug, t.id FROM directory_school AS t JOIN {stage.table} AS s ON s.unitid = t.unitid "
            "WHERE s.slug <> t.slug AND NOT EXISTS "
            "(SELECT 1 FROM directory_formerslug AS f WHERE f.slug = t.slug AND f.school_id IS NOT NULL)"
        )
        # a school that takes an old name back must not redirect to itself
        cursor.execute(
            f"DELETE FROM directory_formerslug WHERE school_id IS NOT NULL AND slug IN (SELECT slug FROM {stage.table})"
        )
