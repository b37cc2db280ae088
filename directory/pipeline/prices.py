"""One published price per program, or an honest estimate, or the reason why there is none. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from directory.figures import half_up
from directory.importers.vintages import academic
from directory.vocab import LENGTH_OF, USUAL_YEARS, Level, Missing, Quality

#: Thousands with or without their comma, cents only if there are none.
DOLLARS: Final = re.compile(r"\$?\s?(\d{1,3}(?:,\d{3})*|\d{1,7})(?:\.00)?", re.ASCII)
HIGHEST: Final = 500_000
LONGEST_YEAR: Final = 12  # of Listing.price_year
CLOCK, CREDIT = 1, 2  # IPEDS PRGMSR
#: Hours that IPEDS gives for each certificate level: at least the first, below the second.
HOURS: Final[dict[int, dict[int, tuple[int, int]]]] = {
    CLOCK: {20: (0, 300), 21: (300, 900), 2: (900, 1800), 4: (1800, 10_000)},
    CREDIT: {20: (0, 9), 21: (9, 30), 2: (30, 60), 3: (60, 120), 4: (60, 120)},
}


@dataclass(frozen=True, slots=True)
class Charge:
    """A whole-program price of IC_PY; `year` is the first year of the academic year."""

    price: int | None
    price_note: str
    hours: int | None
    hour_unit: int | None
    year: int
    release: int


@dataclass(frozen=True, slots=True)
class Tuition:
    """A school's yearly tuition and fees for state residents."""

    value: int | None
    note: str
    year: int
    release: int


@dataclass(frozen=True, slots=True)
class Stated:
    """The whole price as a page states it and somebody read it there on a day."""

    price: int
    year: str
    checked_on: dt.date
    release: int


@dataclass(frozen=True, slots=True)
class Price:
    """What the list shows: an amount with its level and year, or None with a Missing reason in `note`."""

    value: int | None
    note: str
    level: Level
    year: str = ""
    caveat: str = ""
    release: int | None = None


def fits(charge: Charge, award_level: int, *, only_program: bool) -> bool:
    """Whether a charge, which names no award level, is that of a program at this level.

    The hours decide, where the school has several programs in the field. Its only one, if it is a certificate, is
    the one that is meant, also where hours and level disagree a little; a degree must fit, because a certificate may
    have begun that completions do not know yet.
    """
    if only_program and award_level in LENGTH_OF:
        return True
    if charge.hours is None or charge.hour_unit not in HOURS:
        return only_program
    low_high = HOURS[charge.hour_unit].get(award_level)
    return low_high is not None and low_high[0] <= charge.hours < low_high[1]


def dollars(text: str) -> int | None:
    """Whole dollars as people write them ("$4,200", "4200.00"); None for anything else, and for nothing at all."""
    found = DOLLARS.fullmatch(text.strip())
    amount = int(found[1].replace(",", "")) if found else 0
    return amount if 0 < amount <= HIGHEST else None


def stated_price(stated: Stated) -> Price:
    """What staff read on the school's own page wins over every file: it speaks of this very program."""
    read = f"The school’s page, read by us on {stated.checked_on.day} {stated.checked_on:%b %Y}"
    year = stated.year if 0 < len(stated.year) <= LONGEST_YEAR else str(stated.checked_on.year)
    return Price(stated.price, Quality.REPORTED, Level.PROGRAM, year, read, stated.release)


def resolve(
    award_level: int,
    charges: Sequence[Charge],
    tuitions: Sequence[Tuition],
    *,
    only_program: bool,
    by_residence: bool = True,
) -> Price:
    """The program's own price where one is published, else yearly tuition times the award's usual length.

    The tuition is that of state residents; `by_residence` is False for private schools, which have one for all.
    """
    own = [
        charge
        for charge in charges
        if charge.price is not None and fits(charge, award_level, only_program=only_program)
    ]
    if own:
        newest = max(own, key=lambda charge: charge.year)
        return Price(
            newest.price, newest.price_note, Level.PROGRAM, academic(newest.year),
            "Tuition and fees of the whole program", newest.release,
        )  # fmt: skip
    years = USUAL_YEARS.get(award_level)
    known = [tuition for tuition in tuitions if tuition.value is not None]
    if years is not None and known:
        newest_tuition = max(known, key=lambda tuition: tuition.year)
        assert newest_tuition.value is not None  # noqa: S101 - for the type checker; filtered above
        return Price(
            half_up(newest_tuition.value * years), Quality.REPORTED, Level.INSTITUTION, academic(newest_tuition.year),
            f"Estimate: the school’s {'in-state ' if by_residence else ''}tuition of ${newest_tuition.value:,} a year "
            f"for {in_years(award_level)}",
            newest_tuition.release,
        )  # fmt: skip
    return _unknown(award_level, tuitions)


def in_years(award_level: int) -> str:
    """The usual length in words, as it stands in the caveat."""
    years = USUAL_YEARS[award_level]
    parts = {0.25: "a quarter of a year", 0.75: "three quarters of a year", 1: "1 year"}
    return parts.get(years, f"{years:g} years")


def _unknown(award_level: int, tuitions: Sequence[Tuition]) -> Price:
    """No price, with the reason of the newest file that could have had one."""
    if award_level not in USUAL_YEARS:
        return Price(None, Missing.NOT_COLLECTED, Level.INSTITUTION, caveat="We hold undergraduate tuition only")
    if not tuitions:
        return Price(None, Missing.NOT_COLLECTED, Level.INSTITUTION)
    newest = max(tuitions, key=lambda tuition: tuition.year)
    return Price(None, newest.note, Level.INSTITUTION, academic(newest.year), release=newest.release)
