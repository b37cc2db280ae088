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

CIP = re.compile(r"^[0-9]{2}(\.[0-9]{2}([0-9]{2})?)?$")
WHOLE = re.compile(r"^[+-]?[0-9]{1,9}(\.0+)?$")  # "34337.0" is how some tables print whole numbers
ZIP = re.compile(r"[0-9]{5}(-?[0-9]{4})?")
DECIMAL = re.compile(r"^[+-]?[0-9]{1,3}(\.[0-9]+)?$")
UNITID_LOW, UNITID_HIGH = 100_000, 999_999


def whole(row: Row, column: str) -> int:
    """A whole number that must be there."""
    text = row[column]
    if text.isascii() and text.isdecimal() and len(text) < 10:  # nearly all: this runs a million times
        return int(text)
    if not WHOLE.match(text):
        raise BadCell(column, text, "not a whole number")
    return int(text.partition(".")[0])


def code(row: Row, column: str, *, high: int = 999, low: int = 0) -> int | None:
    """A code from a small code list; None where the file has none, or says so with -1, -2, -3 or a point."""
    text = row.get(column)
    if text in ("", ".", "-1", "-2", "-3", "-9"):
        return None
    number = whole(row, column)
    if not low <= number <= high:
        raise BadCell(column, text, f"outside {low} to {high}")
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
    if re.match(r"^[0-9]\.[0-9]+$", text):  # a spreadsheet ate the leading zero
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
    if found.startswith("="):  # nobody is called so, and a spreadsheet would run it
        raise BadCell(column, found[:60], "is a formula")
    if len(found) > limit:
        raise BadCell(column, found[:60] + "…", f"longer than {limit} characters")
    return found


def zip_code(row: Row, column: str) -> str:
    """Five digits, or nine with or without their hyphen, as written; empty where the file says nothing."""
    found = text(row, column, limit=10)
    if found and not ZIP.fullmatch(found):
        raise BadCell(column, found, "is no ZIP code")
    return found


def opeid(row: Row, column: str = "OPEID", *, length: int = 8) -> str:
    """Digits with their leading zeros put back; empty where there is none."""
    found = text(row, column, limit=20)
    if not found:
        return ""
    if not (found.isascii() and found.isdecimal()) or len(found) > length:
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
    match = re.match(r"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b", found)
    if not match:
        raise BadCell(column, found, "not a date of the form MM/DD/YYYY")
    month, day, year = (int(part) for part in match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise BadCell(column, found, "no such day") from None


def coordinate(row: Row, column: str, *, limit: float, low: float | None = None) -> float | None:
    """Degrees between `low` (else minus the limit) and the limit; None where the file has none."""
    found = row.get(column)
    if found in ("", "-1", "-2", "-3", "."):
        return None
    if not DECIMAL.match(found):
        raise BadCell(column, found, "not a number of degrees")
    number, low = float(found), -limit if low is None else low
    if not low <= number <= limit:
        raise BadCell(column, found, f"outside {low:g} to {limit:g}")
    return number
