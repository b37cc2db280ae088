"""IPEDS charges: of the academic year (IC_AY), of a career school's programs (IC_PY), and both (COST1).

From 2024 on one file, COST1, takes the place of the other two. All three are read by column name, and a file
gives what it has columns for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from directory.importers import cells, missing
from directory.importers.base import Apply, Importer, Job, Known, Vintage, optional, required
from directory.importers.charge_columns import (
    AVERAGES,
    CODES,
    CREDIT,
    NEWEST,
    OF_PROGRAMS,
    OF_YEAR,
    POSITIONS,
    PRICES,
    PUBLISHED,
    TUITION,
    flag_of,
)
from directory.importers.errors import BadCell
from directory.importers.former_codes import FIRST_YEAR_OF_CIP_2020, moved_codes
from directory.importers.merge import Changes
from directory.importers.missing import Cell
from directory.importers.program_charges import ChargeRow, ChargeStage
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.school_figures import FigureRow, FigureStage, FirstLines, total, year_of
from directory.importers.vintages import academic, ipeds_year
from directory.models import Release
from directory.vocab import SchoolMeasure, Source

FLAGS = {"", ".", "S", *missing.IPEDS_FLAG_MISSING, *missing.IPEDS_FLAG_QUALITY}
NO_PROGRAM = ("", ".", "-1", "-2", "-3")
FULL_CIP = 7


class ChargesImporter(Importer):
    """What the three files have in common: yearly figures of the school, and prices of its programs."""

    needs = (Source.IPEDS_HD,)
    academic_year = 0
    yearly = True

    def parse(self, row: Row) -> Iterable[FigureRow | ChargeRow]:
        yield from self.figures(row)
        yield from self.charges(row)

    def figures(self, row: Row) -> Iterator[FigureRow]:
        """Published tuition and fees, or average tuition plus fees where the school publishes none."""
        unitid = cells.unitid(row)
        for kind, measure in TUITION.items():
            if any(row.has(name) for name in (f"CHG{kind}AY{NEWEST}", f"TUITION{kind}")):
                yield FigureRow.of(unitid, measure, _tuition(row, kind))
            yield from _history(row, unitid, measure, f"CHG{kind}AY")
        for kind, measure in CREDIT.items():
            if row.has(f"HRCHG{kind}"):
                yield FigureRow.of(unitid, measure, _cell(row, f"HRCHG{kind}"))
        if row.has(f"CHG4AY{NEWEST}"):
            yield FigureRow.of(unitid, SchoolMeasure.BOOKS, _cell(row, f"CHG4AY{NEWEST}"))
        yield from _history(row, unitid, SchoolMeasure.BOOKS, "CHG4AY")

    def charges(self, row: Row) -> Iterator[ChargeRow]:
        """The six largest programs. Price and books of the largest stand among the charges of the school."""
        unitid = cells.unitid(row)
        for at in POSITIONS:
            if row.get(f"CIPCODE{at}") in NO_PROGRAM:
                continue
            cip = cells.cip(row, f"CIPCODE{at}")
            if len(cip) < FULL_CIP:
                raise BadCell(f"CIPCODE{at}", cip, "not a six-digit CIP code")
            price, supplies = _cell(row, f"CIPTUIT{at}"), _cell(row, f"CIPSUPP{at}")
            if at == 1:
                price, supplies = (
                    _either(_cell(row, "CHG1PY3"), price),
                    _either(_cell(row, "CHG4PY3"), supplies),
                )
            yield ChargeRow(
                unitid=unitid,
                cip=cip,
                position=at,
                price=price,
                supplies=supplies,
                hours=_cell(row, f"CIPLGTH{at}"),
                hour_unit=cells.code(row, f"PRGMSR{at}", high=9),
                months=_cell(row, f"MTHCMP{at}"),
            )

    @contextmanager
    def stage(self, job: Job, known: Known) -> Iterator[Apply]:
        year, seen = year_of(job), FirstLines()
        moved = moved_codes() if year < FIRST_YEAR_OF_CIP_2020 else {}
        with FigureStage() as figures, ChargeStage() as charges:
            for row in job.rows():
                try:
                    records: list[FigureRow | ChargeRow] = [*self.figures(row), *self._wanted(row, job, moved)]
                    if records:
                        school = known.school(records[0].unitid)
                        seen.check(records[0].unitid, row.line)
                except BadCell as error:
                    job.reject(row.line, error)
                    continue
                job.skipped += not records
                for record in records:
                    if isinstance(record, FigureRow):
                        figures.put(row.line, school, year, record)
                    else:
                        charges.put(row.line, school, year, record)
            figures.close()
            charges.finish(*ChargeStage.KEY)

            def apply(release: Release) -> Changes:
                changes = figures.bring_in(release)
                changes += charges.bring_in(release, job)
                return changes

            yield apply

    def _wanted(self, row: Row, job: Job, moved: Mapping[str, str]) -> list[ChargeRow]:
        today = [charge.in_force(moved) for charge in self.charges(row)]
        return [charge for charge in today if job.scope.wants(charge.cip)]


@register
class YearChargesImporter(ChargesImporter):
    """IC_AY: schools that charge by the academic year."""

    source = Source.IPEDS_IC_AY
    columns = (*required("UNITID", *PUBLISHED, *AVERAGES), *OF_YEAR)

    def vintage(self, table: Table) -> Vintage | None:
        return _vintage(table, "ic")

    def claims(self, header: Sequence[str]) -> bool:
        return not _has(header, "CIPCODE1", "APPLFEEU")  # those stand in COST1

    def charges(self, row: Row) -> Iterator[ChargeRow]:
        yield from ()


@register
class ProgramChargesImporter(ChargesImporter):
    """IC_PY: schools that charge by the program. Their data rows end in a surplus comma."""

    source = Source.IPEDS_IC_PY
    by_cip = True
    columns = (*required("UNITID", *CODES, *PRICES), *OF_PROGRAMS)

    def vintage(self, table: Table) -> Vintage | None:
        return _vintage(table, "ic")

    def claims(self, header: Sequence[str]) -> bool:
        return not _has(header, "TUITION1", f"CHG1AY{NEWEST}")

    def figures(self, row: Row) -> Iterator[FigureRow]:
        yield from ()


@register
class CostImporter(ChargesImporter):
    """COST1, from 2024 on. Its layout has not been seen as a file, so next to nothing is required of it."""

    source = Source.IPEDS_COST
    by_cip = True
    columns = (*required("UNITID"), *OF_YEAR, *OF_PROGRAMS, *optional("APPLFEEU"))

    def vintage(self, table: Table) -> Vintage | None:
        return _vintage(table, "cost1")

    def match(self, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
        index, lacking = super().match(header)
        if not any(name in index for name in ("TUITION2", f"CHG2AY{NEWEST}", "CIPCODE1")):
            lacking.append("TUITION2 or CIPCODE1")
        return index, lacking

    def claims(self, header: Sequence[str]) -> bool:
        by_year, by_program = _has(header, "TUITION2", f"CHG2AY{NEWEST}"), _has(header, "CIPCODE1")
        return by_year and (by_program or _has(header, "APPLFEEU"))


def _vintage(table: Table, stem: str) -> Vintage | None:
    year = ipeds_year(table, stem)
    return Vintage(academic(year), year * 100, year) if year else None


def _has(header: Sequence[str], *names: str) -> bool:
    folded = {name.casefold() for name in header}
    return any(name.casefold() in folded for name in names)


def _cell(row: Row, column: str) -> Cell:
    """A number with its flag. A flag that is none tells that the cells of the row have moved."""
    flag = flag_of(column)
    if row.get(flag).upper() not in FLAGS:
        raise BadCell(flag, row.get(flag), "not a flag of IPEDS; the cells of the row may have moved")
    return missing.ipeds(row, column, flag=flag)


def _either(first: Cell, second: Cell) -> Cell:
    """The first that is a number; where neither is, the reason of the first."""
    return second if first[0] is None and second[0] is not None else first


def _tuition(row: Row, kind: int) -> Cell:
    """Published tuition and fees, else the two averages added up, else the reason."""
    published = _cell(row, f"CHG{kind}AY{NEWEST}")
    averages = _cell(row, f"TUITION{kind}"), _cell(row, f"FEE{kind}")
    if published[0] is None and (added := total(*averages)):
        return added
    if row.has(f"CHG{kind}AY{NEWEST}"):
        return published
    return averages[0] if averages[0][0] is None else averages[1]


def _history(row: Row, unitid: int, measure: SchoolMeasure, stem: str) -> Iterator[FigureRow]:
    """Earlier years that the file repeats, where they have a number: a reason matters for today only."""
    for at in range(NEWEST):
        cell = _cell(row, f"{stem}{at}")
        if cell[0] is not None:
            yield FigureRow.of(unitid, measure, cell, years_ago=NEWEST - at)
