"""One meaning per sentinel: from an agency's mark to a number with its note.

Every reader returns `(value, note)`: the note is a Missing reason beside None and a Quality beside a number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from directory.importers.errors import BadCell
from directory.vocab import Missing, Quality

if TYPE_CHECKING:
    from directory.importers.reading import Row

Cell = tuple[int | None, str]
#: "34,337", "$34337", "34337.0". No exponents: where a spreadsheet wrote one, digits are lost.
NUMBER = re.compile(r"^-?\$?([0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3})(\.[0-9]+)?$")

#: IPEDS: -1 not reported, -2 not applicable, -3 not available, -9 not active, a point for no value.
IPEDS: Final = {
    "-1": Missing.NOT_REPORTED,
    "-2": Missing.NOT_APPLICABLE,
    "-3": Missing.NOT_COLLECTED,
    "-9": Missing.NOT_APPLICABLE,
    ".": Missing.NOT_REPORTED,
    "": Missing.NOT_REPORTED,
}
#: The X… column beside an IPEDS number. J to P are imputed by different methods.
IPEDS_FLAG_MISSING: Final = {
    "A": Missing.NOT_APPLICABLE,
    "B": Missing.NOT_REPORTED,
    "D": Missing.NOT_REPORTED,
    "H": Missing.NOT_REPORTED,
    "Y": Missing.NOT_APPLICABLE,  # a professional program that the school does not have
}
IPEDS_FLAG_QUALITY: Final = {
    "R": Quality.REPORTED,
    "Z": Quality.IMPLIED,
    "C": Quality.CORRECTED,
    "G": Quality.IMPUTED,
    "J": Quality.IMPUTED,
    "K": Quality.IMPUTED,
    "L": Quality.IMPUTED,
    "N": Quality.IMPUTED,
    "P": Quality.IMPUTED,
}
#: Scorecard changed its words on 6 May 2024; files from before and after are read.
SCORECARD: Final = {
    "PrivacySuppressed": Missing.SUPPRESSED,
    "PS": Missing.SUPPRESSED,
    "NULL": Missing.NOT_REPORTED,
    "NA": Missing.NOT_REPORTED,
    "": Missing.NOT_REPORTED,
}


def number(row: Row, column: str, text: str, *, low: int = 0, high: int = 10_000_000) -> int:
    """A whole number within bounds; "34,337", "$34337" and "34337.0" are read, a fraction is rounded."""
    if not NUMBER.match(text):
        raise BadCell(column, text, "not a number")
    value = float(text.replace(",", "").replace("$", ""))
    if not low <= value <= high:
        raise BadCell(column, text, f"outside {low} to {high}")
    return round(value)


def ipeds(row: Row, column: str, *, flag: str = "", low: int = 0) -> Cell:
    """An IPEDS number with its X… flag, if the file has one. An absent column reads as not collected."""
    if not row.has(column):
        return None, Missing.NOT_COLLECTED
    text = row[column]
    mark = row.get(flag or f"X{column}").upper()
    if len(mark) > 1 or (mark and not mark.isalpha()) or (mark == "R" and text in ("", ".")):
        raise BadCell(column, text, f"the flag beside it says {mark}: cells have moved to other columns")
    if text in IPEDS:
        return None, IPEDS_FLAG_MISSING.get(mark, IPEDS[text])
    return number(row, column, text, low=low), IPEDS_FLAG_QUALITY.get(mark, Quality.REPORTED)


def scorecard(row: Row, column: str, *, empty: Missing = Missing.NOT_REPORTED, low: int = 0) -> Cell:
    """A College Scorecard number. `empty` says what an empty cell means in this table."""
    if not row.has(column):
        return None, Missing.NOT_COLLECTED
    text = row[column]
    if text == "":
        return None, empty
    if text in SCORECARD:
        return None, SCORECARD[text]
    return number(row, column, text, low=low), Quality.REPORTED
