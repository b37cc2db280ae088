"""Educational attainment of workers, Table 5.3 of the Employment Projections.

A footnote mark at a title says that the census survey has no exact match for the occupation, so its shares
are those of a wider group. Columns are found by name: some copies have helper columns that are not official.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from careers.importers import cells
from careers.importers.base import CareersImporter, codes
from careers.models import Attainment
from careers.models.attainment import SHARES
from directory.importers.base import Column, Job, Known, Vintage, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.models import Release
from directory.vocab import Source

TITLE, CODE = "National Employment Matrix title", "National Employment Matrix code"
ROUNDING: Final = Decimal("0.5")  # seven shares, each rounded to a tenth
#: Official column -> column of Attainment.
SHARE_OF: Final[dict[str, str]] = {
    "Less than high school diploma": "less_than_high_school",
    "High school diploma or equivalent": "high_school",
    "Some college, no degree": "some_college",
    "Associate's degree": "associate",
    "Bachelor's degree": "bachelors",
    "Master's degree": "masters",
    "Doctoral or professional degree": "doctoral",
}


@dataclass(frozen=True, slots=True)
class AttainmentRow:
    soc: str
    title: str
    inexact: bool
    shares: dict[str, cells.Share]


@register
class AttainmentImporter(CareersImporter):
    source = Source.ATTAINMENT
    needs = (Source.SOC,)
    yearly = True
    sheet = r"\b5\.3\b"
    columns = (
        Column(TITLE, like=rf"\d{{4}} {TITLE}"),
        Column(CODE, like=rf"\d{{4}} {CODE}"),
        *required(*SHARE_OF),
    )
    model = Attainment
    key = ("occupation", "year")
    values = ("surveyed", "inexact", *SHARES, *(f"{share}_note" for share in SHARES))

    def vintage(self, table: Table) -> Vintage | None:
        for name in table.header:
            if match := re.match(rf"(\d{{4}}) {CODE}", name, re.IGNORECASE):
                return Vintage(match[1], int(match[1]) * 100, int(match[1]))
        return None

    def parse(self, row: Row) -> Iterable[AttainmentRow]:
        if not row[CODE] and not any(row[column] for column in SHARE_OF):
            return  # the notes at the end
        title, inexact = cells.titled(row, TITLE)
        shares = {share: cells.share(row, column) for column, share in SHARE_OF.items()}
        known = [value for value, _ in shares.values() if value is not None]
        together = sum(known, Decimal())
        if len(known) == len(shares) and abs(together - 100) > ROUNDING:
            raise BadCell("", str(together), "the shares do not add up to 100; a column may be missing or moved")
        yield AttainmentRow(soc=cells.soc(row, CODE), title=title, inexact=inexact, shares=shares)

    def place(self, record: AttainmentRow, known: Known) -> tuple[Any, ...]:
        here = codes(known)
        return (
            here.published(record.soc, record.title, column=CODE),
            here.year,
            surveyed_in(here.job.table),
            record.inexact,
            *(record.shares[share][0] for share in SHARES),
            *(record.shares[share][1] for share in SHARES),
        )

    def absent(self, job: Job, release: Release) -> Absent | None:
        """Attainment of other years stands beside this."""
        return Absent(within="t.release_id = %s", params=(release.pk,))


def surveyed_in(table: Table) -> str:
    """The years of the survey as the title above the header tells them, 2021-22; empty without a title."""
    for note in table.notes:
        if match := re.search(r"Educational attainment.*?(\d{4})\s*[-–—]\s*(\d{2,4})", note, re.IGNORECASE):
            return f"{match[1]}-{match[2]}"
    return ""
