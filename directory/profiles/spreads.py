"""What is usual among many programs: the middle half of a figure, with how many stand behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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

    price: int | None
    price_level: str
    price_year: str
    price_release: int | None


#: The columns of PricedRow, for `values_list(*PRICE_COLUMNS, named=True)`.
PRICE_COLUMNS: Final = ("price", "price_level", "price_year", "price_release")


def price_spread(rows: Iterable[PricedRow], names: Mapping[int, str], *, of: str) -> Spread | None:
    """The middle half of the prices and estimates of some programs, described by `of`.

    `names` are the sources of the releases, by `source_names`.
    """
    known = [row for row in rows if row.price is not None]
    found = quarters(row.price for row in known if row.price is not None)
    if found is None:
        return None
    basis = f"Middle half of {len(known):,} {of}"
    if estimated := sum(row.price_level == Level.INSTITUTION for row in known):
        share = "all" if estimated == len(known) else f"{estimated:,}"
        basis += f"; {share} estimated from in-state tuition"
    releases = {row.price_release for row in known}
    sources = sorted({names[pk] for pk in releases if pk is not None})
    return Spread(*found, len(known), basis, "; ".join(sources), years_of(row.price_year for row in known))


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
