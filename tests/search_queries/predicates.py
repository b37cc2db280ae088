"""Words about one result: is it of this school, field, level, place …?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.search_queries.facts import Facts

#: Keys whose value is one of several words; the result's own value must be among them.
WORDS: Final = ("state", "city", "level", "length", "delivery", "control", "accreditation")
KEYS: Final = frozenset((*WORDS, "unitid", "school", "cip", "leads_to", "near", "max_price"))


@dataclass(frozen=True, slots=True)
class Result:
    """One result of the API, reduced to what can be asked about it; `control` comes from the school's own record."""

    slug: str
    unitid: int | None
    school: str
    city: str
    state: str
    cip: str
    level: str
    length: str
    delivery: str
    control: str
    accreditation: str
    leads_to: tuple[str, ...]
    figures: Mapping[str, float | None]  # price, earnings, completions, distance

    def __str__(self) -> str:
        return f"{self.unitid} {self.cip} {self.level} ({self.school}, {self.state})"


@dataclass(frozen=True, slots=True)
class Predicate:
    """Every key must hold; within a key any of its values is enough."""

    conditions: tuple[tuple[str, tuple[Any, ...]], ...]

    @classmethod
    def read(cls, written: Any) -> Predicate:
        """From a table of the list, or from its short form "unitid [cip [level]]". Raises ValueError."""
        if isinstance(written, str):
            match = re.fullmatch(r"(\d{6})(?: (\d\d\.\d{2,4}))?(?: ([a-z-]+))?", written)
            if match is None:
                raise ValueError(f"{written!r} is no “unitid cip level”")
            named = dict(zip(("unitid", "cip", "level"), match.groups(), strict=True))
            written = {key: value for key, value in named.items() if value}
            written["unitid"] = int(written["unitid"])
        if not isinstance(written, Mapping) or not written:
            raise ValueError(f"{written!r} is no predicate")
        if unknown := set(written) - KEYS:
            raise ValueError(f"a predicate has no {', '.join(sorted(unknown))}; known: {', '.join(sorted(KEYS))}")
        return cls(tuple((key, tuple(_listed(value))) for key, value in written.items()))

    def fits(self, result: Result, facts: Facts) -> bool:
        return all(any(_fits(key, each, result, facts) for each in values) for key, values in self.conditions)

    def __str__(self) -> str:
        return ", ".join(f"{key} {'/'.join(map(str, values))}" for key, values in self.conditions)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _fits(key: str, wanted: Any, result: Result, facts: Facts) -> bool:
    if key in WORDS:
        return bool(getattr(result, key) == wanted)
    if key == "unitid":
        return result.unitid == wanted
    if key == "school":
        return str(wanted).casefold() in result.school.casefold()
    if key == "cip":
        return result.cip == wanted or (len(wanted) == 5 and result.cip.startswith(wanted))
    if key == "leads_to":
        return wanted in result.leads_to
    if key == "max_price":
        price = result.figures["price"]
        return price is not None and price <= wanted
    place, _, miles = str(wanted).rpartition(" ")
    return result.unitid is not None and facts.miles(result.unitid, place) <= float(miles)
