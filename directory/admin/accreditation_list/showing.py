"""A difference as the page shows it: per kind what it means, how many there are, and the rows of one page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.core.paginator import Page, Paginator

from directory.models import Program, School
from directory.pipeline.accreditor_lists.difference import EXPLAINED, Difference, Item, Kind
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
    """One kind: its lines, how many there are in all, and the page when it is the only kind shown."""

    kind: Kind
    label: str
    explained: str
    total: int
    lines: list[Line]
    page: Page | None
    is_open: bool


def sections(difference: Difference, only: str = "", page: Any = 1) -> list[Section]:
    """All kinds that occur with their first rows, or one kind page by page. Two queries."""
    chosen = [Kind(only)] if only in Kind.values else list(Kind)
    parts: list[tuple[Kind, Page | None, list[Item]]] = []
    for kind in chosen:
        items = difference.by_kind[kind]
        shown = Paginator(items, MANY).get_page(page) if only else None
        parts.append((kind, shown, list(shown) if shown else items[:FEW]))
    names = _Names(item for _, _, items in parts for item in items)
    return [
        Section(
            kind, str(kind.label), EXPLAINED[kind], len(difference.by_kind[kind]),
            [names.line(item) for item in items], shown, kind != Kind.CONFIRMED or bool(only),
        )
        for kind, shown, items in parts if items or only
    ]  # fmt: skip


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
