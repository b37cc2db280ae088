"""What is usual among many programs: the middle half of a figure, with how many stand behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Final

from directory.models import FieldOutcome, Release
from directory.profiles.figures import source_of
from directory.querysets.listing import ListingQuerySet
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
    return round(low), round(median), round(high)


def price_spread(listings: ListingQuerySet, *, of: str) -> Spread | None:
    """The middle half of the prices and estimates of some programs, described by `of`; two queries."""
    known = listings.filter(price__isnull=False)
    rows = list(known.values_list("price", "price_level", "price_year", "price_release"))
    found = quarters(row[0] for row in rows)
    if found is None:
        return None
    basis = f"Middle half of {len(rows):,} {of}"
    if estimated := sum(row[1] == Level.INSTITUTION for row in rows):
        share = "all" if estimated == len(rows) else f"{estimated:,}"
        basis += f"; {share} estimated from in-state tuition"
    years = years_of(row[2] for row in rows)
    return Spread(*found, len(rows), basis, _names({row[3] for row in rows}), years)


def earnings_spread(*, families: Sequence[str], credential: int) -> Spread | None:
    """The middle half of the schools' medians 4 years after finishing, in some fields at one level."""
    rows = FieldOutcome.objects.filter(family__in=families, credential=credential, earnings_4yr__isnull=False)
    values = list(rows.values_list("earnings_4yr", "release"))
    found = quarters(value for value, _ in values if value is not None)
    if found is None:
        return None
    release = Release.objects.filter(pk__in={pk for _, pk in values}).order_by("-rank").first()
    basis = (
        f"Middle half of {len(values):,} schools’ medians, 4 years after finishing; federal aid recipients"
    )
    return Spread(*found, len(values), basis, source_of(release), release.vintage if release else "")


def years_of(years: Iterable[str]) -> str:
    """ "2023-24", or "2021-22 to 2023-24" when figures of several years stand together."""
    known = sorted({year for year in years if year})
    return " to ".join(dict.fromkeys((known[0], known[-1]))) if known else ""


def _names(releases: Iterable[int]) -> str:
    found = Release.objects.filter(pk__in=list(releases)).order_by("source", "-rank")
    return "; ".join(dict.fromkeys(source_of(release) for release in found))
