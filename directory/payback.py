"""How long until the extra pay of a job has repaid the training for it. Pure: asks no database and no settings.

docs/payback.md has the formula and the reasons.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

#: The full-time year by which BLS turns hourly into yearly pay: 52 weeks of 40 hours.
HOURS_A_YEAR: Final = 2_080
MONTHS_A_YEAR: Final = 12
WEEKS_A_MONTH: Final = Fraction(52, MONTHS_A_YEAR)
#: Further ahead nobody can see: pay, prices and the job itself will be others by then.
HORIZON: Final = 30 * MONTHS_A_YEAR
#: Up to so many months, results are told in steps of so many: a later date is a rougher one.
STEPS: Final = ((24, 1), (60, 3))
LAST_STEP: Final = 12


class Input(StrEnum):
    """Everything that the answer rests on; the values are the fields of Assumptions."""

    PRICE_FROM = "price_from"
    PRICE_TO = "price_to"
    PAY_FROM = "pay_from"
    PAY_TO = "pay_to"
    PAY_NOW = "pay_now"
    HOURS = "hours"
    MONTHS_FROM = "months_from"
    MONTHS_TO = "months_to"
    CHANCE = "chance"


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is assumed; None is not known. Raises ValueError for what cannot be.

    `price_*`: dollars for the whole program. `pay_*`: dollars a year after it. `pay_now`: dollars a year without it.
    `hours`: paid hours a week given up while studying. `hourly`: dollars for each of them; None works it out from
    `pay_now` and a full-time year. `months_*`: months of study. `chance`: of finishing, in percent.
    """

    price_from: int | None = None
    price_to: int | None = None
    pay_from: int | None = None
    pay_to: int | None = None
    pay_now: int | None = None
    hours: int | None = None
    hourly: Decimal | None = None
    months_from: int | None = None
    months_to: int | None = None
    chance: int | None = None

    def __post_init__(self) -> None:
        below = [name for name, value in self._values() if value is not None and value < 0]
        if below:
            raise ValueError(f"Less than nothing: {', '.join(below)}.")
        if self.chance is not None and self.chance > 100:
            raise ValueError("More than certain: chance.")
        for low, high in self.disordered():
            raise ValueError(f"{low} is above {high}.")

    def _values(self) -> Iterator[tuple[str, int | Decimal | None]]:
        yield from ((each.value, getattr(self, each.value)) for each in Input)
        yield "hourly", self.hourly

    def disordered(self) -> list[tuple[Input, Input]]:
        """The ranges whose lower end is above their upper one."""
        pairs = (
            (Input.PRICE_FROM, Input.PRICE_TO),
            (Input.PAY_FROM, Input.PAY_TO),
            (Input.MONTHS_FROM, Input.MONTHS_TO),
        )
        ends = ((pair, getattr(self, pair[0]), getattr(self, pair[1])) for pair in pairs)
        return [pair for pair, low, high in ends if low is not None and high is not None and low > high]

    def missing(self) -> tuple[Input, ...]:
        """What has to be known before anything can be worked out."""
        return tuple(each for each in Input if getattr(self, each.value) is None)


@dataclass(frozen=True, slots=True)
class Refused:
    """No answer, because these inputs are not known."""

    missing: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class End:
    """One end of the range: dollars before and after, and months after finishing until the one has repaid the other.

    `months` counts the chance of finishing in, `if_finished` does not; None is never.
    """

    price: int
    given_up: Fraction
    extra: int  # dollars a year; may be less than nothing
    study: int
    months: Fraction | None
    if_finished: Fraction | None

    @property
    def cost(self) -> Fraction:
        return self.price + self.given_up


@dataclass(frozen=True, slots=True)
class Payback:
    """The range: `soonest` has the lower price, the shorter study and the higher pay, `latest` the opposite of each."""

    soonest: End
    latest: End
    hourly: Fraction  # dollars for each hour given up
    chance: int


def payback(given: Assumptions) -> Payback | Refused:
    """When the extra pay has repaid price and pay given up, or what is missing to say so."""
    if missing := given.missing():
        return Refused(missing)
    # `missing` saw every one of them; the type checker cannot.
    pay_now, hours, chance = _known(given.pay_now), _known(given.hours), _known(given.chance)
    hourly = Fraction(pay_now, HOURS_A_YEAR) if given.hourly is None else Fraction(given.hourly)

    def end(price: int, months: int, pay: int) -> End:
        given_up = hourly * hours * WEEKS_A_MONTH * months
        cost, extra = price + given_up, pay - pay_now
        return End(
            price, given_up, extra, months,
            months=_months(cost, extra * Fraction(chance, 100)), if_finished=_months(cost, Fraction(extra)),
        )  # fmt: skip

    return Payback(
        soonest=end(_known(given.price_from), _known(given.months_from), _known(given.pay_to)),
        latest=end(_known(given.price_to), _known(given.months_to), _known(given.pay_from)),
        hourly=hourly,
        chance=chance,
    )


def _known(value: int | None) -> int:
    assert value is not None  # noqa: S101 - for the type checker
    return value


def _months(cost: Fraction, extra: Fraction) -> Fraction | None:
    """None is never. What cost nothing is repaid at once, whatever the pay."""
    if not cost:
        return Fraction(0)
    return cost * MONTHS_A_YEAR / extra if extra > 0 else None


def rounded_down(months: Fraction) -> int:
    """Whole months, in wider steps the further away: 7, 27, 60, 72."""
    step = _step(months)
    return math.floor(months / step) * step


def rounded_up(months: Fraction) -> int:
    """The same, never too soon."""
    step = _step(months)
    return math.ceil(months / step) * step


def _step(months: Fraction) -> int:
    return next((step for limit, step in STEPS if months < limit), LAST_STEP)
