"""A difference as the page shows it: per kind what it means, how many there are, and the rows of one page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.core.paginator import Page, Paginator

from directory.models import Program, School
from directory.pipeline.accreditor_lists.difference import EXPLAINED, Difference, Item, Kind
from directory.pipeline.accreditor_lists.unplaced import MENDED_BY_COLUMNS, REMEDY
from directory.vocab import AccreditationStatus

#: Rows of each kind on the page of all kinds, and on a page of one.
FEW: Final = 25
MANY: Final = 200
#: What these come to is the status that the list gives.
SAYS_STATUS: Final = (Kind.NEW, Kind.CONFIRMED)


class Line(NamedTuple):
    """One row of the difference, in words. `to_decide` is the key of the list's row where a person is needed."""

    number: int | None
    label: str
    ours: str
    why: str
    to_decide: int | None


class Section(NamedTuple):
    """One kind, or of the rows to place those with one obstacle: its lines, how many there are in all, and the page
    when it is shown alone. `name` asks for it; `by_columns` says that other columns or fields may mend all of it."""

    name: str
    kind: Kind
    label: str
    explained: str
    total: int
    lines: list[Line]
    page: Page | None
    is_open: bool
    by_columns: bool


class _Part(NamedTuple):
    """What becomes a section."""

    name: str
    kind: Kind
    label: str
    explained: str
    items: list[Item]
    by_columns: bool = False


def sections(difference: Difference, only: str = "", page: Any = 1) -> list[Section]:
    """All that occur with their first rows, or the one named `only` page by page. Two queries."""
    parts = [part for part in _parts(difference) if only in ("", part.name, part.kind.value)]
    alone = bool(only) and len(parts) == 1
    pages = [Paginator(part.items, MANY).get_page(page) if alone else None for part in parts]
    shown = [list(at) if at else part.items[:FEW] for part, at in zip(parts, pages, strict=True)]
    names = _Names(item for items in shown for item in items)
    return [
        Section(
            part.name, part.kind, part.label, part.explained, len(part.items), [names.line(item) for item in items],
            at, part.kind != Kind.CONFIRMED or alone, part.by_columns,
        )
        for part, at, items in zip(parts, pages, shown, strict=True)
    ]  # fmt: skip


def _parts(difference: Difference) -> list[_Part]:
    """The kinds that occur; rows to place by what stands in the way, because each obstacle has its own remedy."""
    found: list[_Part] = []
    for kind in Kind:
        if kind != Kind.UNMATCHED:
            items = difference.by_kind[kind]
            found += [_Part(kind.value, kind, str(kind.label), EXPLAINED[kind], items)] if items else []
            continue
        for gap, items in difference.by_obstacle.items():
            words = str(gap.label)
            label, name = f"To place: {words[0].lower()}{words[1:]}", f"{kind.value}-{gap.value}"
            found.append(_Part(name, kind, label, REMEDY[gap], items, gap in MENDED_BY_COLUMNS))
    return found


class _Names:
    """What our programs and schools are called, for the rows that are shown."""

    def __init__(self, items: Iterable[Item]) -> None:
        several = list(items)
        programs = {item.program for item in several if item.program}
        self.programs = Program.objects.select_related("field", "school").in_bulk(programs)
        self.schools = School.objects.in_bulk({item.school for item in several if item.school and not item.program})

    def line(self, item: Item) -> Line:
        decide = item.row if item.kind in (Kind.UNMATCHED, Kind.DISMISSED) else None
        if item.record is not None and item.kind in (Kind.GONE, Kind.HELD):
            why = f"{item.record.get_status_display()} by our record, checked on {item.record.checked_on}"
            return Line(None, "", self._ours(item), why, None)
        said = AccreditationStatus(item.entry.status).label if item.entry and item.kind in SAYS_STATUS else ""
        return Line(item.line, item.label, self._ours(item), item.why or str(said), decide)

    def _ours(self, item: Item) -> str:
        if item.program in self.programs:
            program = self.programs[item.program]
            return f"{program}, {program.school}"
        return str(self.schools[item.school]) if item.school in self.schools else ""
