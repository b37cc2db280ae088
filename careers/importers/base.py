"""What importers of careers have in common: the codes that rows refer to, and what becomes of gone rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import ClassVar

from django.utils.text import slugify

from careers.models import JobZone, Occupation, OnetOccupation, Technology
from careers.vocab import COMBINED, TOTAL_SOC, Group
from directory.importers.base import Apply, Job, Known
from directory.importers.errors import Leftover, Refused
from directory.importers.merge import Absent, Changes
from directory.importers.single import SingleTableImporter
from directory.models import Release
from directory.vocab import Source

SLUG_TITLE = 100  # leaves room for "-29-2072" in the slug column


def occupation_slug(title: str, soc: str) -> str:
    """The address of an occupation, with its code: titles repeat between broad and detailed codes."""
    return f"{slugify(title.replace('/', ' '))[:SLUG_TITLE].strip('-')}-{soc}"


class Codes(Known):
    """Codes in the tables, read once per import, and those of BLS's own that come with the file."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.newcomers: dict[str, str] = {}

    @cached_property
    def socs(self) -> set[str]:
        return set(Occupation.objects.values_list("soc", flat=True))

    @cached_property
    def onets(self) -> set[str]:
        return set(OnetOccupation.objects.values_list("code", flat=True))

    @cached_property
    def zones(self) -> set[int]:
        return set(JobZone.objects.values_list("zone", flat=True))

    @cached_property
    def commodities(self) -> dict[int, str]:
        """Kinds of software by code; the text files of O*NET give only the codes."""
        return dict(
            Technology.objects.exclude(commodity="").order_by().values_list("commodity_code", "commodity").distinct()
        )

    @property
    def year(self) -> int:
        """The year of the file's vintage; Refused where a person named a vintage without a year."""
        if self.job.vintage.year is None:
            raise Refused(f"{self.job.vintage.label} has no year. Give one, for example with --vintage 2025-05.")
        return self.job.vintage.year

    def occupation(self, soc: str, *, column: str) -> str:
        if soc not in self.socs:
            raise Leftover(column, soc, "not a code of the SOC list that is loaded")
        return soc

    def published(self, soc: str, title: str, *, column: str) -> str:
        """A code under which BLS publishes: of the SOC, or one of its own, which then comes along."""
        if soc not in self.socs and (soc in COMBINED or soc == TOTAL_SOC):
            self.newcomers.setdefault(soc, title)
            return soc
        return self.occupation(soc, column=column)

    def onet(self, code: str, *, column: str = "O*NET-SOC Code") -> str:
        if code not in self.onets:
            raise Leftover(column, code, "not in O*NET’s Occupation Data that is loaded")
        return code

    def add_newcomers(self, release: Release) -> Changes:
        """Rows for the codes of BLS's own that were met."""
        Occupation.objects.bulk_create(
            Occupation(
                soc=soc,
                title=Group.TOTAL.label if soc == TOTAL_SOC else title,
                group=Group.TOTAL if soc == TOTAL_SOC else Group.COMBINED,
                slug=occupation_slug(title, soc),
                release=release,
            )
            for soc, title in self.newcomers.items()
        )
        return Changes(added=len(self.newcomers))


def codes(known: Known) -> Codes:
    """The same, for the type checker: careers' importers are always given Codes."""
    if not isinstance(known, Codes):
        raise TypeError("An importer of careers needs the codes of careers.")
    return known


class CareersImporter(SingleTableImporter):
    """Rows that refer to SOC or O*NET codes. Nothing of it feeds the programs' search table."""

    feeds_listings = False
    codes: ClassVar[type[Codes]] = Codes

    @contextmanager
    def stage(self, job: Job, known: Known) -> Iterator[Apply]:
        here = self.codes(job)
        with super().stage(job, here) as apply:
            if not job.accepted and not job.rejected:
                raise Refused(f"{job.table.name} has a header and notes, but no row that could be loaded.")

            def bring_in(release: Release) -> Changes:
                changes = here.add_newcomers(release)  # first, because the rows point to them
                changes += apply(release)
                return changes

            yield bring_in

    def absent(self, job: Job, release: Release) -> Absent | None:
        """A row that the newest release of a source no longer has is deleted."""
        return of_source(self.source)


def of_source(source: Source, *, mark: dict[str, object] | None = None) -> Absent:
    """Rows that any release of the source brought; deleted, or marked."""
    releases = tuple(Release.objects.filter(source=source).values_list("pk", flat=True))
    marks = ", ".join(["%s"] * len(releases))
    return Absent(within=f"t.release_id IN ({marks})", params=releases, mark=mark)
