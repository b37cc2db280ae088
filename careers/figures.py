"""Rows of the careers tables as figures with their paperwork: source, year and level.

Nothing here asks the database beyond the rows it is given: the years stand in the rows themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from careers.models import Attainment, Pay, Projection
from careers.models.attainment import SHARES
from careers.models.pay import ANNUAL, HOURLY
from directory.figures import Figure
from directory.vocab import Level, Missing, Unit

CENTS: Final = 100


class Publisher(NamedTuple):
    """A source as the record mark names it."""

    name: str
    url: str


OEWS: Final = Publisher("BLS OEWS", "https://www.bls.gov/oes/tables.htm")
PROJECTIONS: Final = Publisher(
    "BLS Employment Projections",
    "https://www.bls.gov/emp/tables/occupational-projections-and-characteristics.htm",
)
ATTAINMENT: Final = Publisher("BLS educational attainment", "https://www.bls.gov/emp/ind-occ-matrix/education.xlsx")
ONET: Final = Publisher("O*NET", "https://www.onetcenter.org/database.html")
SOC: Final = Publisher("Standard Occupational Classification", "https://www.bls.gov/soc/")
CIP_SOC: Final = Publisher("CIP–SOC crosswalk", "https://nces.ed.gov/ipeds/cipcode/resources.aspx?y=56")

ATTAINMENT_LABELS: Final[dict[str, str]] = {
    "less_than_high_school": "Less than high school",
    "high_school": "High school diploma",
    "some_college": "Some college, no degree",
    "associate": "Associate degree",
    "bachelors": "Bachelor’s degree",
    "masters": "Master’s degree",
    "doctoral": "Doctoral or professional degree",
}


class Fact(NamedTuple):
    """A labelled line of a fact table: a figure, or words with their source."""

    label: str
    figure: Figure | None = None
    value: str = ""
    note: str = ""
    source: str = ""
    year: str = ""
    source_url: str = ""

    def keyfig(self) -> dict[str, object]:
        """The same for the head of a page."""
        return {**self._asdict(), "url": self.source_url}


def _figure(
    value: float | Decimal | None, note: str, publisher: Publisher, *, unit: Unit, year: str, caveat: str = ""
) -> Figure:
    return Figure.read(
        float(value) if isinstance(value, Decimal) else value,
        note or (Missing.NOT_REPORTED if value is None else ""),
        unit=unit,
        level=Level.OCCUPATION,
        year=year,
        source=publisher.name,
        note=caveat if value is not None else "",
        url=publisher.url,
    )


# --- pay -------------------------------------------------------------------------------------------


def pay_year(pay: Pay | None) -> str:
    return f"May {pay.year}" if pay else ""


def pay_figure(pay: Pay | None, measure: str, *, caveat: str = "") -> Figure:
    """One column of Pay: dollars a year, dollars an hour (of cents), or jobs. Not published without a row."""
    value = getattr(pay, measure) if pay else None
    if measure.endswith("_cents"):
        value, unit = None if value is None else value / CENTS, Unit.USD_HOUR
    else:
        unit = Unit.JOBS if measure == "employment" else Unit.USD_YEAR
    note = getattr(pay, f"{measure}_note") if pay else ""
    return _figure(value, note, OEWS, unit=unit, year=pay_year(pay), caveat=caveat)


def median_pay(pay: Pay | None, *, caveat: str = "") -> Figure:
    """The median a year; an hour where BLS publishes only that."""
    hourly = pay is not None and pay.hourly_only
    return pay_figure(pay, "hourly_median_cents" if hourly else "annual_median", caveat=caveat)


def annual_range(pay: Pay | None) -> list[Figure]:
    """The 10th, 25th, 50th, 75th and 90th percentile of yearly pay."""
    return [pay_figure(pay, measure) for measure in ANNUAL]


def hourly_range(pay: Pay | None) -> list[Figure]:
    """The same of hourly pay."""
    return [pay_figure(pay, measure) for measure in HOURLY]


# --- outlook ---------------------------------------------------------------------------------------


def projection_years(projection: Projection | None) -> str:
    """2024-34."""
    return f"{projection.base_year}-{projection.target_year % 100:02d}" if projection else ""


def projection_figure(
    projection: Projection | None, measure: str, *, unit: Unit, year: str = "", caveat: str = ""
) -> Figure:
    """One column of Projection. `year` where it is of one year; the source then tells the decade."""
    decade = projection_years(projection)
    return _figure(
        getattr(projection, measure) if projection else None,
        getattr(projection, f"{measure}_note") if projection else "",
        Publisher(f"{PROJECTIONS.name} {decade}", PROJECTIONS.url) if year else PROJECTIONS,
        unit=unit,
        year=year or decade,
        caveat=caveat,
    )


def growth(projection: Projection | None, *, caveat: str = "") -> Figure:
    """Change in the number of jobs, percent over the decade."""
    return projection_figure(projection, "change_percent", unit=Unit.PERCENT, caveat=caveat)


def openings(projection: Projection | None, *, caveat: str = "") -> Figure:
    """Openings a year, for growth and for people who leave."""
    return projection_figure(projection, "openings", unit=Unit.JOBS, caveat=caveat)


def projection_words(projection: Projection | None, measure: str, label: str) -> Fact:
    """Typical education, experience or training in BLS's phrase; "None" is one, nothing is not published."""
    words = getattr(projection, measure) if projection else None
    year = projection_years(projection)
    if not words:
        unknown = Figure.unknown(
            Missing.NOT_REPORTED, unit=Unit.JOBS, level=Level.OCCUPATION, source=PROJECTIONS.name, year=year
        )
        return Fact(label, figure=unknown)
    return Fact(label, value=words, source=PROJECTIONS.name, year=year, source_url=PROJECTIONS.url)


# --- education of the people who work there ---------------------------------------------------------


def attainment_shares(attainment: Attainment | None) -> Sequence[dict[str, object]]:
    """{label, figure} of the seven levels, lowest first; empty without a row."""
    if attainment is None:
        return []
    year = attainment.surveyed or str(attainment.year)
    return [
        {
            "label": ATTAINMENT_LABELS[share],
            "figure": _figure(
                getattr(attainment, share),
                getattr(attainment, f"{share}_note"),
                ATTAINMENT,
                unit=Unit.PERCENT,
                year=year,
            ),
        }
        for share in SHARES
    ]
