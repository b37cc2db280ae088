"""Employment Projections, Table 1.2: jobs in ten years, openings, and what is typical for getting in.

The years stand in the column names ("Employment change, percent, 2024–34"), so columns are found by pattern
and give the vintage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from careers.importers import cells
from careers.importers.base import CareersImporter, codes
from careers.models import Projection
from careers.models.projection import MEASURES
from careers.vocab import TOTAL_SOC
from directory.importers.base import Column, Job, Known, Vintage
from directory.importers.errors import BadCell
from directory.importers.merge import Absent
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.models import Release
from directory.vocab import Source

YEARS: Final = r"(\d{4})\s*[-‐‑–—]\s*(\d{4}|\d{2})"
TITLE, CODE, KIND = "National Employment Matrix title", "National Employment Matrix code", "Occupation type"
JOBS, JOBS_PROJECTED = "Employment, base year", "Employment, target year"
CHANGE, PERCENT = "Employment change, numeric", "Employment change, percent"
OPENINGS, SELF_EMPLOYED, WAGE = (
    "Occupational openings, annual average",
    "Percent self employed",
    "Median annual wage",
)
EDUCATION = "Typical education needed for entry"
EXPERIENCE = "Work experience in a related occupation"
TRAINING = "Typical on-the-job training needed to attain competency in the occupation"
KINDS = ("line item", "summary")
MOST_JOBS = 999_999  # thousands


@dataclass(frozen=True, slots=True)
class ProjectionRow:
    soc: str
    title: str
    figures: dict[str, tuple[Any, str]]


def years_in(header: Sequence[str]) -> tuple[int, int] | None:
    """Base and target year of the projections, 2024 and 2034 of "Employment change, percent, 2024–34"."""
    for name in header:
        if match := re.fullmatch(rf"Employment change, percent, {YEARS}", name, re.IGNORECASE):
            base = int(match[1])
            target = int(match[2]) if len(match[2]) == 4 else base // 100 * 100 + int(match[2])
            return base, target if target > base else target + 100  # 1998–08
    return None


@register
class ProjectionsImporter(CareersImporter):
    source = Source.PROJECTIONS
    needs = (Source.SOC,)
    yearly = True
    sheet = r"\b1\.2\b"
    columns = (
        Column(TITLE, like=rf"\d{{4}} {TITLE}"),
        Column(CODE, like=rf"\d{{4}} {CODE}"),
        Column(KIND),
        Column(CHANGE, like=rf"{CHANGE}, {YEARS}"),
        Column(PERCENT, like=rf"{PERCENT}, {YEARS}"),
        Column(SELF_EMPLOYED, like=rf"{SELF_EMPLOYED}, \d{{4}}"),
        Column(OPENINGS, like=rf"Occupational openings, {YEARS} annual average"),
        Column(WAGE, like=rf"{WAGE}(, dollars)?, \d{{4}}(\s*\(\d+\))?"),
        Column(EDUCATION),
        Column(EXPERIENCE),
        Column(TRAINING),
    )
    model = Projection
    key = ("occupation", "base_year", "target_year")
    values = (*MEASURES, *(f"{measure}_note" for measure in MEASURES))

    def match(self, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
        """The two employment columns differ only in their years, which the name of the change tells."""
        index, missing = super().match(header)
        years = years_in(header) or (0, 0)
        for column, year in zip((JOBS, JOBS_PROJECTED), years, strict=True):
            named = re.compile(rf"Employment, {year}", re.IGNORECASE)
            places = [at for at, name in enumerate(header) if named.fullmatch(name)]
            if len(places) == 1:
                index[column] = places[0]
            else:
                missing.append(f"Employment, {year}" if year else column)
        return index, missing

    def vintage(self, table: Table) -> Vintage | None:
        years = years_in(table.header)
        return Vintage(f"{years[0]}-{years[1] % 100:02d}", years[0] * 100, years[0]) if years else None

    def parse(self, row: Row) -> Iterable[ProjectionRow]:
        if not row[CODE] and not row[KIND] and not row[PERCENT]:
            return  # the notes at the end
        soc, kind = cells.soc(row, CODE), row[KIND].lower()
        if kind not in KINDS:
            raise BadCell(KIND, row[KIND], f"not one of {', '.join(KINDS)}")
        if kind == "summary" and soc != TOTAL_SOC:
            return  # sums; the total stays, because readers compare with it
        yield ProjectionRow(
            soc=soc,
            title=cells.titled(row, TITLE)[0],
            figures={
                "jobs": cells.bls(row, JOBS, low=0, high=MOST_JOBS, times=1000),
                "jobs_projected": cells.bls(row, JOBS_PROJECTED, low=0, high=MOST_JOBS, times=1000),
                "change": cells.bls(row, CHANGE, low=-MOST_JOBS, high=MOST_JOBS, times=1000),
                "change_percent": cells.share(row, PERCENT, low=-100, high=10_000),
                "openings": cells.bls(row, OPENINGS, low=0, high=MOST_JOBS, times=1000),
                "self_employed_percent": cells.share(row, SELF_EMPLOYED),
                "median_wage": cells.bls(row, WAGE, low=0, high=9_999_999),
                "entry_education": cells.words(row, EDUCATION),
                "experience": cells.words(row, EXPERIENCE),
                "training": cells.words(row, TRAINING),
            },
        )

    def place(self, record: ProjectionRow, known: Known) -> tuple[Any, ...]:
        here = codes(known)
        years = years_in(here.job.table.header)
        if years is None:  # pragma: no cover - `match` has refused such a header
            raise ValueError("no years in the header")
        return (
            here.published(record.soc, record.title, column=CODE),
            *years,
            *(record.figures[measure][0] for measure in MEASURES),
            *(record.figures[measure][1] for measure in MEASURES),
        )

    def absent(self, job: Job, release: Release) -> Absent | None:
        """Projections of other years stand beside these."""
        return Absent(within="t.release_id = %s", params=(release.pk,))
