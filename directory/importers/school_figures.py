"""Figures of whole schools on their way in: what the importers of charges, tables and Scorecard share.

The key of a figure includes its release, which exists only once the file has been read; it is filled in last.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from directory.importers.base import Job
from directory.importers.errors import BadCell, Refused
from directory.importers.merge import Absent, Changes, merge
from directory.importers.missing import Cell
from directory.importers.stage import Stage
from directory.models import Release, SchoolFigure
from directory.vocab import Quality, SchoolMeasure

KEY = ("school", "measure", "year", "release")
NO_RELEASE_YET = 0
#: The note of a sum of two numbers: the weakest of theirs.
WEAKEST_FIRST = (Quality.IMPUTED, Quality.CORRECTED, Quality.CAPPED, Quality.REPORTED, Quality.IMPLIED)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of one school. `years_ago` counts back from the year of the file."""

    unitid: int
    measure: SchoolMeasure
    value: int | None
    note: str
    years_ago: int = 0

    @classmethod
    def of(cls, unitid: int, measure: SchoolMeasure, cell: Cell, *, years_ago: int = 0) -> FigureRow:
        value, note = cell
        return cls(unitid, measure, value, note, years_ago)


def total(*parts: Cell) -> Cell | None:
    """The sum of numbers, or None when one of them is missing."""
    values = [value for value, _ in parts]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    return sum(known), next(each for each in WEAKEST_FIRST if each in [note for _, note in parts])


def year_of(job: Job) -> int:
    """The year that the file's figures belong to; Refused when neither the file nor the person told it."""
    if job.vintage.year is None:
        raise Refused(
            f"{job.table.path.name} does not tell the year of its figures. Give it with --vintage, "
            "for example --vintage 2024 or --vintage 2025-04."
        )
    return job.vintage.year


class FirstLines:
    """Where each school stood first, because a school that stands twice in a table has no one figure."""

    def __init__(self) -> None:
        self.lines: dict[int, int] = {}  # as many as there are schools

    def check(self, unitid: int, line: int, *, column: str = "UNITID") -> None:
        """Raises BadCell for a school that an earlier line brought."""
        first = self.lines.setdefault(unitid, line)
        if first != line:
            raise BadCell(column, str(unitid), f"says again what line {first} says")


class FigureStage(Stage):
    """Figures of one file, ready to become those of one release."""

    def __init__(self) -> None:
        super().__init__(SchoolFigure, (*KEY, "value", "value_note"))

    def put(self, line: int, school: int, year: int, row: FigureRow) -> None:
        self.add(line, school, row.measure, year - row.years_ago, NO_RELEASE_YET, row.value, row.note)

    def close(self) -> None:
        """All figures are in."""
        self.finish(*KEY)

    def bring_in(self, release: Release) -> Changes:
        """Make the release's figures those of the file: what a repaired file no longer gives is deleted."""
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {self.table} SET release_id = %s", [release.pk])
            cursor.execute(f"ANALYZE {self.table}")  # else the planner expects that nothing matches
        return merge(self, key=KEY, absent=Absent(within="t.release_id = %s", params=(release.pk,)))
