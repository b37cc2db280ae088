"""What is usual among many programs: the middle half of a figure, with how many stand behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median as median_of
from statistics import quantiles
from typing import Final, Protocol

from directory.figures import half_up
from directory.models import FieldOutcome, Release
from directory.profiles.figures import source_of
from directory.vocab import Level

#: Fewer figures are single cases, not a usual range.
FEWEST: Final = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle half of some figures in whole dollars. `basis` says in words what they are figures of."""

    low: int
    median: int
    high: int
    count: int
    basis: str
    source: str
    year: str


def quarters(values: Iterable[int]) -> tuple[int, int, int] | None:
    """First quartile, median and third quartile, whole; None for fewer than FEWEST values."""
    known = sorted(values)
    if len(known) < FEWEST:
        return None
    low, median, high = quantiles(known, n=4, method="inclusive")
    return half_up(low), half_up(median), half_up(high)


class PricedRow(Protocol):
    """What a range of prices reads of a listing."""

    @property
    def price(self) -> int | None: ...
    @property
    def price_level(self) -> str: ...
    @property
    def price_year(self) -> str: ...
    @property
    def price_release(self) -> int | None: ...


#: The columns of PricedRow, for `values_list(*PRICE_COLUMNS, named=True)`.
PRICE_COLUMNS: Final = ("price", "price_level", "price_year", "price_release")


#: On what basis a range of prices stands. The two are never one range: an estimate from a year's tuition and the price
#: of a whole program differ by what they leave out.
PUBLISHED: Final = "Published for the program itself"
ESTIMATED: Final = "Estimated from the school’s in-state tuition"


@dataclass(frozen=True, slots=True)
class PriceRange:
    """What some programs cost, in whole dollars; `label` says on what basis.

    The middle half of FEWEST or more, else from the lowest to the highest.
    """

    label: str
    low: int
    median: int
    high: int
    count: int
    middle: bool
    source: str
    year: str


def price_ranges(rows: Iterable[PricedRow], names: Mapping[int, str]) -> tuple[list[PriceRange], int]:
    """A range of the prices that schools publish for a program, one of the estimates, and how many have neither.

    The one way in which pages sum up prices, of all schools whoever runs them. `names` are the sources of the
    releases, by `source_names`.
    """
    every = list(rows)
    known = [row for row in every if row.price is not None]
    published = [row for row in known if row.price_level == Level.PROGRAM]
    estimated = [row for row in known if row.price_level != Level.PROGRAM]
    groups = ((PUBLISHED, published), (ESTIMATED, estimated))
    found = [_price_range(label, group, names) for label, group in groups if group]
    return found, len(every) - len(known)


def _price_range(label: str, rows: Sequence[PricedRow], names: Mapping[int, str]) -> PriceRange:
    values = [row.price for row in rows if row.price is not None]
    middle = quarters(values)
    low, median, high = middle or (min(values), half_up(median_of(values)), max(values))
    source = "; ".join(sorted({names[row.price_release] for row in rows if row.price_release is not None}))
    return PriceRange(
        label, low, median, high, len(values), middle is not None, source, years_of(row.price_year for row in rows)
    )


def source_names() -> dict[int, str]:
    """Release -> the name of its source; one query."""
    return {release.pk: source_of(release) for release in Release.objects.only("source")}


def earnings_spread(*, families: Sequence[str], credential: int) -> Spread | None:
    """The middle half of the schools' medians 4 years after finishing, in some fields at one level."""
    rows = FieldOutcome.objects.filter(family__in=families, credential=credential, earnings_4yr__isnull=False)
    values = list(rows.values_list("earnings_4yr", "release"))
    found = quarters(value for value, _ in values if value is not None)
    if found is None:
        return None
    release = Release.objects.filter(pk__in={pk for _, pk in values}).order_by("-rank").first()
    basis = f"Middle half of {len(values):,} schools’ medians, 4 years after finishing; federal aid recipients"
    return Spread(*found, len(values), basis, source_of(release), release.vintage if release else "")


def years_of(years: Iterable[str]) -> str:
    """ "2023-24", or "2021-22 to 2023-24" when figures of several years stand together."""
    known = sorted({year for year in years if year})
    return " to ".join(dict.fromkeys((known[0], known[-1]))) if known else ""
