"""College Scorecard by field of study: pay and debt after one 4-digit CIP at one credential level.

The earnings columns differ in cohort and in dollars; each has a column of its own and none is mixed with
another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from directory.importers import cells, missing
from directory.importers.base import Job, Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent
from directory.importers.missing import Cell
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.single import SingleTableImporter
from directory.importers.vintages import month_stamp
from directory.models import FieldOutcome, Release
from directory.vocab import CredentialLevel, Missing, Source

#: Column of FieldOutcome -> official column.
MEASURES = {
    "earnings_1yr": "EARN_MDN_1YR",
    "earnings_4yr": "EARN_MDN_4YR",
    "earnings_5yr": "EARN_MDN_5YR",
    "earnings_highest_1yr": "EARN_MDN_HI_1YR",
    "earnings_highest_2yr": "EARN_MDN_HI_2YR",
    "debt_all": "DEBT_ALL_STGP_ANY_MDN",
    "debt_here": "DEBT_ALL_STGP_EVAL_MDN",
    "awards_1": "IPEDSCOUNT1",
    "awards_2": "IPEDSCOUNT2",
}
#: Every published file has one of these. A table with none was derived; its empty cells lost their reason.
MARKS_OF_THE_PUBLISHED_FILE = ("IPEDSCOUNT1", "DISTANCE", "DEBT_ALL_STGP_ANY_MDN")
FAMILY = re.compile(r"^([0-9]{2})\.?([0-9]{2})$")


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    unitid: int
    family: str
    credential: int
    distance: int | None
    measures: tuple[Cell, ...]  # in the order of MEASURES


@register
class FieldOutcomeImporter(SingleTableImporter):
    source = Source.SCORECARD_FIELD
    needs = (Source.IPEDS_HD,)
    by_cip = True
    columns = (*required("UNITID", "CIPCODE", "CREDLEV"), *optional(*MEASURES.values(), "DISTANCE", "CONTROL"))
    model = FieldOutcome
    key = ("school", "family", "credential")
    values = ("distance", *MEASURES, *(f"{name}_note" for name in MEASURES))

    def match(self, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
        index, lacking = super().match(header)
        if not any(column in index for column in MEASURES.values()):
            lacking.append("EARN_MDN_4YR or another column of earnings, debt or awards")
        return index, lacking

    def vintage(self, table: Table) -> Vintage | None:
        return month_stamp(table)

    def parse(self, row: Row) -> Iterable[OutcomeRow]:
        published = any(row.has(column) for column in MARKS_OF_THE_PUBLISHED_FILE)
        empty = Missing.NOT_REPORTED if published else Missing.NOT_COLLECTED
        credential = cells.whole(row, "CREDLEV")
        if credential not in CredentialLevel.values:
            raise BadCell("CREDLEV", row["CREDLEV"], "not a credential level of College Scorecard (1 to 8)")
        family = _family(row)
        if row["UNITID"] in missing.SCORECARD:
            if row.get("CONTROL").casefold() not in ("", "foreign"):
                raise BadCell("UNITID", row["UNITID"], "only schools abroad have none")
            return
        yield OutcomeRow(
            unitid=cells.unitid(row),
            family=family,
            credential=credential,
            distance=_distance(row),
            measures=tuple(missing.scorecard(row, column, empty=empty) for column in MEASURES.values()),
        )

    def wanted(self, record: OutcomeRow, job: Job) -> bool:
        job.families.add(record.family)
        return job.scope.wants_family(record.family)

    def place(self, record: OutcomeRow, known: Known) -> tuple[Any, ...]:
        values, notes = zip(*record.measures, strict=True)
        school = known.school(record.unitid)
        return school, record.family, record.credential, record.distance, *values, *notes

    def absent(self, job: Job, release: Release) -> Absent | None:
        """A field that the newer release no longer has is no outcome of today."""
        families = sorted(family for family in job.families if job.scope.wants_family(family))
        marks = ", ".join(["%s"] * len(families)) or "NULL"
        return Absent(within=f"t.family IN ({marks})", params=tuple(families))


def _family(row: Row) -> str:
    """CIPCODE has four digits and no point; spreadsheets made 100 of 0100."""
    text = row["CIPCODE"]
    match = FAMILY.match(text.zfill(4) if re.fullmatch("[0-9]{3}", text) else text)
    if not match:
        raise BadCell("CIPCODE", text, "not a four-digit CIP code")
    return f"{match[1]}.{match[2]}"


def _distance(row: Row) -> int | None:
    """The code; None when the school did not report it. It is never withheld: "PS" comes from another column."""
    if row.get("DISTANCE") in ("", "NA", "NULL"):
        return None
    return cells.code(row, "DISTANCE", high=3) or None  # 0: not reported to IPEDS
