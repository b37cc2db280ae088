"""IPEDS IC: what a school as a whole offers: open admission, distance education, its calendar, help for veterans.

None of it says that one given program is online. IC2021's own dictionary swaps the labels of -1 and -2 for
DISTPGS; both mean "unknown" here, as everywhere in IPEDS.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any, Final

from directory.importers import cells, missing
from directory.importers.base import Job, Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.single import SingleTableImporter
from directory.importers.vintages import academic, ipeds_year
from directory.models import Release, School
from directory.vocab import Source

YES = "1"


@dataclass(frozen=True, slots=True)
class OfferingsRow:
    """The names are the columns of School."""

    unitid: int
    open_admission: bool | None
    distance_courses: bool | None
    distance_programs: bool | None
    distance_only: bool | None
    calendar: int | None
    yellow_ribbon: bool | None
    training_credit: bool | None
    veterans_support: bool | None
    veterans_group: bool | None
    servicemembers_college: bool | None
    rotc: bool | None


#: What the school offers to veterans and people in service; each came into the file in its own year.
SERVICE: Final = {
    "yellow_ribbon": "VET1",
    "training_credit": "VET2",
    "veterans_support": "VET3",
    "veterans_group": "VET4",
    "servicemembers_college": "VET5",
    "rotc": "SLO5",
}


@register
class OfferingsImporter(SingleTableImporter):
    source = Source.IPEDS_IC
    academic_year = 0
    needs = (Source.IPEDS_HD,)
    columns = (
        *required("UNITID", "OPENADMP", "DISTCRS", "DISTPGS", "DISTNCED", "CALSYS"),
        *optional(*SERVICE.values()),
    )
    drifting = SERVICE
    model = School
    key = ("unitid",)
    values = ("open_admission", "distance_courses", "distance_programs", "distance_only", "calendar", *SERVICE)
    release_column = "offerings_release"
    insert = False  # schools come from HD

    def vintage(self, table: Table) -> Vintage | None:
        year = ipeds_year(table, "ic")
        return Vintage(academic(year), year * 100, year) if year else None

    def parse(self, row: Row) -> Iterable[OfferingsRow]:
        courses = _answer(row, "DISTCRS", no=("0", "2"))  # 0 is an implied no
        programs = _answer(row, "DISTPGS", no=("0", "2"))
        only = _answer(row, "DISTNCED", no=("2",))
        if only and not (courses and programs):
            raise BadCell("DISTNCED", row["DISTNCED"], "all programs by distance, but DISTPGS or DISTCRS say none")
        yield OfferingsRow(
            unitid=cells.unitid(row),
            open_admission=_answer(row, "OPENADMP", no=("2",)),
            distance_courses=courses,
            distance_programs=programs,
            distance_only=only,
            calendar=cells.code(row, "CALSYS", high=9),
            **{name: _answer(row, column, no=("0",)) for name, column in SERVICE.items()},  # 0 is an implied no
        )

    def place(self, record: OfferingsRow, known: Known) -> tuple[Any, ...]:
        known.school(record.unitid)
        return astuple(record)

    def absent(self, job: Job, release: Release) -> Absent | None:
        """A school that the revised file of the same year drops loses the answers that the first one gave."""
        nothing = dict.fromkeys((*self.values, self.release_column))
        return Absent(within="t.offerings_release_id = %s", params=(release.pk,), mark=nothing)


def _answer(row: Row, column: str, *, no: tuple[str, ...]) -> bool | None:
    text = row.get(column)
    if not row.has(column):
        return None  # and what is held stays, see `drifting`
    if text == YES or text in no:
        return text == YES
    if text in missing.IPEDS:
        return None
    raise BadCell(column, text, "not a code of IPEDS for yes or no")
