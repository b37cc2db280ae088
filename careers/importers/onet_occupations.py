"""O*NET Occupation Data: codes, titles and descriptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from careers.importers import cells
from careers.importers.base import codes, of_source
from careers.importers.onet_base import CODE, OnetImporter
from careers.models import OnetOccupation
from directory.importers.base import Job, Known, required
from directory.importers.merge import Absent
from directory.importers.reading import Row
from directory.importers.registry import register
from directory.models import Release
from directory.vocab import Source


@dataclass(frozen=True, slots=True)
class OnetRow:
    code: str
    occupation: str
    title: str
    description: str
    in_force: bool


@register
class OnetOccupationsImporter(OnetImporter):
    source = Source.ONET_OCCUPATIONS
    needs = (Source.SOC,)
    sheet = r"^Occupation Data$"
    columns = required(CODE, "Title", "Description")
    model = OnetOccupation
    key = ("code",)
    values = ("occupation", "title", "description", "in_force")

    def parse(self, row: Row) -> Iterable[OnetRow]:
        code = cells.onet(row)
        yield OnetRow(
            code=code,
            occupation=code.partition(".")[0],
            title=cells.text(row, "Title", limit=200, required=True),
            description=cells.text(row, "Description", limit=4_000, required=True),
            in_force=True,
        )

    def place(self, record: OnetRow, known: Known) -> tuple[Any, ...]:
        codes(known).occupation(record.occupation, column=CODE)
        return astuple(record)

    def absent(self, job: Job, release: Release) -> Absent | None:
        """The facts of a code that is gone leave with their own files; until then they point to it."""
        return of_source(self.source, mark={"in_force": False})
