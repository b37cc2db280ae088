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

from directory.importers.errors import BadCell, Refused
from directory.importers.merge import Changes
from directory.importers.reading import Row, Table, clean
from directory.models import FieldOfStudy, Release, School
from directory.vocab import Source

FOOTNOTE = re.compile(r"\s*\[\d+\]\s*$")
UNREADABLE = re.compile("[\x00\udc80-\udcff]")  # NUL, and bytes that the encoding does not know
HEADER_DEPTH = 12  # agencies put a title and some lines of explanation above the header
KEPT_REJECTS = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its official name. `also` are names in other years, `like` a pattern for names with a year in them."""

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
    read: int = 0
    skipped: int = 0
    rejected: int = 0
    rejects: list[Reject] = field(default_factory=list)
    families: set[str] = field(default_factory=set)
    progress: Callable[[int, float], None] = lambda rows, fraction: None

    @property
    def accepted(self) -> int:
        return self.read - self.skipped - self.rejected

    def rows(self) -> Iterator[Row]:
        """Data rows with as many cells as the header; others are rejected, a broken last row refuses the file."""
        width = len(self.table.header)
        previous: tuple[int, int] | None = None
        for line, cells in self.table.rows:
            if previous is not None:
                self._too_short(*previous, width)
            previous = None
            self.read += 1
            if self.read % 2_000 == 0:
                self.progress(self.read, self.table.fraction())
            if len(cells) < width and not self.table.sheet:
                previous = (line, len(cells))
                continue
            if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                self.reject(line, BadCell("", "", f"{len(cells)} cells for {width} columns"))
                continue
            cells += [""] * (width - len(cells))  # sheets do not write empty cells at the end of a row
            if any(UNREADABLE.search(cell) for cell in cells):
                self.reject(line, BadCell("", "", "holds characters that cannot be read"))
                continue
            yield Row(line, cells, self.index)
        if previous is not None:
            raise Refused(
                f"{self.table.name} ends in the middle of line {previous[0]} ({previous[1]} of {width} cells): "
                "the file is cut off. Download it again."
            )
        self.progress(self.read, 1.0)

    def _too_short(self, line: int, cells: int, width: int) -> None:
        self.reject(line, BadCell("", "", f"{cells} cells for {width} columns"))

    def reject(self, line: int, error: BadCell) -> None:
        self.rejected += 1
        if len(self.rejects) < KEPT_REJECTS:
            self.rejects.append(Reject(line, error.column[:80], error.value[:200], error.reason[:300]))


class Known:
    """Ids that rows refer to, read once per import: some 6,000 schools and 2,800 fields of study."""

    @cached_property
    def schools(self) -> dict[int, int]:
        return dict(School.objects.exclude(unitid=None).values_list("unitid", "pk"))

    @cached_property
    def fields(self) -> dict[str, int]:
        return dict(FieldOfStudy.objects.values_list("cip", "pk"))

    def school(self, unitid: int, *, column: str = "UNITID") -> int:
        found = self.schools.get(unitid)
        if found is None:
            raise BadCell(column, str(unitid), "no such school; load the IPEDS directory (HD) of that year first")
        return found

    def field(self, cip: str, *, column: str = "CIPCODE") -> int:
        found = self.fields.get(cip)
        if found is None:
            raise BadCell(column, cip, "no such code in the CIP list; load CIP 2020 first")
        return found


Apply = Callable[[Release], Changes]


class Importer(ABC):
    """One official file. Subclasses say what they read; the base finds the table in the file."""

    source: ClassVar[Source]
    columns: ClassVar[tuple[Column, ...]]
    #: Sources that must have been loaded before, because rows refer to them.
    needs: ClassVar[tuple[Source, ...]] = ()
    #: Whether `--cip` narrows the file.
    by_cip: ClassVar[bool] = False
    #: Whether the search table depends on it.
    feeds_listings: ClassVar[bool] = True
    #: Whether facts of several vintages live side by side; otherwise an older release is refused.
    yearly: ClassVar[bool] = False
    #: A pattern that the sheet's title must match, for workbooks with several tables.
    sheet: ClassVar[str] = ""

    def reads_sheet(self, title: str) -> bool:
        """Whether a sheet of this title can be the table; csv files have no title and always can."""
        return not (self.sheet and title) or bool(re.search(self.sheet, title, re.IGNORECASE))

    def claims(self, header: Sequence[str]) -> bool:
        """A second look when a file is recognised by its header alone, where two sources share their columns."""
        return True

    def match(self, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
        """(column -> position, names of required columns that are missing)."""
        index: dict[str, int] = {}
        missing: list[str] = []
        for column in self.columns:
            places = [at for at, name in enumerate(header) if column.fits(name)]
            if len(places) > 1 and column.required:
                missing.append(f"{column.name} (it stands there {len(places)} times)")
            elif places:
                index[column.name] = places[0]
            elif column.required:
                missing.append(column.name)
        return index, missing

    @abstractmethod
    def vintage(self, table: Table) -> Vintage | None:
        """The vintage as the file or its name tells it; None when neither does."""

    @abstractmethod
    def parse(self, row: Row) -> Iterable[Any]:
        """Records of one row: none when the row is a total or an empty line. Pure; raises BadCell."""

    @abstractmethod
    def stage(self, job: Job, known: Known) -> AbstractContextManager[Apply]:
        """Read the whole file into stages; yields a function that brings them in under a given release."""


def tidy_header(cells: Sequence[str]) -> list[str]:
    """Header names as importers compare them: stripped, unwrapped, without BOM and footnote mark."""
    return [FOOTNOTE.sub("", " ".join(clean(cell.lstrip("\ufeff")).split())) for cell in cells]
