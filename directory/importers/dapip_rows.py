"""Rows of DAPIP's records and actions, read purely."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from hashlib import sha256

from directory.importers import cells
from directory.importers.base import Layout, optional, required
from directory.importers.dapip_schools import dapip_number
from directory.importers.errors import BadCell
from directory.importers.reading import Row
from directory.vocab import AccreditationStatus, Source

WHOLE_SCHOOL = "Institutional Accreditation"
STATUS = {str(each.label).casefold(): each for each in AccreditationStatus} | {
    "denied accreditation": AccreditationStatus.DENIED,
}
#: Typing errors occur: 8014, 2114. The oldest school is of 1636, and nothing ends after this century.
FIRST_YEAR, LAST_YEAR = 1636, 2099
US_DATE = re.compile(r"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})$")
ISO_DATE = re.compile(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})(T[0-9:.]+)?$")
MIDNIGHT = " 12:00:00 AM"
LONGEST_DATE = 40
#: Begins the keys of what is ours in the tables of accreditation.
PREFIX = "dapip-"
KEY = ("DapipId", "AgencyId", "ProgramId", "SequentialId")
RECORD_COLUMNS = (
    *required(*KEY, "AgencyName", "ProgramName"),
    *required("AccreditationStatus", "AccreditationDate", "AccreditationEndDate"),
    *optional("ReviewDate"),
)
#: What an action says; together with its record it is the key, because DAPIP gives actions none.
SAID = ("ActionDescription", "ActionDate", "JustificationDescription", "EndDate")


class ActionLayout(Layout):
    """AccreditationActions. Its other free text, in which names occur, is not read."""

    source = Source.DAPIP
    columns = (
        *required(*KEY, "ActionDescription", "ActionDate"),
        *optional("JustificationDescription", "EndDate"),
    )


@dataclass(frozen=True, slots=True)
class RecordRow:
    """An agency's record of a school or program; `next_review` and `note` keep what cannot be a date."""

    agency_id: int
    agency: str
    key: str
    program_name: str
    status: AccreditationStatus
    since: dt.date | None
    ended_on: dt.date | None
    next_review: str
    note: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A dated decision in the history of a record."""

    key: str
    record_key: str
    description: str
    reason: str
    on: dt.date | None
    on_text: str


def parse_record(row: Row) -> RecordRow:
    status = STATUS.get(row["AccreditationStatus"].casefold())
    if status is None:
        raise BadCell("AccreditationStatus", row["AccreditationStatus"], "not a status that DAPIP uses")
    # DAPIP leaves the status when accreditation ends; without the date it would pass for a current one.
    ended_on, ended_text = _date(row, "AccreditationEndDate")
    if ended_text and not ended_on:
        raise BadCell("AccreditationEndDate", ended_text, "not a possible date")
    since, since_text = _date(row, "AccreditationDate")
    program = cells.text(row, "ProgramName", limit=255, required=True)
    return RecordRow(
        agency_id=cells.whole(row, "AgencyId"),
        agency=cells.text(row, "AgencyName", limit=200, required=True),
        key=_key(row),
        program_name="" if program == WHOLE_SCHOOL else program,
        status=status,
        since=since,
        ended_on=ended_on,
        next_review=_as_published(row, "ReviewDate"),
        note=f"Accreditation date as published: {since_text}" if since_text and not since else "",
    )


def parse_action(row: Row) -> ActionRow:
    on, text = _date(row, "ActionDate")
    record = _key(row)
    said = "|".join(row.get(name) for name in SAID)
    return ActionRow(
        key=f"{record}-{sha256(said.encode()).hexdigest()[:16]}",
        record_key=record,
        description=cells.text(row, "ActionDescription", limit=255, required=True),
        reason=cells.text(row, "JustificationDescription", limit=255),
        on=on,
        on_text="" if on else text,
    )


def _key(row: Row) -> str:
    return PREFIX + "-".join(dapip_number(row, name) for name in KEY)


def _date(row: Row, column: str) -> tuple[dt.date | None, str]:
    """(the date if it is a possible one, the text as published)."""
    text = _as_published(row, column)
    if not (match := US_DATE.match(text)):
        return None, text
    month, day, year = (int(part) for part in match.groups())
    try:
        return (dt.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None), text
    except ValueError:
        return None, text


def _as_published(row: Row, column: str) -> str:
    """A date without the midnight behind it; real dates of a workbook are written as the csv has them."""
    text = row.get(column)
    if iso := ISO_DATE.match(text):
        return f"{iso[2]}/{iso[3]}/{iso[1]}"
    return "" if text == "-" else text.removesuffix(MIDNIGHT)[:LONGEST_DATE]
