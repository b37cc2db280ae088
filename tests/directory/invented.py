"""Schools and programs that do not exist. Each call makes one row with only what it needs."""

from __future__ import annotations

from typing import Any

from directory.models import FieldOfStudy, Program, ProgramFact, Release, School
from directory.vocab import AwardLevel, Control, Source


def release(source: Source = Source.IPEDS_HD, vintage: str = "2024-25", **columns: Any) -> Release:
    """The release of a source, made once per vintage."""
    found, _ = Release.objects.get_or_create(
        source=source, vintage=vintage, defaults={"rank": 202400, "year": 2024, **columns}
    )
    return found


def school(unitid: int | None = 100001, **columns: Any) -> School:
    """Maple Fork College in Ohio, unless told otherwise."""
    name = columns.pop("name", "Maple Fork College")
    defaults: dict[str, Any] = {
        "slug": f"maple-fork-{unitid}",
        "city": "Maple Fork",
        "state": "OH",
        "control": Control.PUBLIC,
        "release": columns.pop("release", None) or release(),
    }
    return School.objects.create(unitid=unitid, name=name, **{**defaults, **columns})


def field_of_study(cip: str = "51.0707", title: str = "Health Information Technician") -> FieldOfStudy:
    """A CIP code, made once."""
    found, _ = FieldOfStudy.objects.get_or_create(
        cip=cip,
        defaults={
            "family": cip[:5],
            "title": title,
            "slug": f"field-{cip.replace('.', '-')}",
            "release": release(Source.CIP, "2020"),
        },
    )
    return found


def program(at: School, **columns: Any) -> Program:
    """An associate program in health information at a school."""
    defaults: dict[str, Any] = {
        "field": columns.pop("field", None) or field_of_study(),
        "award_level": AwardLevel.ASSOCIATE,
        "first_year": 2020,
        "last_year": 2024,
        "release": columns.pop("release", None) or release(Source.IPEDS_COMPLETIONS, "2023-24"),
    }
    values = {**defaults, **columns}
    values.setdefault("slug", f"health-information-{values['award_level']}-{at.pk}")
    return Program.objects.create(school=at, **values)


def fact(of: Program, kind: str, value: str, **columns: Any) -> ProgramFact:
    """A statement of a page about a program; unchecked unless `checked_on` is given."""
    evidence = columns.pop("evidence_url", f"https://maplefork.example/{kind}")
    return ProgramFact.objects.create(
        program=of,
        kind=kind,
        value=value,
        evidence_url=evidence,
        release=release(Source.PROGRAM_FACTS, "2025"),
        **columns,
    )
