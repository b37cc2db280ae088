"""College Scorecard by school: net price, cost, debt, earnings, and the accreditor. All of the whole school.

TUITIONFEE_IN and TUITIONFEE_OUT are not read: the file does not say which year they are of, and IPEDS does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from directory.importers import cells, missing
from directory.importers.base import Apply, Importer, Job, Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent, Changes, merge
from directory.importers.missing import Cell
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.school_figures import FigureRow, FigureStage, FirstLines, year_of
from directory.importers.stage import Stage
from directory.importers.vintages import FIRST_YEAR, LAST_YEAR, month_stamp, names
from directory.models import Release, School
from directory.vocab import Missing, SchoolMeasure, Source

#: Measure -> official columns, of which a school has one: public or private, academic year or program.
MEASURES: dict[SchoolMeasure, tuple[str, ...]] = {
    SchoolMeasure.NET_PRICE: ("NPT4_PUB", "NPT4_PRIV"),
    SchoolMeasure.COST_OF_ATTENDANCE: ("COSTT4_A", "COSTT4_P"),
    SchoolMeasure.DEBT: ("GRAD_DEBT_MDN_SUPP",),
    SchoolMeasure.EARNINGS_6: ("MD_EARN_WNE_P6",),
    SchoolMeasure.EARNINGS_10: ("MD_EARN_WNE_P10",),
}
ACCREDITOR = "ACCREDAGENCY"
#: Every published file has it. A table without it was derived; its empty cells have lost their reason.
MARK_OF_THE_PUBLISHED_FILE = "OPEID"
LEVELS = ("1", "2", "3", "", "NA", "NULL")
BRANCH = re.compile(r"^[0-9]{8}$")  # branches have UNITIDs of eight digits, which IPEDS does not know
LOWEST_NET_PRICE = -100_000  # grants can exceed the cost: prices below 0 are published


@dataclass(frozen=True, slots=True)
class SchoolOutcomeRow:
    unitid: int
    figures: tuple[FigureRow, ...]
    accreditor: str


@register
class SchoolOutcomeImporter(Importer):
    source = Source.SCORECARD_INSTITUTION
    needs = (Source.IPEDS_HD,)
    yearly = True
    feeds_listings = False
    columns = (
        *required("UNITID"),
        *optional(*(name for columns in MEASURES.values() for name in columns), ACCREDITOR, "OPEID", "ICLEVEL"),
    )

    def match(self, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
        index, lacking = super().match(header)
        if set(index) <= {"UNITID", "OPEID", "ICLEVEL"}:
            lacking.append("MD_EARN_WNE_P10 or another column of price, debt, earnings or accreditor")
        return index, lacking

    def vintage(self, table: Table) -> Vintage | None:
        """The release's month; for copies that keep only its year, the year."""
        for name in names(table):
            year = re.search(r"(?<!\d)(\d{4})(?!\d)(?!-\d)", name)
            if not month_stamp(table) and year and FIRST_YEAR <= int(year[1]) <= LAST_YEAR:
                return Vintage(year[1], int(year[1]) * 100, int(year[1]))
        return month_stamp(table)

    def parse(self, row: Row) -> Iterable[SchoolOutcomeRow]:
        if BRANCH.match(row["UNITID"]):
            return
        unitid = cells.unitid(row)
        if row.get("ICLEVEL") not in LEVELS:
            raise BadCell("ICLEVEL", row["ICLEVEL"], "not 1, 2 or 3; the cells of the row may have moved")
        empty = Missing.NOT_REPORTED if row.has(MARK_OF_THE_PUBLISHED_FILE) else Missing.NOT_COLLECTED
        figures = tuple(
            FigureRow.of(unitid, measure, _one_of(row, measure, empty))
            for measure, columns in MEASURES.items()
            if any(row.has(column) for column in columns)
        )
        accreditor = cells.text(row, ACCREDITOR, limit=200)
        yield SchoolOutcomeRow(unitid, figures, "" if accreditor in missing.SCORECARD else accreditor)

    @contextmanager
    def stage(self, job: Job, known: Known) -> Iterator[Apply]:
        year, seen = year_of(job), FirstLines()
        with FigureStage() as figures, Stage(School, ("unitid", "accreditor")) as accreditors:
            for row in job.rows():
                try:
                    record = next(iter(self.parse(row)), None)
                    if record is None:
                        job.skipped += 1
                        continue
                    school = known.school(record.unitid)
                    seen.check(record.unitid, row.line)
                except BadCell as error:
                    job.reject(row.line, error)
                    continue
                for figure in record.figures:
                    figures.put(row.line, school, year, figure)
                if row.has(ACCREDITOR):
                    accreditors.add(row.line, record.unitid, record.accreditor)
            figures.close()
            accreditors.finish("unitid")

            def apply(release: Release) -> Changes:
                changes = figures.bring_in(release)
                if ACCREDITOR in job.index:
                    changes += _name_accreditors(accreditors, release)
                return changes

            yield apply


def _one_of(row: Row, measure: SchoolMeasure, empty: Missing) -> Cell:
    """The number that a school has under one of the columns; where it has none, "withheld" says the most."""
    low = LOWEST_NET_PRICE if measure is SchoolMeasure.NET_PRICE else 0
    columns = [name for name in MEASURES[measure] if row.has(name)]
    found = [missing.scorecard(row, name, empty=empty, low=low) for name in columns]
    found.sort(key=lambda cell: (cell[0] is None, cell[1] != Missing.SUPPRESSED))
    return found[0]


def _name_accreditors(stage: Stage, release: Release) -> Changes:
    """Write the accreditors down, unless a newer release has named them; one that is gone is cleared."""
    newer = Release.objects.filter(source=Source.SCORECARD_INSTITUTION, rank__gt=release.rank)
    settled = [str(pk) for pk in newer.values_list("pk", flat=True)]
    kept = f"({', '.join(settled) or 'NULL'})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {stage.table} WHERE unitid IN "
            f"(SELECT unitid FROM directory_school WHERE accreditor_release_id IN {kept})"
        )
    gone = Absent(
        within=f"t.accreditor_release_id IS NOT NULL AND (t.accreditor_release_id IN {kept}) IS NOT TRUE",
        mark={"accreditor": "", "accreditor_release": None},
    )
    return merge(stage, key=("unitid",), always={"accreditor_release": release.pk}, absent=gone, insert=False)
