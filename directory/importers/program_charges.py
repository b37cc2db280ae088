"""Prices of single programs on their way in: what IC_PY and COST1 share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from directory.importers.base import Job
from directory.importers.merge import Absent, Changes, merge
from directory.importers.missing import Cell
from directory.importers.stage import Stage
from directory.models import ProgramCharge, Release


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """The whole price of one program; the names are the columns of ProgramCharge."""

    unitid: int
    cip: str
    position: int
    price: Cell
    supplies: Cell
    hours: Cell
    hour_unit: int | None
    months: Cell

    def in_force(self, moved: Mapping[str, str]) -> ChargeRow:
        """The row under the CIP 2020 code that its older code became."""
        return replace(self, cip=moved[self.cip]) if self.cip in moved else self


class ChargeStage(Stage):
    """Prices of programs in one file."""

    KEY = ("school", "position", "year")
    FIGURES = ("price", "supplies", "hours", "months")

    def __init__(self) -> None:
        notes = (f"{name}_note" for name in self.FIGURES)
        super().__init__(ProgramCharge, (*self.KEY, "cip", "hour_unit", *self.FIGURES, *notes))

    def put(self, line: int, school: int, year: int, row: ChargeRow) -> None:
        values, notes = zip(row.price, row.supplies, row.hours, row.months, strict=True)
        self.add(line, school, row.position, year, row.cip, row.hour_unit, *values, *notes)

    def bring_in(self, release: Release, job: Job) -> Changes:
        """Programs of the wanted fields that a repaired file of the year no longer names are deleted."""
        within, params = "t.release_id = %s", [release.pk]
        if job.scope.cips:
            within += f" AND ({' OR '.join(['t.cip LIKE %s'] * len(job.scope.cips))})"
        gone = Absent(within=within, params=(*params, *(f"{cip}%" for cip in job.scope.cips)))
        return merge(self, key=self.KEY, always={"release": release.pk}, absent=gone)
