"""What a reader may assume otherwise: the fields of the form, their units and limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from directory.filters.fields import quoted

#: Every parameter of ours begins with it, so that a page may have other forms.
PREFIX: Final = "pb_"
#: "$35,000", "35 000" and "35000" are the same amount; "35k" or "3.5e4" could be read in two ways.
WHOLE: Final = re.compile(r"[0-9]+(?:\.0{1,2})?")
CENTS: Final = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")
SEPARATORS: Final = re.compile(r"(?<=[0-9])[, \u00a0](?=[0-9]{3}(?![0-9]))")


class Unreadable(ValueError):
    """A value that is none, with a sentence for its field."""


@dataclass(frozen=True, slots=True)
class Field:
    """One assumption. `name` is that of Assumptions; `low` and `high` are the least and the most that is believed."""

    name: str
    label: str
    unit: str
    low: int
    high: int
    cents: bool = False

    @property
    def parameter(self) -> str:
        return PREFIX + self.name

    def read(self, text: str) -> Decimal:
        """The number that the reader typed. Raises Unreadable."""
        plain = text.strip()
        negative = plain.startswith(("-", "−"))
        plain = plain.lstrip("-−").strip()
        plain = plain.removeprefix("$") if self.unit.startswith("dollars") else plain
        plain = plain.removesuffix("%") if self.unit == "percent" else plain
        bare = SEPARATORS.sub("", plain.strip())
        if not (CENTS if self.cents else WHOLE).fullmatch(bare):
            kind = "an amount with at most two decimals" if self.cents else "a whole number"
            raise Unreadable(f"{quoted([text])} is not {kind}. Write figures, such as {self.example}.")
        value = Decimal(bare)
        if (negative and value) or value < self.low:
            raise Unreadable(f"{quoted([text])} is too little: {self.said(self.low)} or more.")
        if value > self.high:
            raise Unreadable(f"{quoted([text])} is too much: {self.said(self.high)} at most.")
        return value

    @property
    def example(self) -> str:
        """A number that would be read; no suggestion of an amount."""
        return "15.50" if self.cents else {"dollars": "8000", "dollars a year": "30000"}.get(self.unit, "10")

    def said(self, value: Decimal | float) -> str:
        """The value with its unit: "$8,000", "10 months"."""
        if self.unit.startswith("dollars"):
            return f"${value:,.2f}" if self.cents else f"${value:,.0f}"
        if self.unit == "percent":
            return f"{value:.0f}%"
        return f"{value:.0f} {self.unit.removesuffix('s') if value == 1 else self.unit}"


#: 168 hours has a week; nobody is paid for all of them, but that is not ours to say.
FIELDS: Final = {
    field.name: field
    for field in (
        Field("pay_now", "What you earn now", "dollars a year", 0, 1_000_000),
        Field("hours", "Paid hours that you would give up each week to study", "hours", 0, 100),
        Field("chance", "Your chance of finishing", "percent", 0, 100),
        Field("price_from", "Price of the program, from", "dollars", 0, 1_000_000),
        Field("price_to", "Price of the program, to", "dollars", 0, 1_000_000),
        Field("months_from", "Months of study, from", "months", 1, 120),
        Field("months_to", "Months of study, to", "months", 1, 120),
        Field("pay_from", "Pay after it, from", "dollars a year", 0, 1_000_000),
        Field("pay_to", "Pay after it, to", "dollars a year", 0, 1_000_000),
        Field("hourly", "Pay for each hour given up", "dollars an hour", 0, 1_000, cents=True),
    )
}
#: What only the reader knows; no file has it.
ASKED: Final = ("pay_now", "hours", "chance")
