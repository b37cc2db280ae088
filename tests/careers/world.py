"""Occupations that do not exist, with official-looking facts. Each call makes one row with only what it needs."""

from __future__ import annotations

from typing import Any

from careers.importers.base import occupation_slug
from careers.models import (
    AlternateTitle,
    Area,
    Attainment,
    Career,
    FieldOccupation,
    Interest,
    JobZone,
    Occupation,
    OnetJobZone,
    OnetOccupation,
    Pay,
    Projection,
    RelatedOccupation,
    Task,
    Technology,
)
from careers.models.attainment import SHARES
from careers.models.pay import MEASURES as PAY_MEASURES
from careers.models.projection import MEASURES as PROJECTION_MEASURES
from careers.vocab import Group
from directory.models import FieldOfStudy, Listing, Release
from directory.pipeline.refresh import refresh
from directory.vocab import Missing, Source
from tests.directory.invented import field_of_study, program, release, school

ANNUAL = {
    "annual_p10": 30_000,
    "annual_p25": 36_000,
    "annual_median": 42_000,
    "annual_p75": 50_000,
    "annual_p90": 64_000,
}
HOURLY = {
    "hourly_p10_cents": 1442, "hourly_p25_cents": 1731, "hourly_median_cents": 2019, "hourly_p75_cents": 2404,
    "hourly_p90_cents": 3077,
}  # fmt: skip


def soc() -> Release:
    return release(Source.SOC, "2018")


def oews() -> Release:
    return release(Source.OEWS, "May 2025")


def onet_release(source: Source = Source.ONET_OCCUPATIONS) -> Release:
    return release(source, "29.3")


def occupation(code: str = "29-2072", title: str = "Lamp Keepers", **columns: Any) -> Occupation:
    """A detailed occupation, made once."""
    defaults: dict[str, Any] = {
        "title": title,
        "definition": f"{title} keep things in order.",
        "group": Group.DETAILED,
        "slug": occupation_slug(title, code),
        "release": soc(),
    }
    found, _ = Occupation.objects.get_or_create(soc=code, defaults={**defaults, **columns})
    return found


def total() -> Occupation:
    return occupation("00-0000", "All occupations", group=Group.TOTAL)


def nation() -> Area:
    return Area.objects.get_or_create(code="99", defaults={"kind": "national", "title": "U.S.", "release": oews()})[0]


def state(code: str, title: str, usps: str) -> Area:
    return Area.objects.create(code=code, kind="state", title=title, usps=usps, release=oews())


def with_notes(values: dict[str, Any], measures: tuple[str, ...]) -> dict[str, Any]:
    """A value, or the reason for none, in every column of a row."""
    found: dict[str, Any] = {}
    for measure in measures:
        found[measure] = values.get(measure)
        found[f"{measure}_note"] = values.get(
            f"{measure}_note", "" if found[measure] is not None else Missing.NOT_REPORTED
        )
    return found


def pay(of: Occupation, *, at: Area | None = None, year: int = 2025, **values: Any) -> Pay:
    usual = {"employment": 1200, "hourly_mean_cents": 2100, "annual_mean": 43_680, **ANNUAL, **HOURLY}
    flags = {name: values.pop(name, False) for name in ("annual_only", "hourly_only")}
    columns = with_notes({**usual, **values}, PAY_MEASURES)
    return Pay.objects.create(occupation=of, area=at or nation(), year=year, release=oews(), **flags, **columns)


def projection(of: Occupation, **values: Any) -> Projection:
    usual = {
        "jobs": 1300, "jobs_projected": 1430, "change": 130, "change_percent": 10, "openings": 150,
        "self_employed_percent": 1, "median_wage": 41_000, "entry_education": "Associate's degree",
        "experience": "None", "training": "None",
    }  # fmt: skip
    base = values.pop("base_year", 2024)
    columns = with_notes({**usual, **values}, PROJECTION_MEASURES)
    source = release(Source.PROJECTIONS, f"{base}-{(base + 10) % 100}")
    return Projection.objects.create(occupation=of, base_year=base, target_year=base + 10, release=source, **columns)


def attainment(of: Occupation, *, inexact: bool = False, **values: Any) -> Attainment:
    usual = dict(zip(SHARES, (2.3, 18.8, 31.6, 25.2, 16.4, 4.6, 1.1), strict=True))
    columns = with_notes({**usual, **values}, SHARES)
    source = release(Source.ATTAINMENT, "2023")
    return Attainment.objects.create(
        occupation=of, year=2023, surveyed="2021-22", inexact=inexact, release=source, **columns
    )


def onet(of: Occupation, part: str = "00", title: str = "") -> OnetOccupation:
    """The whole occupation, or a part of it ("01")."""
    name = title or of.title
    return OnetOccupation.objects.create(
        code=f"{of.soc}.{part}", occupation=of, title=name, description=f"{name} at work.", release=onet_release()
    )


def task(of: OnetOccupation, number: int, **columns: Any) -> Task:
    values = {
        "text": f"Task {number} of {of.title}.",
        "kind": "Core",
        "said_by": "Incumbent",
        "dated": "2023-08",
        **columns,
    }
    return Task.objects.create(onet=of, task_id=number, release=onet_release(Source.ONET_TASKS), **values)


def technology(of: OnetOccupation, name: str, **columns: Any) -> Technology:
    source = onet_release(Source.ONET_TECHNOLOGY)
    return Technology.objects.create(
        onet=of, name=name, commodity_code=1, commodity="Lamp software", release=source, **columns
    )


def title(of: OnetOccupation, words: str, kind: str = "alternate") -> AlternateTitle:
    return AlternateTitle.objects.create(onet=of, title=words, kind=kind, release=onet_release(Source.ONET_TITLES))


def related(of: OnetOccupation, to: OnetOccupation, index: int, tier: str = "Primary-Short") -> RelatedOccupation:
    source = onet_release(Source.ONET_RELATED)
    return RelatedOccupation.objects.create(onet=of, related=to, index=index, tier=tier, release=source)


def interest(of: OnetOccupation, element: str, value: float) -> Interest:
    return Interest.objects.create(
        onet=of, element=element, scale="OI", value=value, said_by="Machine Learning", release=onet_release()
    )


def job_zone(of: OnetOccupation, zone: int = 3) -> OnetJobZone:
    words = {
        name: f"{name.capitalize()} of zone {zone}." for name in ("experience", "education", "training", "examples")
    }
    found, _ = JobZone.objects.get_or_create(
        zone=zone, defaults={"name": f"Job Zone {zone}", "svp_range": "(6)", "release": onet_release(), **words}
    )
    source = onet_release(Source.ONET_JOB_ZONES)
    return OnetJobZone.objects.create(onet=of, zone=found, dated="2021-11", rated_by="Analyst", release=source)


def leads(field: FieldOfStudy, to: Occupation) -> FieldOccupation:
    return FieldOccupation.objects.create(field=field, occupation=to, release=release(Source.CIP_SOC, "2020"))


def career(of: Occupation, slug: str = "lamp-keeper", **columns: Any) -> Career:
    values = {
        "title": "Lamp keeper", "basis": "name", "evidence": "Lamp Keepers", "summary": "Keeps the lamps burning.",
        **columns,
    }  # fmt: skip
    return Career.objects.create(slug=slug, occupation=of, **values)


def listed_program(cip: str = "51.0707", unitid: int = 100001) -> Listing:
    """A program in the public lists."""
    made = program(school(unitid), field=field_of_study(cip, f"Field {cip}"))
    refresh()
    return Listing.objects.get(program=made)


def lamp_keepers() -> Occupation:
    """An occupation with everything that a page can show, and the total beside it."""
    keepers = occupation()
    pay(total(), annual_median=50_000, employment=155_000_000)
    projection(total(), change_percent=3, entry_education=None, experience=None, training=None)
    pay(keepers)
    projection(keepers)
    attainment(keepers)
    whole = onet(keepers)
    for number in (1, 2):
        task(whole, number)
    technology(whole, "Wickware", hot=True, in_demand=True)
    technology(whole, "Oil ledger")
    title(whole, "Lighter")
    title(whole, "Lamp Clerk", "reported")
    interest(whole, "1.B.1.a", 5.5)
    job_zone(whole)
    callers = occupation("29-9021", "Fog Callers")
    pay(callers, annual_median=60_000)
    related(whole, onet(callers), 1)
    leads(field_of_study("51.0707", "Field 51.0707"), keepers)
    return keepers
