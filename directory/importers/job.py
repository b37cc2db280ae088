"""One file on its way in: which rows of it are wanted, how they are read, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from directory.importers.errors import BadCell, Leftover, Refused
from directory.importers.reading import Row, Table
from directory.importers.stage import Repeat

UNREADABLE = re.compile("[\x00\udc80-\udcff]")  # NUL, and bytes that the encoding does not know
KEPT_REJECTS = 1_000
QUOTE = '"'


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
    first_fault: Reject | None = None  # the first row that cannot be read
    families: set[str] = field(default_factory=set)
    progress: Callable[[int, float], None] = lambda rows, fraction: None
    on_reject: Callable[[Reject], None] = lambda reject: None

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
        if last is not None:
            self._refuse_if_torn(*last)
            if (row := self._row(*last)) and not self._may_be_cut(row):
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

    def _refuse_if_torn(self, line: int, cells: list[str]) -> None:
        """Refused when the last row lacks cells."""
        width = len(self.table.header)
        if len(cells) < width and not self.table.sheet:
            raise Refused(
                f"{self.table.name} ends in the middle of line {line} ({len(cells)} of {width} cells): "
                "the file is cut off. Download it again."
            )

    def _may_be_cut(self, row: Row) -> bool:
        """Whether the last cell of the last row is needed and may not be all there; the row is rejected then."""
        at = len(self.table.header) - 1
        if not (self.last_line_ends and self.table.ends_open() and at in self.index.values()):
            return False
        reason = "the file ends here without a line end, so the cell may be cut off; add one if it is whole"
        self.reject(row.line, BadCell(self.table.header[at], row.cells[at], reason))
        return True

    def _damage(self, cells: list[str], width: int) -> BadCell | None:
        """Why the row is not what its publisher wrote, as far as its form tells.

        The cells of such a row may be those of another column, or of other rows: what stands in them may name a person
        and is not kept. The line says where to look.
        """
        if len(cells) < width and not self.table.sheet:
            swallowed = sum(cell.count("\n") for cell in cells)
            also = f"; a quotation mark swallows the {swallowed} lines that follow" if swallowed else ""
            return BadCell("", "", f"{len(cells)} cells for {width} columns{also}")
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            return BadCell("", "", f"{len(cells)} cells for {width} columns")
        text = "\n".join(cells)  # one search a row instead of one a cell
        if UNREADABLE.search(text):
            return BadCell("", "", "holds characters that cannot be read")
        if text.count("\n") >= len(cells) and (at := _first(cells, self._swallows)) is not None:
            lines = cells[at].count("\n")
            return BadCell(self._name(at), "", f"a quotation mark swallows the {lines} lines that follow")
        if QUOTE in text and (at := _first(cells, _half_quoted)) is not None:
            return BadCell(self._name(at), "", "a quotation mark stands alone; the row may have lost its shape")
        return None

    def _name(self, at: int) -> str:
        return self.table.header[at] if at < len(self.table.header) else ""

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
        reject = Reject(line, error.column[:80], error.value[:200], error.reason[:300])
        if self.first_fault is None and not isinstance(error, Leftover):
            self.first_fault = reject
        self.on_reject(reject)
        if len(self.rejects) < KEPT_REJECTS:
            self.rejects.append(reject)

    def reject_repeats(self, repeats: Iterable[Repeat], *, column: str) -> None:
        """Note rows whose key stood in the file before. Where they say something else, the key may be the damage."""
        for line, first, same in repeats:
            if same:
                self.reject(line, Leftover(column, "", f"says again what line {first} says"))
            else:
                self.reject(line, BadCell(column, "", f"contradicts line {first}, which has the same key"))


def _first(cells: list[str], test: Callable[[str], bool]) -> int | None:
    return next((at for at, cell in enumerate(cells) if test(cell)), None)


def _half_quoted(cell: str) -> bool:
    """A quotation mark at one end that nothing closes: what is left when one of a pair is lost."""
    cell = cell.strip()
    return cell.count(QUOTE) % 2 == 1 and (cell.startswith(QUOTE) or cell.endswith(QUOTE))
