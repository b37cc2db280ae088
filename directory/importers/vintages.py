"""Reading the vintage from a file's name or content, as its publisher writes it."""

from __future__ import annotations

import re

from directory.importers.base import Vintage
from directory.importers.reading import Table

FIRST_YEAR, LAST_YEAR = 1980, 2079
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def academic(first: int) -> str:
    """2023 -> "2023-24"."""
    return f"{first}-{(first + 1) % 100:02d}"


def names(table: Table) -> list[str]:
    """Names that may tell the vintage: the member's before the archive's."""
    return [table.name.rsplit("/", 1)[-1], table.path.name]


def ipeds_year(table: Table, *stems: str) -> int | None:
    """The year in an IPEDS file name: HD2024, c2024_a, cost1_2024 …"""
    for name in names(table):
        for stem in stems:
            match = re.match(rf"{stem}_?(\d{{4}})(?!\d)", name, re.IGNORECASE)
            if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
                return int(match[1])
    return None


def month_stamp(table: Table) -> Vintage | None:
    """A date in the file's name: _04172025, 2025-05 or 2020-11."""
    for name in names(table):
        stamp = re.search(r"(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)", name)
        if stamp and 1 <= int(stamp[1]) <= 12 and FIRST_YEAR <= int(stamp[3]) <= LAST_YEAR:
            return month_vintage(int(stamp[3]), int(stamp[1]))
        dated = re.search(r"(?<!\d)(\d{4})-(\d{2})(?!\d)", name)
        if dated and 1 <= int(dated[2]) <= 12 and FIRST_YEAR <= int(dated[1]) <= LAST_YEAR:
            return month_vintage(int(dated[1]), int(dated[2]))
    return None


def month_vintage(year: int, month: int) -> Vintage:
    return Vintage(f"{MONTHS[month - 1]} {year}", year * 100 + month, year)


def stated(text: str) -> Vintage:
    """A vintage that a person typed: "2024-25" or "2024" (a year), "2025-04" (a month), "29.3" (a version).

    Raises ValueError for anything else. 2024-25 is read as an academic year, because month 25 does not exist;
    2011-12 is read as December 2011, and by sources that go by academic years as one (Importer.told).
    """
    text = text.strip()
    if match := re.fullmatch(r"(\d{4})-(\d{2})(?:-\d{2})?", text):
        year, second = int(match[1]), int(match[2])
        if 1 <= second <= 12:
            return month_vintage(year, second)
        return Vintage(text, year * 100, year)
    if re.fullmatch(r"\d{4}", text):
        return Vintage(text, int(text) * 100, int(text))
    if match := re.fullmatch(r"(\d{1,3})\.(\d{1,2})(?:\.\d+)?", text):
        return Vintage(text, int(match[1]) * 100 + int(match[2]))
    for at, name in enumerate(MONTHS, start=1):
        if match := re.fullmatch(rf"{name[:3]}\w* (\d{{4}})", text, re.IGNORECASE):
            return month_vintage(int(match[1]), at)
    raise ValueError(text)
