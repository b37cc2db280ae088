"""What every importer has in common: finding its columns, and the way from rows to a stage.

An importer names its official columns, reads one row purely (`parse`), and says where the records go (`load`). It
never decides about transactions, releases or overrides: the pipeline does.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from directory.importers.errors import BadCell, Leftover, Refused
from directory.importers.merge import Changes
from directory.importers.reading import Row, Table, clean
from directory.importers.stage import Repeat
from directory.models import FieldOfStudy, Release, School
from directory.vocab import Source

FOOTNOTE = re.compile(r"\s*\[\d+\]\s*$")
UNREADABLE = re.compile("[\x00\udc80-\udcff]")  # NUL, and bytes that the encoding does not know
HEADER_DEPTH = 12  # agencies put a title and some lines of explanation above the header
KEPT_REJECTS = 1_000
QUOTE = '"'


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its official name. `also` are names in other years, `like` a pattern for names that hold a year."""

    name: str
    also: tuple[str, ...] = ()
    like: str = ""
    required: bool = True

    def fits(self, header: str) -> bool:
        folded = header.casefold()
        if folded == self.name.casefold() or folded in (other.casefold() for other in self.also):
            return True
        return bool(self.like and re.fullmatch(self.like, header, re.IGNORECASE))


def optional(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, required=False) for name in names)


def required(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


@dataclass(frozen=True, slots=True)
class Vintage:
    """When a release is from. `rank` orders the releases of one source, `year` is the IPEDS year of the file."""

    label: str
    rank: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which fields of study are wanted. No codes means all."""

    cips: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join(self.cips) or "all"

    def wants(self, cip: str) -> bool:
        """A six-digit code is wanted by itself or by its family."""
        return not self.cips or any(cip.startswith(wanted) for wanted in self.cips)

    def wants_all_of(self, family: str) -> bool:
        """Whether every code of a four-digit family is wanted."""
        return not self.cips or any(family.startswith(wanted) for wanted in self.cips)

    def __or__(self, other: Scope) -> Scope:
        """What either of the two wants."""
        if not (self.cips and other.cips):
            return Scope()
        both = {*self.cips, *other.cips}
        return Scope(
            tuple(sorted(cip for cip in both if not any(cip != wide and cip.startswith(wide) for wide in both)))
        )

    @classmethod
    def named(cls, text: str) -> Scope:
        """The scope that prints as this text."""
        return cls(() if text == "all" else tuple(text.split(", ")))

    def wants_family(self, family: str) -> bool:
        """A four-digit family is wanted when any code of it is."""
        return not self.cips or any(wanted.startswith(family) or family.startswith(wanted) for wanted in self.cips)


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that stays out, and why."""

    line: int
    column: str
    value: str
    reason: str


@dataclass
class Job:
    """One file on its way in: its rows, what became of them, and the ids that rows refer to."""

    table: Table
    index: dict[str, int]
    scope: Scope
    vintage: Vintage
    newest: bool = True
    last_line_ends: bool = True
    read: int = 0
    skipped: int = 0
    rejected: int = 0
    unreadable: int = 0
    rejects: list[Reject] = field(default_factory=list)
    families: set[str] = field(default_factory=set)
    progress: Callable[[int, float], None] = lambda rows, fraction: None

    _rejected_line: int = 0

    @property
    def accepted(self) -> int:
        return max(0, self.read - self.skipped - self.rejected)

    @property
    def answers_for(self) -> set[str]:
        """Families, or single codes of them, of which this file tells everything there is."""
        wanted = self.scope.cips
        return {
            code
            for family in self.families
            for code in (
                [family] if self.scope.wants_all_of(family) else [cip for cip in wanted if cip.startswith(family)]
            )
        }

    @property
    def whole(self) -> bool:
        """Whether every row could be read. Only then does the absence of a row say anything."""
        return not self.unreadable

    def rows(self) -> Iterator[Row]:
        """Data rows with as many cells as the header; others are rejected, a broken last row refuses the file."""
        last: tuple[int, list[str]] | None = None
        for each in self.table.rows:
            if last is not None and (row := self._row(*last)):
                yield row
            last = each  # held back, because the last row is judged more sharply
            self.read += 1
            if self.read % 2_000 == 0:
                self.progress(self.read, self.table.fraction())
        if last is not None and self._complete(*last) and (row := self._row(*last)):
            yield row
        self.progress(self.read, 1.0)

    def _row(self, line: int, cells: list[str]) -> Row | None:
        """The row, or None when its form tells that it is damaged; it is rejected then."""
        width = len(self.table.header)
        if error := self._damage(cells, width):
            self.reject(line, error)
            return None
        cells += [""] * (width - len(cells))  # sheets do not write empty cells at the end of a row
        return Row(line, cells, self.index)

    def _complete(self, line: int, cells: list[str]) -> bool:
        """Whether the last row is all there; Refused when it lacks cells."""
        width = len(self.table.header)
        if len(cells) < width and not self.table.sheet:
            raise Refused(
                f"{self.table.name} ends in the middle of line {line} ({len(cells)} of {width} cells): "
                "the file is cut off. Download it again."
            )
        if self.last_line_ends and self.table.ends_open() and width - 1 in self.index.values():
            name = self.table.header[-1]
            reason = "the file ends here without a line end, so the cell may be cut off; add one if it is whole"
            self.reject(line, BadCell(name, cells[width - 1], reason))
            return False
        return True

    def _damage(self, cells: list[str], width: int) -> BadCell | None:
        """Why the row is not what its publisher wrote, as far as its form tells."""
        if len(cells) < width and not self.table.sheet:
            swallowed = sum(cell.count("\n") for cell in cells)
            also = f"; a quotation mark swallows the {swallowed} lines that follow" if swallowed else ""
            return BadCell("", "", f"{len(cells)} cells for {width} columns{also}")
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            return BadCell("", "", f"{len(cells)} cells for {width} columns")
        text = "\n".join(cells)  # one search a row instead of one a cell
        if UNREADABLE.search(text):
            return BadCell("", "", "holds characters that cannot be read")
        if text.count("\n") >= len(cells) and (cell := next(filter(self._swallows, cells), "")):
            return BadCell("", cell, f"a quotation mark swallows the {cell.count(chr(10))} lines that follow")
        if QUOTE in text and (cell := next(filter(_half_quoted, cells), "")):
            return BadCell("", cell, "a quotation mark stands alone; the row may have lost its shape")
        return None

    def _swallows(self, cell: str) -> bool:
        """Whether a cell of several lines holds what looks like whole rows."""
        needed = max(1, len(self.table.header) - 1)
        return any(line.count(self.table.delimiter) >= needed for line in cell.split("\n")[1:])

    def reject(self, line: int, error: BadCell) -> None:
        """Note that a row stays out. A row that is rejected for several of its records counts once."""
        if line != self._rejected_line:
            self.rejected += 1
            self.unreadable += not isinstance(error, Leftover)
        self._rejected_line = line
        if len(self.rejects) < KEPT_REJECTS:
            self.rejects.append(Reject(line, error.column[:80], error.value[:200], error.reason[:300]))

    def reject_repeats(self, repeats: Iterable[Repeat], *, column: str) -> None:
        """Note rows whose key stood in the file before. Where they say something else, the key may be the damage."""
        for line, first, same in repeats:
            if same:
                self.reject(line, Leftover(column, "", f"says again what line {first} says"))
            else:
                self.reject(line, BadCell(column, "", f"contradicts line {first}, which has the same key"))


class Known:
    """Ids that rows refer to, read once per import: some 6,000 schools and 2,800 fields of study."""

    @cached_property
    def schools(self) -> dict[int, int]:
        pairs = School.objects.exclude(unitid=None).values_list("unitid", "pk")
        return {unitid: pk for unitid, pk in pairs if unitid is not None}

    @cached_property
    def fields(self) -> dict[str, int]:
        return dict(FieldOfStudy.objects.values_list("cip", "pk"))

    def school(self, unitid: int, *, column: str = "UNITID") -> int:
        found = self.schools.get(unitid)
        if found is None:
            raise Leftover(column, str(unitid), "no such school; load the IPEDS directory (HD) of that year first")
        return found

    def field(self, cip: str, *, column: str = "CIPCODE") -> int:
        found = self.fields.get(cip)
        if found is None:
            raise Leftover(column, cip, "no such code in the CIP list; load CIP 2020 first")
        return found


Apply = Callable[[Release], Changes]


class Layout:
    """How one table of a file is told from others: by its columns, and in a workbook by its sheet."""

    source: ClassVar[Source]
    columns: ClassVar[tuple[Column, ...]]
    #: IPEDS counts files by years and means academic ones: 0 when HD2024 is of 2024-25, -1 when C2024_A is of 2023-24.
    academic_year: ClassVar[int | None] = None
    #: Whether the publisher ends the last line too; else a file without that line end may be cut off.
    last_line_ends: ClassVar[bool] = True
    #: A pattern that the sheet's title must match, for workbooks with several tables.
    sheet: ClassVar[str] = ""

    def reads_sheet(self, title: str) -> bool:
        """Whether a sheet of this title can be the table; csv files have no title and always can."""
        return not (self.sheet and title) or bool(re.search(self.sheet, title, re.IGNORECASE))

    def match(self, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
        """(column -> position, names of required columns that are missing)."""
        index: dict[str, int] = {}
        missing: list[str] = []
        for column in self.columns:
            places = [at for at, name in enumerate(header) if column.fits(name)]
            # an optional column may fit several years' names, but no name stands in a header twice
            if len(places) > 1 and (column.required or len({header[at].casefold() for at in places}) < len(places)):
                missing.append(f"{column.name} (it stands there {len(places)} times)")
            elif places:
                index[column.name] = places[0]
            elif column.required:
                missing.append(column.name)
        return index, missing


class Importer(Layout, ABC):
    """One official file. Subclasses say what they read; the base finds the table in the file."""

    #: Sources that must have been loaded before, because rows refer to them.
    needs: ClassVar[tuple[Source, ...]] = ()
    #: Sources that come first when a folder has both, though nothing fails without them.
    follows: ClassVar[tuple[Source, ...]] = ()
    #: Whether `--cip` narrows the file.
    by_cip: ClassVar[bool] = False
    #: Whether the search table depends on it.
    feeds_listings: ClassVar[bool] = True
    #: Whether facts of several vintages live side by side; otherwise an older release is refused.
    yearly: ClassVar[bool] = False

    def claims(self, header: Sequence[str]) -> bool:
        """A second look when a file is recognised by its header alone, where two sources share their columns."""
        return True

    @abstractmethod
    def vintage(self, table: Table) -> Vintage | None:
        """The vintage as the file or its name tells it; None when neither does."""

    def told(self, vintage: Vintage) -> Vintage:
        """A vintage that a person typed, in the words of this source: "2024" and "2023-24" may be one file."""
        if self.academic_year is None or vintage.year is None or vintage.rank != vintage.year * 100:
            return vintage
        first = vintage.year if "-" in vintage.label else vintage.year + self.academic_year
        year = first - self.academic_year
        return Vintage(f"{first}-{(first + 1) % 100:02d}", year * 100, year)

    @abstractmethod
    def parse(self, row: Row) -> Iterable[Any]:
        """Records of one row: none when the row is a total or an empty line. Pure; raises BadCell."""

    @abstractmethod
    def stage(self, job: Job, known: Known) -> AbstractContextManager[Apply]:
        """Read the whole file into stages; yields a function that brings them in under a given release."""


def _half_quoted(cell: str) -> bool:
    """A quotation mark at one end that nothing closes: what is left when one of a pair is lost."""
    cell = cell.strip()
    return cell.count(QUOTE) % 2 == 1 and (cell.startswith(QUOTE) or cell.endswith(QUOTE))


def tidy_header(cells: Sequence[str]) -> list[str]:
    """Header names as importers compare them: stripped, unwrapped, without BOM and footnote mark."""
    return [FOOTNOTE.sub("", " ".join(clean(cell.lstrip("\ufeff")).split())) for cell in cells]
