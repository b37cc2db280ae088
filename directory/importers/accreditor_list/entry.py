"""One row of an accreditor's list, read purely: cells by what their columns mean, values or BadCell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from directory.importers import cells
from directory.importers.accreditor_list.layout import Columns
from directory.importers.accreditor_list.words import levels_of, plain_word, status_of
from directory.importers.dapip_schools import PARENT, plain
from directory.importers.errors import BadCell
from directory.importers.reading import Row
from directory.vocab import STATES as NAMES

BRANCH: Final = 8  # digits of an OPEID with its branch
CIP: Final = re.compile(r"[0-9]{2}(\.[0-9]{2}([0-9]{2})?)?")
ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(T00:00:00)?")
YEAR: Final = re.compile(r"(19|20)[0-9]{2}([-–/][0-9]{2,4})?")
FIRST_DAY: Final = dt.date(1880, 1, 1)
CODES: Final = {name.casefold(): code for code, name in NAMES.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the list says that a program publishes of its graduates; None where it says nothing."""

    graduation: str | None
    employment: str | None
    third_name: str
    third_value: str
    year: str
    url: str

    @property
    def says_something(self) -> bool:
        return any((self.graduation, self.employment, self.third_value))


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says. `levels` are the IPEDS award levels that its words can mean."""

    line: int
    school: str
    unitid: int | None
    opeid: str
    city: str
    state: str
    program: str
    level: str
    levels: frozenset[int]
    cip: str
    status: str
    since: dt.date | None
    ended_on: dt.date | None
    next_review: str
    outcome: Outcome

    @property
    def parents(self) -> frozenset[str]:
        """The six digits that the OPEID can begin with; two readings where zeros may have been eaten."""
        if not self.opeid:
            return frozenset()
        as_branch = self.opeid.zfill(BRANCH)[:PARENT]
        return frozenset({as_branch} if len(self.opeid) > PARENT else {as_branch, self.opeid.zfill(PARENT)})

    @property
    def label(self) -> str:
        place = ", ".join(part for part in (self.city, self.state) if part)
        what = ", ".join(part for part in (self.program, self.level) if part)
        return "; ".join(part for part in (self.school, place, what) if part)[:300]

    @property
    def key(self) -> str:
        """The same for the same entry in another list: who and what it names, not how that stands."""
        said = (self.unitid or "", self.opeid, plain(self.school), plain_word(self.city), self.state,
                plain(self.program), plain_word(self.level), self.cip)  # fmt: skip
        return sha256("|".join(map(str, said)).encode()).hexdigest()


def read_entry(
    line: int, row_cells: Sequence[str], columns: Columns, *, words: Mapping[str, str], otherwise: str
) -> Entry:
    """The entry of a row. BadCell says which meaning could not be read.

    `words` are the accreditor's own words for a status; `otherwise` is the status of rows that name none.
    """
    row = Row(line, list(row_cells), dict(columns))
    level = cells.text(row, "level", limit=120)
    program = cells.text(row, "program", limit=255)
    levels = levels_of(level) if level else levels_of(program)
    if level and not levels:
        raise BadCell("level", level, "no award level that is known")
    return Entry(
        line=line,
        school=cells.text(row, "school", limit=200, required=True),
        unitid=cells.unitid(row, "unitid") if row.get("unitid") else None,
        opeid=_opeid(row),
        city=cells.text(row, "city", limit=80),
        state=_state(row),
        program=program,
        level=level,
        levels=levels,
        cip=_cip(row),
        status=_status(row, words, otherwise),
        since=_date(row, "since"),
        ended_on=_date(row, "ended_on", future=True),
        next_review=cells.text(row, "next_review", limit=40),
        outcome=_outcome(row),
    )


def _opeid(row: Row) -> str:
    """The digits as they stand there: six name a parent, eight a branch, and spreadsheets eat zeros."""
    found = cells.text(row, "opeid", limit=20).replace("-", "")
    if found and not (found.isascii() and found.isdecimal() and 3 <= len(found) <= BRANCH):
        raise BadCell("opeid", found, "not a number of six or eight digits")
    return found


def _state(row: Row) -> str:
    found = cells.text(row, "state", limit=40)
    code = CODES.get(found.casefold(), found.upper())
    if found and code not in NAMES:
        raise BadCell("state", found, "no state that is known")
    return code


def _cip(row: Row) -> str:
    found = cells.text(row, "cip", limit=20)
    if re.fullmatch(r"[0-9]\.[0-9]+", found):
        found = f"0{found}"  # a spreadsheet ate the leading zero
    if found and not CIP.fullmatch(found):
        raise BadCell("cip", found, "not a CIP code")
    return found


def _status(row: Row, words: Mapping[str, str], otherwise: str) -> str:
    said = cells.text(row, "status", limit=120)
    if not said and "status" not in row.index:
        return otherwise
    meant = words.get(plain_word(said)) or status_of(said)
    if not meant:
        raise BadCell("status", said, "nobody has said yet what this word means" if said else "is empty")
    return meant


def _date(row: Row, column: str, *, future: bool = False) -> dt.date | None:
    text = cells.text(row, column, limit=40)
    if not text or text == "-":
        return None
    if re.fullmatch(r"[0-9]{4}", text):
        return None  # a year alone is no day, and 1 January would be invented
    if iso := ISO.fullmatch(text):
        parts = (int(iso[1]), int(iso[2]), int(iso[3]))
    else:
        day = cells.us_date(row, column)
        if day is None:
            return None
        parts = (day.year, day.month, day.day)
    try:
        found = dt.date(*parts)
    except ValueError:
        raise BadCell(column, text, "no such day") from None
    if found < FIRST_DAY or found.year > 2100:
        raise BadCell(column, text, "not a possible day")
    return found


def _outcome(row: Row) -> Outcome:
    year = cells.text(row, "outcomes_year", limit=40)
    url = cells.text(row, "outcomes_url", limit=500)
    third = cells.text(row, "third_value", limit=200)
    found = Outcome(
        graduation=_percent(row, "graduation_rate"),
        employment=_percent(row, "employment_rate"),
        third_name=cells.text(row, "third_name", limit=120),
        third_value=third,
        year=year,
        url=url,
    )
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise BadCell("outcomes_url", url, "not a web address")
    if found.says_something and not YEAR.search(year):
        raise BadCell("outcomes_year", year, "published outcomes need their year, such as 2024 or 2023-24")
    if third and not found.third_name:
        raise BadCell("third_name", "", "the third measure needs its name")
    return found


def _percent(row: Row, column: str) -> str | None:
    """A rate between 0 and 100 as a list writes it (87, 87%, 87.5 %); a workbook's 0.87 says itself what it is not."""
    text = cells.text(row, column, limit=40).removesuffix("%").strip()
    if not text or text.casefold() in ("n/a", "na", "-", "not published"):
        return None
    try:
        number = float(text)
    except ValueError:
        raise BadCell(column, text, "not a percentage") from None
    if not 0 <= number <= 100:
        raise BadCell(column, text, "outside 0 to 100")
    if 0 < number < 1:
        raise BadCell(column, text, "is it a share? Write percentages: 87 for 0.87")
    return f"{number:g}"
