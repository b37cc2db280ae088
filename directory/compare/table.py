"""One fact of several records in a row, and what the row says: the same, different, or not known. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from directory.figures import Figure
from directory.templatetags.figures import missing_label

Column = TypeVar("Column")


class Says(StrEnum):
    """What a row tells. Two unknowns are no difference, and neither is an unknown beside a known."""

    DIFFERS = "differs"
    SAME = "same"
    PARTLY = "partly"  # not known for some; the others agree
    NOTHING = "nothing"  # not known for any


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is known of one record, with its paperwork, or the words why it is not.

    Either a `figure`, or `value` in words; with neither, `missing` says why. `kind` stands before the value's own
    paperwork ("Estimated price"), `counts` is what is compared where that is not the value as it is written.
    """

    value: str = ""
    figure: Figure | None = None
    missing: str = ""
    kind: str = ""
    note: str = ""
    source: str = ""
    year: Any = ""
    source_url: str = ""
    url: str = ""
    badge: Mapping[str, Any] | None = None
    counts: str = ""

    @property
    def is_known(self) -> bool:
        return self.figure.value is not None if self.figure else bool(self.value)

    @property
    def why(self) -> str:
        """The words for its not being known."""
        return missing_label(self.figure) if self.figure else self.missing

    @property
    def key(self) -> Any:
        """What two entries must share to be the same. A dollar of 2022 and one of 2023 are the same amount."""
        return (self.figure.value, self.figure.unit) if self.figure else (self.counts or self.value).casefold()

    @classmethod
    def of(cls, row: Mapping[str, Any], **more: Any) -> Entry:
        """From a row as the fact tables of the records' own pages have it (`partials/facts_table.html`)."""
        figure = row.get("figure")
        if figure is not None:
            return cls(figure=figure, **more)
        value = str(row.get("value") or "")
        return cls(
            value=value,
            missing="" if value else str(row.get("reason") or "") or missing_label(row.get("missing")),
            note=str(row.get("note") or ""),
            source=str(row.get("source") or ""),
            year=row.get("year") or "",
            source_url=str(row.get("source_url") or ""),
            url=str(row.get("url") or ""),
            **more,
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """All that is known of one fact of one record. Pages may state a fact several times."""

    entries: tuple[Entry, ...]

    @property
    def is_known(self) -> bool:
        return any(entry.is_known for entry in self.entries)

    @property
    def key(self) -> frozenset[Any]:
        return frozenset(entry.key for entry in self.entries if entry.is_known)


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of all records, in their order."""

    label: str
    cells: tuple[Cell, ...]
    url: str = ""

    @property
    def unknown(self) -> int:
        """For how many records it is not known."""
        return sum(not cell.is_known for cell in self.cells)

    @property
    def says(self) -> Says:
        known = {cell.key for cell in self.cells if cell.is_known}
        if len(known) > 1:
            return Says.DIFFERS
        if not known:
            return Says.NOTHING
        return Says.PARTLY if self.unknown else Says.SAME

    @property
    def reason(self) -> str:
        """Why nothing is known for any record, where it is the same for all; "" otherwise."""
        if self.says != Says.NOTHING:
            return ""
        reasons = {entry.why for cell in self.cells for entry in cell.entries}
        return reasons.pop() if len(reasons) == 1 and not any(map(_has_more, self.cells)) else ""

    @property
    def mark(self) -> str:
        """The word beside the row's label; "" where all are the same."""
        if self.says == Says.DIFFERS:
            return "Differs"
        if self.says == Says.PARTLY:
            return f"Not known for {'one' if self.unknown == 1 else self.unknown}"
        if self.says == Says.NOTHING:
            return "Not known for either" if len(self.cells) == 2 else "Not known for any"
        return ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    title: str
    rows: tuple[Row, ...]

    @property
    def told(self) -> list[Row]:
        """The rows that stand as rows of a page: something is known, or not known for several reasons."""
        return [row for row in self.rows if not row.reason]

    @property
    def silent(self) -> list[tuple[str, list[str]]]:
        """(reason, labels) of the rows of which nothing is known for any record, and for one and the same reason."""
        found: dict[str, list[str]] = {}
        for row in self.rows:
            if row.reason:
                found.setdefault(row.reason, []).append(row.label)
        return list(found.items())

    def only(self, wanted: Callable[[Row], bool]) -> Group:
        return Group(self.title, tuple(row for row in self.rows if wanted(row)))


@dataclass(frozen=True, slots=True)
class Table:
    """The groups that have rows."""

    groups: tuple[Group, ...] = field(default=())

    @classmethod
    def of(cls, groups: Iterable[Group]) -> Table:
        return cls(tuple(group for group in groups if group.rows))

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    def count(self, says: Says) -> int:
        return sum(row.says == says for row in self.rows)

    def differing(self) -> Table:
        """Only the rows in which two known facts differ."""
        return Table.of(group.only(lambda row: row.says == Says.DIFFERS) for group in self.groups)


def row(label: str, cells: Iterable[Entry | Sequence[Entry]], *, url: str = "") -> Row:
    """A row of single entries, or of several for a record."""
    return Row(label, tuple(Cell((each,) if isinstance(each, Entry) else tuple(each)) for each in cells), url)


def by_label(tables: Sequence[Sequence[Mapping[str, Any]]], *, absent: str) -> list[Row]:
    """Fact tables of several records in one: a row for each label, in the order of the first table that has it.

    A record whose own table has no such line says `absent`.
    """
    entries = [_grouped(table) for table in tables]
    labels = merged([list(each) for each in entries])
    nothing = (Entry(missing=absent),)
    return [Row(label, tuple(Cell(each.get(label, nothing)) for each in entries)) for label in labels]


def merged(lists: Sequence[Sequence[Column]]) -> list[Column]:
    """All that stands in any of the lists, once: what only a later list has stands after what it follows there."""
    found: list[Column] = []
    for each in lists:
        at = 0
        for item in each:
            if item in found:
                at = found.index(item) + 1
            else:
                found.insert(at, item)
                at += 1
    return found


def _has_more(cell: Cell) -> bool:
    """Whether more is said than the reason: a badge, or a word about where to ask."""
    return any(entry.badge or entry.note for entry in cell.entries)


def _grouped(table: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for line in table:
        label = str(line["label"])
        found[label] = (*found.get(label, ()), Entry.of(line))
    return found
