"""Pure readers of single cells of BLS and O*NET files.

Numbers come back as `(value, note)`: the note is a Missing reason beside None and a Quality beside a number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from directory.importers import cells
from directory.importers.base import FOOTNOTE
from directory.importers.errors import BadCell
from directory.importers.reading import Row
from directory.vocab import Missing, Quality

Number = tuple[int | None, str]
Share = tuple[Decimal | None, str]

SOC: Final = re.compile(r"[0-9]{2}-[0-9]{4}")
ONET: Final = re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}")
#: Thousands separators stand at the thousands or nowhere.
NUMBER: Final = re.compile(r"-?\$?([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3})(\.[0-9]{1,9})?")
HYPHENS: Final = str.maketrans("‐‑‒–−", "-----")
#: BLS marks every cell without a value, so an empty one is a cell that was lost, and its row is rejected.
#: It writes an em dash where it publishes nothing; a hyphen in its place is what some exports make of it.
DASHES: Final = ("—", "–", "-", "--")
#: OEWS: * no wage estimate, ** no employment estimate, ~ under half a percent (in columns not read here).
NOT_RELEASED: Final = ("*", "**", "~")
CAPPED: Final = "#"
#: The text files of O*NET write "n/a" where the workbooks leave a cell empty.
BLANK: Final = ("n/a", "N/A")


def soc(row: Row, column: str) -> str:
    """A SOC code, 29-2072; typographic hyphens are read as plain ones."""
    text = row[column].translate(HYPHENS)
    if not SOC.fullmatch(text):
        raise BadCell(column, row[column], "not an occupation code of the form 29-2072")
    return text


def onet(row: Row, column: str = "O*NET-SOC Code") -> str:
    """An O*NET-SOC code, 29-2072.00."""
    text = row[column].translate(HYPHENS)
    if not ONET.fullmatch(text):
        raise BadCell(column, row[column], "not an O*NET code of the form 29-2072.00")
    return text


def kept(row: Row, column: str, *, limit: int) -> str:
    """Text that every row has where the file has the column: an empty cell is one that was lost."""
    return text(row, column, limit=limit, required=row.has(column))


def text(row: Row, column: str, *, limit: int, required: bool = False) -> str:
    """Text with runs of blanks folded. The word None is text; only "n/a" and nothing are empty."""
    if row.get(column) in BLANK:
        found = ""
    else:
        found = cells.text(row, column, limit=limit)
    if required and not found:
        raise BadCell(column, row.get(column), "is empty")
    return found


def titled(row: Row, column: str) -> tuple[str, bool]:
    """A title without its footnote mark, and whether it bore one: ("Nurses", True) of "  Nurses[1]"."""
    found = cells.text(row, column, limit=220)
    plain = FOOTNOTE.sub("", found)
    return plain, plain != found


def yes_no(row: Row, column: str) -> bool:
    found = row[column].upper()
    if found not in ("Y", "N"):
        raise BadCell(column, row[column], "neither Y nor N")
    return found == "Y"


def flag(row: Row, column: str) -> bool:
    """TRUE or nothing, as OEWS marks rows for which only one kind of pay is published."""
    found = row.get(column).upper()
    if found not in ("TRUE", "FALSE", ""):
        raise BadCell(column, row.get(column), "neither TRUE nor empty")
    return found == "TRUE"


def month(row: Row, column: str) -> str:
    """11/2020 as 2020-11; empty where the file has no such column."""
    found = kept(row, column, limit=20)
    if not found:
        return ""
    match = re.fullmatch(r"(0?[1-9]|1[0-2])/([0-9]{4})", found)
    if not match:
        raise BadCell(column, found, "not a month of the form MM/YYYY")
    return f"{match[2]}-{int(match[1]):02d}"


def decimal(row: Row, column: str, found: str, *, low: float, high: float) -> Decimal:
    """A number within bounds, thousands separators and a dollar sign allowed."""
    plain = found.translate(HYPHENS)
    if not NUMBER.fullmatch(plain):
        raise BadCell(column, found, "not a number")
    value = Decimal(plain.replace(",", "").replace("$", ""))
    if not low <= value <= high:
        raise BadCell(column, found, f"outside {low:,} to {high:,}")
    return value


def whole(row: Row, column: str, *, low: int, high: int) -> int:
    """A whole number that must be there."""
    value = decimal(row, column, row[column], low=low, high=high)
    if value != value.to_integral_value():
        raise BadCell(column, row[column], "not a whole number")
    return int(value)


def oews(row: Row, column: str, *, high: int, times: int = 1) -> Number:
    """An OEWS number times `times` (100 for cents). `#` is (None, capped): the caller knows the limit."""
    found = row[column]
    if found in NOT_RELEASED:
        return None, Missing.NOT_REPORTED
    if found == CAPPED:
        return None, Quality.CAPPED
    return int((decimal(row, column, found, low=0, high=high) * times).to_integral_value()), Quality.REPORTED


def bls(row: Row, column: str, *, low: float, high: float, times: int = 1) -> Number:
    """A number of the projections times `times` (1000 for printed thousands); ">=$239,200" is a cap."""
    value, note = share(row, column, low=low, high=high)
    return (None if value is None else int((value * times).to_integral_value())), note


def share(row: Row, column: str, *, low: float = 0, high: float = 100) -> Share:
    """A percentage or another number with a decimal place, as printed."""
    found = row[column]
    if found in DASHES:
        return None, Missing.NOT_REPORTED
    capped = re.match(r"(>=|≥)\s*", found)
    plain = found[capped.end() :] if capped else found
    value = decimal(row, column, plain, low=low, high=high)
    return value.quantize(Decimal("0.1")), Quality.CAPPED if capped else Quality.REPORTED


def words(row: Row, column: str, *, limit: int = 80) -> tuple[str | None, str]:
    """One of BLS's phrases. "None" is such a phrase ("no experience needed"); an em dash is missing."""
    if row[column] in DASHES:
        return None, Missing.NOT_REPORTED
    return cells.text(row, column, limit=limit, required=True), ""
