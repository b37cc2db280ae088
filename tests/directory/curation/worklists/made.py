"""Things that are wrong, each in one row."""

from __future__ import annotations

import datetime as dt
from typing import Any

from directory.curation.links.register import OF_PROGRAMS
from directory.curation.worklists.standing_links import COLUMN
from directory.models import Accreditation, Agency, ClickCount, Link, LinkUse, Program, School
from directory.vocab import AccreditationStatus, GoKind
from tests.directory.invented import fact


def broken(at: School, kind: str = "Apply", *, program: Program | None = None, since: dt.date, url: str = "") -> Link:
    """An address that stands at a school or program and has failed on three days."""
    url = url or f"https://maplefork.example/{at.pk}/{kind.replace(' ', '-')}"
    link, _ = Link.objects.get_or_create(
        url=url,
        defaults={
            "host": "maplefork.example", "ask_again": dt.datetime(2026, 3, 1, tzinfo=dt.UTC), "strikes": 3,
            "broken_since": since, "reason": "It answered 404.",
        },
    )  # fmt: skip
    LinkUse.objects.create(link=link, kind=kind, school=at, program=program, label=at.name)
    if program is not None and kind in OF_PROGRAMS.values():
        (own,) = (each for each, label in OF_PROGRAMS.items() if label == kind)
        fact(program, own, url)
    elif program is None and kind in COLUMN:
        setattr(at, COLUMN[kind], url)
        at.save()
    return link


def left(at: School, times: int, day: dt.date, program: Program | None = None) -> ClickCount:
    """So many readers left for the school on a day."""
    return ClickCount.objects.create(day=day, kind=GoKind.APPLY, school=at, program=program, count=times)


def record(of: Program, checked_on: dt.date, **columns: Any) -> Accreditation:
    """What an accreditor said of a program when somebody asked."""
    agency, _ = Agency.objects.get_or_create(name="Example Accreditor", defaults={"acronym": "EXA"})
    given = {"status": AccreditationStatus.ACCREDITED, **columns}
    return Accreditation.objects.create(
        school=of.school, program=of, agency=agency, checked_on=checked_on, **given
    )  # fmt: skip
