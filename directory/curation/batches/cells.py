"""A value as the cell of a spreadsheet, and what a cell asks for. Pure: asks no database.

Spreadsheets change what they open: they drop the zeros before a ZIP code, write days in their own order and run what
looks like a formula. What stands in a cell as the export wrote it asks for nothing, whatever it is.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models

from directory.curation.batches.columns import empty_problem, form_field, model_field, plain
from directory.vocab import CONTROL_SLUG

#: An empty cell leaves the value as it is; this one takes it away.
CLEAR: Final = "(clear)"
#: A spreadsheet reads a cell that begins so as a formula, and may run it.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", *"＝＋－＠")
YES: Final = frozenset({"yes", "true", "1"})
NO: Final = frozenset({"no", "false", "0"})
ZIP_DIGITS: Final = 5
#: Digits that are left of a ZIP code without its zeros; none begins with three of them.
WITHOUT_ZEROS: Final = (3, 4)
#: Degrees; a spreadsheet keeps fifteen digits of a number.
SAME_POINT: Final = 1e-9


class Formula(str):
    """The text of a cell that a workbook marks as a formula."""


class Leave:
    """What a cell asks for that leaves the value as it is."""


LEAVE: Final = Leave()


def written(kind: str, column: str, kept: Any) -> str:
    """The cell of a plain value; empty for nothing. Text that a spreadsheet would run begins with an apostrophe."""
    if kept is None or kept == "":
        return ""
    if isinstance(kept, bool):
        return "yes" if kept else "no"
    if column == "control":
        return CONTROL_SLUG.get(kept, "unknown")
    if isinstance(kept, (int, float)):
        return repr(kept)
    return guarded(str(kept))


def guarded(text: str) -> str:
    """The text so that no spreadsheet runs it, and so that `bare` gives it back."""
    inner = text.lstrip("'")
    return f"'{text}" if inner.startswith(FORMULA) or inner.strip().casefold() == CLEAR else text


def bare(text: str) -> str:
    """The text without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def asked(kind: str, column: str, cell: str, kept: Any) -> Any:
    """The value that a cell asks for, of the column's own type, or LEAVE. `kept` is the plain value that stands there.

    Raises ValidationError, in words for whoever filled the cell in.
    """
    if isinstance(cell, Formula):
        raise ValidationError("This cell is a formula. Write its value instead.")
    text = cell.replace("\r\n", "\n")
    if text == written(kind, column, kept).replace("\r\n", "\n") or not text.strip():
        return LEAVE
    text = text.strip()
    if text.casefold() == CLEAR:
        return _cleared(kind, column, kept)
    field = model_field(kind, column)
    if not isinstance(field, models.FloatField | models.IntegerField) and text.startswith(FORMULA):
        raise ValidationError("This begins as a formula does. Put an apostrophe before it if you mean the text.")
    value = _read(kind, column, bare(text))
    return LEAVE if _same(column, plain(value), kept) else value


def _cleared(kind: str, column: str, kept: Any) -> Any:
    if said := empty_problem(kind, column):
        raise ValidationError(said)
    nothing = None if model_field(kind, column).null else ""
    return LEAVE if kept == nothing else nothing


def _read(kind: str, column: str, text: str) -> Any:
    field = model_field(kind, column)
    if isinstance(field, models.BooleanField):
        if text.casefold() in YES | NO:
            return text.casefold() in YES
        raise ValidationError("Write yes or no.")
    if isinstance(field, models.DateField):
        return _day(text)
    if column == "zip_code" and text.isdecimal() and len(text) in WITHOUT_ZEROS and text[0] != "0":
        return text.zfill(ZIP_DIGITS)
    if field.choices:
        return _choice(column, field, text)
    if column == "state":
        text = text.upper()
    if isinstance(field, models.IntegerField):
        text = text.removesuffix(".0")
    value = form_field(kind, column).clean(text)
    for validator in field.validators:
        validator(value)
    return value


def _choice(column: str, field: Any, text: str) -> Any:
    names = {str(label).casefold(): value for value, label in field.flatchoices}
    names |= {str(value).casefold(): value for value, _ in field.flatchoices}
    if column == "control":
        names |= {slug: code for code, slug in CONTROL_SLUG.items()} | {"unknown": -3}
    if text.casefold() not in names:
        known = [CONTROL_SLUG.get(value, "unknown") if column == "control" else value for value, _ in field.flatchoices]
        raise ValidationError(f"Write one of: {', '.join(known)}.")
    return names[text.casefold()]


def _day(text: str) -> dt.date:
    for pattern in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValidationError("Write the day as 2025-05-31.")


def _same(column: str, value: Any, kept: Any) -> bool:
    if isinstance(value, float) and isinstance(kept, float):
        return abs(value - kept) < SAME_POINT
    return bool(value == kept) and type(value) is type(kept)
