"""Rows of the tables as figures with their paperwork: source, year, level and the caveat that goes along.

Nothing here asks the database beyond the rows it is given. Load them with `select_related("release")`,
listings with LISTING_RELEASES, or each figure costs a query.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from directory.figures import Figure
from directory.importers.vintages import academic
from directory.models import Completions, FieldOutcome, Listing, ProgramCharge, Release
from directory.vocab import Level, Missing, Source, Unit

if TYPE_CHECKING:
    from directory.profiles.result_rows import ListingRow

#: What `Listing.objects.select_related(*LISTING_RELEASES)` needs for the three figures of a card.
LISTING_RELEASES: Final = ("price_release", "earnings_release", "awards_release")


class LabelledFigure(NamedTuple):
    """One line of a fact table, a card or a jacket: what it is, and the figure."""

    label: str
    figure: Figure


class Cohort(NamedTuple):
    """Who stands behind an earnings column of College Scorecard, and in which dollars."""

    when: str
    years: str
    dollars: int

    def words(self) -> str:
        return f"{self.when}; who finished in {self.years}, in {self.dollars} dollars"


#: Column of FieldOutcome -> label. The columns differ in cohort and dollars: they are no one curve.
EARNINGS_LABELS: Final[dict[str, str]] = {
    "earnings_4yr": "Median earnings, 4 years after finishing",
    "earnings_5yr": "Median earnings, 5 years after finishing",
    "earnings_1yr": "Median earnings, 1 year after finishing",
    "earnings_highest_1yr": "Median earnings, 1 year after, this the highest award",
    "earnings_highest_2yr": "Median earnings, 2 years after, this the highest award",
}
#: Cohorts by ED's map of January 2025. Another release has others, which only its own dictionary tells.
COHORTS: Final[dict[str, Cohort]] = {
    "earnings_1yr": Cohort("1 year after finishing", "2018-19 and 2019-20", 2022),
    "earnings_4yr": Cohort("4 years after finishing", "2014-15 and 2015-16", 2021),
    "earnings_5yr": Cohort("5 years after finishing", "2014-15 and 2015-16", 2022),
    "earnings_highest_1yr": Cohort("1 year after finishing", "2016-17 and 2017-18", 2020),
    "earnings_highest_2yr": Cohort("2 years after finishing", "2014-15 and 2015-16", 2019),
}
COHORT_MAP_RANKS: Final = range(202501, 202505)
DEBT_LABELS: Final[dict[str, str]] = {
    "debt_here": "Median federal debt, borrowed at this school",
    "debt_all": "Median federal debt, borrowed at any school",
}


def source_of(release: Release | None) -> str:
    """The source's name without its vintage, which is the figure's year; "" when nothing was loaded."""
    return str(Source(release.source).label) if release else ""


# --- a program, from its row in the search table ------------------------------------------------


def program_price(listing: Listing | ListingRow) -> Figure:
    """Its own published price (level program), else an estimate from tuition (level institution)."""
    return Figure.read(
        listing.price,
        listing.price_note,
        unit=Unit.USD,
        level=Level(listing.price_level),
        year=listing.price_year,
        source=source_of(listing.price_release),
        note=listing.price_caveat,
    )


def price_label(listing: Listing | ListingRow) -> str:
    """An estimate never passes for a published price."""
    if listing.price is None:
        return "Price"
    return "Published price" if listing.price_level == Level.PROGRAM else "Estimated price"


def program_earnings(listing: Listing | ListingRow) -> Figure:
    """Median yearly earnings 4 years after finishing, of the field of study at this school and level."""
    return _scorecard(
        listing.earnings,
        listing.earnings_note,
        column="earnings_4yr",
        release=listing.earnings_release,
        family=listing.cip[:5],
        brief=True,
    )


def program_awards(listing: Listing | ListingRow) -> Figure:
    """Awards conferred in the latest year that the school reported."""
    return Figure.read(
        listing.awards,
        listing.awards_note,
        unit=Unit.AWARDS,
        level=Level.PROGRAM,
        year=award_year(listing.awards_year) if listing.awards_year else "",
        source=source_of(listing.awards_release),
    )


# --- a program, from its facts -------------------------------------------------------------------


def award_year(ipeds_year: int) -> str:
    """Completions of IPEDS year 2024 were conferred in 2023-24."""
    return academic(ipeds_year - 1)


def awards_by_year(rows: Iterable[Completions], *, loaded: Collection[int], years: int = 5) -> list[Figure]:
    """Awards of the last years of which a file is held, oldest first.

    `loaded` are the IPEDS years of those files. A school that is missing from one of them did not report the
    program that year; of a year between without a file we know nothing.
    """
    known = {row.year: row for row in rows}
    if not known:
        return []
    newest = max(known.keys() | set(loaded))
    first = max(newest - years + 1, min(known.keys() | set(loaded)))
    return [_awards(known.get(year), year, loaded) for year in range(first, newest + 1)]


def _awards(row: Completions | None, year: int, loaded: Collection[int]) -> Figure:
    if row is None:
        reason = Missing.NOT_REPORTED if year in loaded else Missing.NOT_COLLECTED
        source = Source.IPEDS_COMPLETIONS.label
        return Figure.unknown(reason, unit=Unit.AWARDS, level=Level.PROGRAM, year=award_year(year), source=str(source))
    return Figure.read(
        row.awards,
        row.awards_note,
        unit=Unit.AWARDS,
        level=Level.PROGRAM,
        year=award_year(year),
        source=source_of(row.release),
    )


def outcome_figures(outcome: FieldOutcome) -> list[LabelledFigure]:
    """Earnings and debt of a field of study at one credential level, each with its own cohort and dollars.

    Measures that the loaded file does not carry at all (not collected) are left out; suppressed ones stay.
    """
    lines = []
    for column, label in (EARNINGS_LABELS | DEBT_LABELS).items():
        figure = _scorecard(
            getattr(outcome, column),
            getattr(outcome, f"{column}_note"),
            column=column,
            release=outcome.release,
            family=outcome.family,
        )
        if figure.missing is not Missing.NOT_COLLECTED:
            lines.append(LabelledFigure(label, figure))
    return lines


def _scorecard(
    value: int | None, mark: str, *, column: str, release: Release | None, family: str, brief: bool = False
) -> Figure:
    """One Scorecard median. `brief` leaves cohort and dollars to the program's own page."""
    earnings = column in COHORTS
    who = f"federal aid recipients, all programs of CIP {family} at this school and level"
    if not earnings:
        note = who[0].upper() + who[1:]
    elif not brief and release and release.rank in COHORT_MAP_RANKS:
        note = f"{COHORTS[column].words()}; {who}"
    else:
        note = f"{COHORTS[column].when}; {who}"
    return Figure.read(
        value,
        mark,
        unit=Unit.USD_YEAR if earnings else Unit.USD,
        level=Level.FIELD,
        year=release.vintage if release else "",
        source=source_of(release),
        note=note if value is not None else "",
    )


def charge_figures(charge: ProgramCharge) -> list[LabelledFigure]:
    """What a career school charges for one whole program: price, books, length in hours and months."""
    hour_unit = {1: "clock hours", 2: "credit hours"}.get(charge.hour_unit or 0, "hours")
    hours = f"{charge.hours:,} {hour_unit}" if charge.hours is not None else ""
    return [
        LabelledFigure(
            label,
            Figure.read(
                value,
                mark,
                unit=unit,
                level=Level.PROGRAM,
                year=academic(charge.year),
                source=source_of(charge.release),
                note=note if value is not None else "",
            ),
        )
        for label, value, mark, unit, note in (
            ("Tuition and fees, whole program", charge.price, charge.price_note, Unit.USD, ""),
            ("Books and supplies, whole program", charge.supplies, charge.supplies_note, Unit.USD, ""),
            ("Length", charge.months, charge.months_note, Unit.MONTHS, hours),
        )
    ]
