"""The one shape in which a figure travels from the tables to page, API and export."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from directory.vocab import Level, Missing, Quality, Unit


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its paperwork, or the reason why there is none.

    `value` is None exactly when `missing` is given. `year` is the vintage in the source's words ("2023-24"),
    `source` a short name that a reader can look up ("IPEDS Completions"), `note` a caveat that must travel with
    the number, `quality` what the agency says about it.
    """

    value: float | int | None
    unit: Unit
    level: Level
    year: str = ""
    source: str = ""
    missing: Missing | None = None
    quality: Quality = Quality.REPORTED
    note: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != (self.missing is not None):
            raise ValueError("A figure has either a value or a reason why it has none.")

    @classmethod
    def read(
        cls, value: float | None, mark: str, *, unit: Unit, level: Level, year: str = "", source: str = "",
        note: str = "", url: str = "",
    ) -> Figure:  # fmt: skip
        """Join a value and its companion note column (a Missing reason or a Quality) into a figure."""
        missing = Missing(mark or Missing.NOT_COLLECTED) if value is None else None
        quality = Quality.REPORTED if value is None else Quality(mark)
        return cls(value, unit, level, year, source, missing, quality, note, url)

    @classmethod
    def unknown(cls, missing: Missing, *, unit: Unit, level: Level, source: str = "", year: str = "") -> Figure:
        """A figure that nobody can give, with the reason."""
        return cls(None, unit, level, year, source, missing)

    def as_dict(self) -> dict[str, Any]:
        """The FIGURE object of the public API."""
        return {
            "value": self.value,
            "missing": self.missing.value if self.missing else None,
            "unit": self.unit.value,
            "level": self.level.value,
            "year": self.year,
            "source": self.source,
            "note": self.note,
        }


def half_up(value: float) -> int:
    """Whole dollars as people round them: a half goes up. Python's `round` takes it to the even neighbour."""
    return math.floor(value + 0.5)
