"""SOC 2018: titles and definitions of occupations and of the groups they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from django.db import connection

from careers.importers import cells
from careers.importers.base import CareersImporter, occupation_slug, of_source
from careers.models import Occupation
from careers.vocab import Group
from directory.importers.base import Job, Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent, Changes
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.stage import Stage
from directory.models import Release
from directory.vocab import Source

GROUPS = {"major": Group.MAJOR, "minor": Group.MINOR, "broad": Group.BROAD, "detailed": Group.DETAILED}


@dataclass(frozen=True, slots=True)
class OccupationRow:
    soc: str
    title: str
    definition: str
    group: str
    slug: str
    in_force: bool


@register
class SocImporter(CareersImporter):
    source = Source.SOC
    columns = (*required("SOC Group", "SOC Code", "SOC Title"), *optional("SOC Definition"))
    drifting = {"definition": "SOC Definition"}
    model = Occupation
    key = ("soc",)
    values = ("title", "definition", "group", "slug", "in_force")

    def vintage(self, table: Table) -> Vintage | None:
        for name in (table.sheet, table.name, table.path.name):
            match = re.search(r"(?<!\d)(20\d{2})[ _-]?SOC|SOC[ _-]?(20\d{2})(?!\d)", name, re.IGNORECASE)
            if match:
                year = int(match[1] or match[2])
                return Vintage(str(year), year * 100, year)
        return None

    def parse(self, row: Row) -> Iterable[OccupationRow]:
        if not row["SOC Code"] and not row["SOC Title"]:  # a line of explanation
            return
        soc = cells.soc(row, "SOC Code")
        title = cells.text(row, "SOC Title", limit=200, required=True)
        group = GROUPS.get(row["SOC Group"].lower())
        if group is None:
            raise BadCell("SOC Group", row["SOC Group"], f"not one of {', '.join(GROUPS)}")
        yield OccupationRow(
            soc=soc,
            title=title,
            definition=cells.text(row, "SOC Definition", limit=4_000),
            group=group,
            slug=occupation_slug(title, soc),
            in_force=True,
        )

    def place(self, record: OccupationRow, known: Known) -> tuple[Any, ...]:
        return astuple(record)

    def absent(self, job: Job, release: Release) -> Absent | None:
        """Facts of earlier years point to a retired code, so it stays and is marked."""
        return of_source(self.source, mark={"in_force": False})

    def bring_in(self, stage: Stage, job: Job, release: Release) -> Changes:
        # An address that was published stays, whatever the occupation is called now.
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {stage.table} SET slug = t.slug FROM careers_occupation AS t "  # noqa: S608 - own names
                f"WHERE t.soc = {stage.table}.soc"
            )
        return super().bring_in(stage, job, release)
