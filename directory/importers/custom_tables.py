"""Tables that people put together on the IPEDS site: a column per measure and year, the year in its name.

The columns are found by pattern, so any years are read. An empty cell is a school that reported no such
figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import ClassVar

from directory.importers import cells, missing
from directory.importers.base import Apply, Importer, Job, Known, Vintage, required
from directory.importers.errors import BadCell, Refused
from directory.importers.missing import Cell
from directory.importers.reading import Row, Table
from directory.importers.school_figures import FigureRow, FigureStage, FirstLines
from directory.importers.vintages import academic
from directory.vocab import Missing, SchoolMeasure, Source

SCHOOL = "UnitID"


class CustomTableImporter(Importer):
    """A table of school figures whose column names hold measure and year."""

    needs = (Source.IPEDS_HD,)
    yearly = True
    columns = required(SCHOOL)
    last_line_ends = False  # these tables come without the last line end
    #: How the column of each measure is named; the group is the year.
    patterns: ClassVar[Mapping[SchoolMeasure, str]]

    def named(self, header: Iterable[str]) -> dict[tuple[int, SchoolMeasure], str]:
        """(year, measure) -> name of its column."""
        found: dict[tuple[int, SchoolMeasure], str] = {}
        for name in header:
            for measure, pattern in self.patterns.items():
                match = re.fullmatch(pattern, name, re.IGNORECASE)
                if match:
                    year = next(int(group) for group in match.groups() if group)
                    found.setdefault((year, measure), name)
        return found

    def match(self, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
        index, lacking = super().match(header)
        named = self.named(header)
        found = {measure for _, measure in named}
        lacking += [f"{measure.label} with a year" for measure in self.patterns if measure not in found]
        for name in named.values():
            if header.count(name) > 1:
                lacking.append(f"{name} (it stands there {header.count(name)} times)")
            index[name] = header.index(name)
        return index, lacking

    def vintage(self, table: Table) -> Vintage | None:
        years = sorted({year for year, _ in self.named(table.header)})
        if not years:
            return None
        first, last = academic(years[0]), academic(years[-1])
        return Vintage(last if first == last else f"{first} to {last}", years[-1] * 100, years[-1])

    def parse(self, row: Row) -> Iterable[FigureRow]:
        unitid = cells.unitid(row, SCHOOL)
        named = self.named(row.index)
        found = {place: _cell(row, name) for place, name in named.items()}
        newest = max(year for year, _ in named)
        for (year, measure), cell in found.items():
            if reason := self.contradiction(measure, year, found):
                raise BadCell(named[year, measure], row[named[year, measure]], reason)
            if cell[0] is not None or year == newest:  # a reason matters for today only
                yield FigureRow.of(unitid, measure, cell, years_ago=newest - year)

    def contradiction(self, measure: SchoolMeasure, year: int, found: Mapping[tuple[int, SchoolMeasure], Cell]) -> str:
        """Why a figure cannot be true beside the others, as when cells have moved; empty when it can."""
        return ""

    def _refuse_mixed_years(self, job: Job) -> None:
        """Refused where the newest year lacks a measure: each school would show one price of each year."""
        years: dict[SchoolMeasure, list[int]] = {measure: [] for measure in self.patterns}
        for year, measure in sorted(self.named(job.index)):
            years[measure].append(year)
        newest = max(max(found) for found in years.values())
        if all(newest in found for found in years.values()):
            return
        told = "; ".join(f"{measure.label}: {', '.join(map(academic, found))}" for measure, found in years.items())
        raise Refused(
            f"The columns of {job.table.path.name} are of different years ({told}). Take every column of "
            f"{academic(newest)} into the table, or make one table for each year."
        )

    @contextmanager
    def stage(self, job: Job, known: Known) -> Iterator[Apply]:
        self._refuse_mixed_years(job)
        seen = FirstLines()
        newest = max(year for year, _ in self.named(job.index))
        with FigureStage() as figures:
            for row in job.rows():
                try:
                    records = list(self.parse(row))
                    school = known.school(records[0].unitid, column=SCHOOL)
                    seen.check(records[0].unitid, row.line, column=SCHOOL)
                except BadCell as error:
                    job.reject(row.line, error)
                    continue
                for record in records:
                    figures.put(row.line, school, newest, record)
            figures.close()
            yield figures.bring_in


def _cell(row: Row, name: str) -> Cell:
    """A number of a custom table; its empty cells have lost their reason, so none is guessed."""
    return missing.ipeds(row, name) if row[name] else (None, Missing.NOT_COLLECTED)
