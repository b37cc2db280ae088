"""Yearly figures of a whole school: tuition, enrollment, net price, debt, earnings, with their paperwork.

Give every row with its release (`select_related("release")`); nothing here asks the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from directory.figures import Figure
from directory.importers.vintages import academic
from directory.models import SchoolFigure
from directory.profiles.figures import LabelledFigure, source_of
from directory.vocab import Level, Missing, SchoolMeasure, Source, Unit

UNIT_OF: Final[dict[str, Unit]] = {
    SchoolMeasure.TUITION_IN_DISTRICT: Unit.USD_YEAR,
    SchoolMeasure.TUITION_IN_STATE: Unit.USD_YEAR,
    SchoolMeasure.TUITION_OUT_OF_STATE: Unit.USD_YEAR,
    SchoolMeasure.CREDIT_IN_DISTRICT: Unit.USD_CREDIT,
    SchoolMeasure.CREDIT_IN_STATE: Unit.USD_CREDIT,
    SchoolMeasure.CREDIT_OUT_OF_STATE: Unit.USD_CREDIT,
    SchoolMeasure.BOOKS: Unit.USD_YEAR,
    SchoolMeasure.ENROLLED: Unit.STUDENTS,
    SchoolMeasure.DISTANCE_ALL: Unit.STUDENTS,
    SchoolMeasure.DISTANCE_SOME: Unit.STUDENTS,
    SchoolMeasure.NET_PRICE: Unit.USD_YEAR,
    SchoolMeasure.COST_OF_ATTENDANCE: Unit.USD_YEAR,
    SchoolMeasure.DEBT: Unit.USD,
    SchoolMeasure.EARNINGS_6: Unit.USD_YEAR,
    SchoolMeasure.EARNINGS_10: Unit.USD_YEAR,
}

#: Counted at one time, so dated by a calendar year; charges and awards belong to an academic year.
CALENDAR_YEAR: Final = frozenset({SchoolMeasure.ENROLLED, SchoolMeasure.DISTANCE_ALL, SchoolMeasure.DISTANCE_SOME})

#: Their figures mix cohorts, so that only the release dates them.
DATED_BY_RELEASE: Final = frozenset({Source.SCORECARD_FIELD, Source.SCORECARD_INSTITUTION})

SCHOOL_CAVEATS: Final[dict[str, str]] = {
    SchoolMeasure.TUITION_IN_DISTRICT: "For residents of the college’s own district, where it has one",
    SchoolMeasure.NET_PRICE: "After grants, for students with federal aid, in all fields",
    SchoolMeasure.COST_OF_ATTENDANCE: "With books and living costs, in all fields",
    SchoolMeasure.DEBT: "Federal loans of graduates, in all fields",
    SchoolMeasure.EARNINGS_6: "Counted from entry, graduates or not, in all fields; federal aid recipients",
    SchoolMeasure.EARNINGS_10: "Counted from entry, graduates or not, in all fields; federal aid recipients",
}


class MeasureFigures(NamedTuple):
    """All about one yearly measure of a school: the newest known figure, then the rest, newest first."""

    measure: SchoolMeasure
    label: str
    newest: Figure
    others: tuple[Figure, ...]

    @property
    def figure(self) -> Figure:
        """The newest, under the name that the partials ask for."""
        return self.newest

    @property
    def all(self) -> tuple[Figure, ...]:
        return (self.newest, *self.others)


def school_figure(row: SchoolFigure) -> Figure:
    """One yearly figure of a whole school."""
    return Figure.read(
        row.value,
        row.value_note,
        unit=UNIT_OF[row.measure],
        level=Level.INSTITUTION,
        year=_school_year(row),
        source=source_of(row.release),
        note=SCHOOL_CAVEATS.get(row.measure, "") if row.value is not None else "",
    )


def _school_year(row: SchoolFigure) -> str:
    if row.release.source in DATED_BY_RELEASE:
        return row.release.vintage
    return str(row.year) if row.measure in CALENDAR_YEAR else academic(row.year)


def school_figures(rows: Iterable[SchoolFigure]) -> list[MeasureFigures]:
    """A school's yearly measures in the order of SchoolMeasure, every source and year kept, newest first.

    The newest *known* figure leads; a newer year without a value stands among the others with its reason.
    """
    measured: dict[str, list[SchoolFigure]] = {}
    for row in rows:
        measured.setdefault(row.measure, []).append(row)
    result = []
    for measure in SchoolMeasure:
        found = sorted(
            measured.get(measure, []),
            key=lambda row: (row.value is not None, row.year, row.release.rank),
            reverse=True,
        )
        if found:
            rest = sorted(found[1:], key=lambda row: (row.year, row.release.rank), reverse=True)
            others = tuple(school_figure(row) for row in rest)
            result.append(MeasureFigures(measure, str(measure.label), school_figure(found[0]), others))
    return result


def distance_shares(rows: Iterable[SchoolFigure]) -> list[LabelledFigure]:
    """Share of students who take all their courses by distance, newest year first, in percent to a tenth.

    A year without an enrollment or without a count says why; a school that enrolls nobody has no share.
    """
    by_year: dict[int, dict[str, SchoolFigure]] = {}
    for row in rows:
        if row.measure in CALENDAR_YEAR:
            by_year.setdefault(row.year, {})[row.measure] = row
    return [
        LabelledFigure(str(year), _share(found, year))
        for year, found in sorted(by_year.items(), reverse=True)
        if SchoolMeasure.DISTANCE_ALL in found
    ]


def _share(found: dict[str, SchoolFigure], year: int) -> Figure:
    remote, enrolled = found[SchoolMeasure.DISTANCE_ALL], found.get(SchoolMeasure.ENROLLED)
    source = source_of(remote.release)
    if remote.value is None or enrolled is None or not enrolled.value:
        reason = remote.value_note or (enrolled.value_note if enrolled else "") or Missing.NOT_APPLICABLE
        return Figure.unknown(
            Missing(reason), unit=Unit.PERCENT, level=Level.INSTITUTION, source=source, year=str(year)
        )
    return Figure(
        round(remote.value / enrolled.value * 100, 1),
        Unit.PERCENT,
        Level.INSTITUTION,
        year=str(year),
        source=source,
        note=f"{remote.value:,} of {enrolled.value:,} students",
    )
