"""From text to values: pure readers of single cells, shared by every importer.

A cell is read as text, with blanks stripped. What cannot be read raises BadCell with the column's official name.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from directory.importers.errors import BadCell

if TYPE_CHECKING:
    from directory.importers.reading import Row

CIP = re.compile(r"^\d{2}(\.\d{2}(\d{2})?)?$")
WHOLE = re.compile(r"^[+-]?\d{1,9}(\.0+)?$")  # "34337.0" is how some tables print whole numbers
UNITID_LOW, UNITID_HIGH = 100_000, 999_999


def whole(row: Row, column: str) -> int:
    """A whole number that must be there."""
    text = row[column]
    if not WHOLE.match(text):
        raise BadCell(column, text, "not a whole number")
    return int(text.partition(".")[0])


def code(row: Row, column: str, *, high: int = 999) -> int | None:
    """A code from a small code list; None where the file has none, or says so with -1, -2, -3 or a point."""
    text = row.get(column)
    if text in ("", ".", "-1", "-2", "-3", "-9"):
        return None
    number = whole(row, column)
    if not 0 <= number <= high:
        raise BadCell(column, text, f"outside 0 to {high}")
    return number


def unitid(row: Row, column: str = "UNITID") -> int:
    """Six digits. Scorecard lists branches under eight digits, which IPEDS does not have."""
    number = whole(row, column)
    if not UNITID_LOW <= number <= UNITID_HIGH:
        raise BadCell(column, row[column], "not a six-digit UNITID")
    return number


def cip(row: Row, column: str = "CIPCODE") -> str:
    """A CIP with its leading zero: "01.0101". The wrapping ="…" of some downloads is stripped by the reader."""
    text = row[column]
    if re.match(r"^\d\.\d+$", text):  # a spreadsheet ate the leading zero
        text = "0" + text
    if not CIP.match(text):
        raise BadCell(column, text, "not a CIP code")
    return text


def text(row: Row, column: str, *, limit: int, required: bool = False) -> str:
    """Text with runs of blanks folded; a placeholder of IPEDS ("-2") reads as empty."""
    found = " ".join(row.get(column).split())
    if found in ("-1", "-2", "-3", "."):
        found = ""
    if required and not found:
        raise BadCell(column, row.get(column), "is empty")
    if len(found) > limit:
        raise BadCell(column, found[:60] + "…", f"longer than {limit} characters")
    return found


def opeid(row: Row, column: str = "OPEID", *, length: int = 8) -> str:
    """Digits with their leading zeros put back; empty where there is none."""
    found = text(row, column, limit=20)
    if not found:
        return ""
    if not found.isdigit() or len(found) > length:
        raise BadCell(column, found, f"not a number of {length} digits")
    return found.zfill(length)


def yes_no(row: Row, column: str, *, yes: str = "1", no: tuple[str, ...] = ("0", "2")) -> bool | None:
    found = row.get(column)
    if found == yes:
        return True
    return False if found in no else None


def us_date(row: Row, column: str) -> dt.date | None:
    """MM/DD/YYYY, with or without a time behind it; None where the file has none."""
    found = row.get(column)
    if found in ("", "-2", "-1", "-3", "."):
        return None
    match = re.match(r"^(\d{1,2})/(\d{1,2})/(\d{4})\b", found)
    if not match:
        raise BadCell(column, found, "not a date of the form MM/DD/YYYY")
    month, day, year = (int(part) for part in match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise BadCell(column, found, "no such day") from None


def coordinate(row: Row, column: str, *, limit: float) -> float | None:
    found = row.get(column)
    if found in ("", "-1", "-2", "-3", "."):
        return None
    try:
        number = float(found)
    except ValueError:
        raise BadCell(column, found, "not a number") from None
    if not abs(number) <= limit:
        raise BadCell(column, found, f"outside -{limit:g} to {limit:g}")
    return number
