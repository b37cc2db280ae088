"""OEWS: what an occupation's workers earn, in the nation, a state or a metropolitan area.

The national file and the files of states and areas have the same columns. They are releases of their own,
because one of them does not answer for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any, Final

from careers.importers import cells
from careers.importers.base import CareersImporter, Codes, codes
from careers.models import Area, Pay
from careers.models.pay import MEASURES
from careers.vocab import AREA_KIND_OF, NATIONAL_AREA, AreaKind
from directory.importers.base import Column, Job, Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent, Changes, merge
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.stage import Stage
from directory.importers.vintages import month_vintage
from directory.models import Release
from directory.vocab import STATES, Quality, Source

MAY = 5
#: Yearly and hourly limits above which BLS prints `#`, from the year on in which it set them.
CAPS: Final = ((2022, 239_200, 115), (0, 208_000, 100))
#: The name of the file, its member or its sheet tells what it covers; national files have no suffix here.
SCOPES: Final = (
    ("state", ", states"),
    ("msa", ", metropolitan areas"),
    ("bos", ", other areas"),
    ("all", ", all areas"),
)
GROUPS: Final = ("total", "major", "minor", "broad", "detailed")
KEPT_GROUPS: Final = ("total", "detailed")  # readers compare an occupation with the total
#: Rows of all industries and owners together; others are parts of these.
WHOLE: Final = {"I_GROUP": ("cross-industry", ""), "OWN_CODE": ("1235", "")}
#: Official column -> column of Pay.
MEASURE_OF: Final[dict[str, str]] = {
    "TOT_EMP": "employment",
    "H_MEAN": "hourly_mean_cents",
    "A_MEAN": "annual_mean",
    "H_PCT10": "hourly_p10_cents",
    "H_PCT25": "hourly_p25_cents",
    "H_MEDIAN": "hourly_median_cents",
    "H_PCT75": "hourly_p75_cents",
    "H_PCT90": "hourly_p90_cents",
    "A_PCT10": "annual_p10",
    "A_PCT25": "annual_p25",
    "A_MEDIAN": "annual_median",
    "A_PCT75": "annual_p75",
    "A_PCT90": "annual_p90",
}
TOP_ANNUAL, TOP_HOURLY = 9_999_999, 4_999
TOP_EMPLOYMENT = 999_999_999
AREA_CODE: Final = re.compile(r"[0-9]{1,7}")  # not \d, which takes the digits of every script


@dataclass(frozen=True, slots=True)
class AreaRow:
    code: str
    kind: str
    title: str
    usps: str


@dataclass(frozen=True, slots=True)
class PayRow:
    """A capped figure has no value here: the limit is that of the year, which a row does not tell."""

    soc: str
    title: str
    area: AreaRow
    figures: dict[str, cells.Number]
    annual_only: bool
    hourly_only: bool


class CodesAndAreas(Codes):
    """Also the areas of the file, which come along with its rows."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.areas: dict[str, AreaRow] = {}

    def add_newcomers(self, release: Release) -> Changes:
        changes = super().add_newcomers(release)
        with Stage(Area, ("code", "kind", "title", "usps")) as stage:
            for line, area in enumerate(self.areas.values(), start=1):
                stage.add(line, *astuple(area))
            stage.finish("code")
            # An older file only brings areas that are not known yet.
            changes += merge(stage, key=("code",), always={"release": release.pk}, update=self.job.newest)
        return changes


@register
class OewsImporter(CareersImporter):
    source = Source.OEWS
    needs = (Source.SOC,)
    yearly = True
    codes = CodesAndAreas
    columns = (
        *required("AREA", "AREA_TITLE", "AREA_TYPE", "OCC_CODE", "OCC_TITLE"),
        Column("O_GROUP", also=("OCC_GROUP",)),
        *required(*MEASURE_OF),
        *optional("PRIM_STATE", "I_GROUP", "OWN_CODE", "ANNUAL", "HOURLY"),
    )
    model = Pay
    key = ("occupation", "area", "year")
    values = (*MEASURES, *(f"{measure}_note" for measure in MEASURES), "annual_only", "hourly_only")

    def vintage(self, table: Table) -> Vintage | None:
        for name in (table.sheet, table.name.rsplit("/", 1)[-1], table.path.name):
            match = re.search(r"(?:(?<![a-z])M|May[ _])(20\d{2})(?!\d)", name, re.IGNORECASE)
            if match:
                vintage = month_vintage(int(match[1]), MAY)
                scope = next((words for start, words in SCOPES if name.lower().startswith(start)), "")
                return Vintage(vintage.label + scope, vintage.rank, vintage.year)
        return None

    def parse(self, row: Row) -> Iterable[PayRow]:
        group = row["O_GROUP"].lower()
        if group not in GROUPS:
            raise BadCell("O_GROUP", row["O_GROUP"], f"not one of {', '.join(GROUPS)}")
        if group not in KEPT_GROUPS:
            return  # sums of the detailed rows
        if any(row.get(column).lower() not in wanted for column, wanted in WHOLE.items()):
            return
        yield PayRow(
            soc=cells.soc(row, "OCC_CODE"),
            title=cells.text(row, "OCC_TITLE", limit=200, required=True),
            area=_area(row),
            figures={measure: _figure(row, column) for column, measure in MEASURE_OF.items()},
            annual_only=cells.flag(row, "ANNUAL"),
            hourly_only=cells.flag(row, "HOURLY"),
        )

    def place(self, record: PayRow, known: Known) -> tuple[Any, ...]:
        here = codes(known)
        soc = here.published(record.soc, record.title, column="OCC_CODE")
        if isinstance(here, CodesAndAreas):
            here.areas[record.area.code] = record.area
        return (
            soc,
            record.area.code,
            here.year,
            *(_with_cap(measure, *record.figures[measure], year=here.year) for measure in MEASURES),
            *(record.figures[measure][1] for measure in MEASURES),
            record.annual_only,
            record.hourly_only,
        )

    def bring_in(self, stage: Stage, job: Job, release: Release) -> Changes:
        """Rows of this very release that the file no longer has go, if they are of its kinds of area."""
        kinds = f"SELECT a.kind FROM {stage.table} AS f JOIN careers_area AS a ON a.code = f.area_id"  # noqa: S608
        areas = f"SELECT b.code FROM careers_area AS b WHERE b.kind IN ({kinds})"  # noqa: S608 - names of our own
        gone = Absent(within=f"t.release_id = %s AND t.area_id IN ({areas})", params=(release.pk,))
        return merge(stage, key=self.key, always={"release": release.pk}, absent=gone)


def _figure(row: Row, column: str) -> cells.Number:
    if column == "TOT_EMP":
        return cells.oews(row, column, high=TOP_EMPLOYMENT)
    if column.startswith("H_"):
        return cells.oews(row, column, high=TOP_HOURLY, times=100)
    return cells.oews(row, column, high=TOP_ANNUAL)


def _with_cap(measure: str, value: int | None, note: str, *, year: int) -> int | None:
    if note != Quality.CAPPED:
        return value
    annual, hourly = next((annual, hourly) for since, annual, hourly in CAPS if year >= since)
    return hourly * 100 if measure.endswith("_cents") else annual


def _area(row: Row) -> AreaRow:
    kind = AREA_KIND_OF.get(row["AREA_TYPE"])
    if kind is None:
        raise BadCell("AREA_TYPE", row["AREA_TYPE"], f"not one of {', '.join(AREA_KIND_OF)}")
    code = row["AREA"]
    if not AREA_CODE.fullmatch(code):
        raise BadCell("AREA", code, "not the code of an area")
    code = NATIONAL_AREA if kind is AreaKind.NATIONAL else code.zfill(2)
    usps = "" if kind is AreaKind.NATIONAL else row.get("PRIM_STATE").upper()
    if kind is not AreaKind.NATIONAL and usps not in STATES:
        raise BadCell("PRIM_STATE", usps, "not a state or territory")
    return AreaRow(code, kind, cells.text(row, "AREA_TITLE", limit=160, required=True), usps)
