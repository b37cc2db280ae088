"""What every importer has in common: finding its columns, and the way from rows to a stage.

An importer names its official columns, reads one row purely (`parse`), and says where the records go (`load`). It
never decides about transactions, releases or overrides: the pipeline does.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from directory.importers.errors import Leftover, Refused
from directory.importers.job import Job, Reject, Scope, Vintage
from directory.importers.merge import Changes
from directory.importers.reading import Row, Table, clean
from directory.models import FieldOfStudy, Release, School
from directory.vocab import Source

__all__ = [
    "Apply", "Column", "Importer", "Job", "Known", "Reject", "Scope", "Vintage", "optional", "required", "tidy_header",
]  # fmt: skip

FOOTNOTE = re.compile(r"\s*\[\d+\]\s*$")
HEADER_DEPTH = 12  # agencies put a title and some lines of explanation above the header


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

    def reads(self, table: Table) -> bool:
        """Whether the table can be this one, as far as its sheet or its name tells."""
        return self.reads_sheet(table.sheet)

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
        """A vintage that a person typed, in the words of this source: "2024" and "2023-24" may be one file.

        A file of an academic year has no month, so "2011-12" is that year here and not December 2011. Refused for
        any other month.
        """
        if self.academic_year is None or vintage.year is None:
            return vintage
        month = vintage.rank - vintage.year * 100
        if month:
            if month != (vintage.year + 1) % 100:
                raise Refused(f"{self.source.label} is of a year. Say which with --vintage 2024 or 2023-24.")
            year = vintage.year - self.academic_year
        elif vintage.label == str(vintage.year):
            year = vintage.year
        elif vintage.label.startswith(f"{vintage.year}-"):  # as typed; from a file, label and year differ already
            year = vintage.year - self.academic_year
        else:
            return vintage
        first = year + self.academic_year
        return Vintage(f"{first}-{(first + 1) % 100:02d}", year * 100, year)

    @abstractmethod
    def parse(self, row: Row) -> Iterable[Any]:
        """Records of one row: none when the row is a total or an empty line. Pure; raises BadCell."""

    @abstractmethod
    def stage(self, job: Job, known: Known) -> AbstractContextManager[Apply]:
        """Read the whole file into stages; yields a function that brings them in under a given release."""


def tidy_header(cells: Sequence[str]) -> list[str]:
    """Header names as importers compare them: stripped, unwrapped, without BOM and footnote mark."""
    return [FOOTNOTE.sub("", " ".join(clean(cell.lstrip("\ufeff")).split())) for cell in cells]
