"""Comparing a list with what we hold. Only reads; a list of thousands of rows costs a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from directory.importers.accreditor_list.entry import read_entry
from directory.importers.accreditor_list.layout import LABEL
from directory.importers.errors import BadCell
from directory.models import Accreditation, AccreditorList, AccreditorListRow, AccreditorRowDecision
from directory.pipeline.accreditor_lists.courses import Courses
from directory.pipeline.accreditor_lists.difference import LIVE, Difference, Item, Kind, differences
from directory.pipeline.accreditor_lists.places import Places
from directory.pipeline.accreditor_lists.unplaced import Unplaced

#: What leads from a decision to the program that its program has become.
MEANT: Final = ("program__school", "program__merged_into__school")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of a list are read: the accreditor's own words, the status of rows that name none, its fields."""

    words: dict[str, str]
    otherwise: str
    cips: tuple[str, ...]

    @classmethod
    def of(cls, accreditor_list: AccreditorList) -> Reading:
        """As it was applied; before that, as the lists of its accreditor are read now."""
        kept = accreditor_list.read_as
        held = accreditor_list.agency.list_layout if kept is None else kept
        return cls(held.get("words", {}), held.get("otherwise", ""), tuple(held.get("cips", ())))

    @property
    def kept(self) -> dict[str, Any]:
        """What a list that is applied keeps of it, as JSON."""
        return {"words": self.words, "otherwise": self.otherwise, "cips": list(self.cips)}


def compare(accreditor_list: AccreditorList) -> Difference:
    """The difference between the list and the records that staff keep of its accreditor."""
    items = list(_read(accreditor_list, accreditor_list.rows.order_by("line")))
    _place(items, accreditor_list)
    _find_repeats(items)
    held = _Held(accreditor_list)
    for item in items:
        if item.kind == Kind.NEW:
            held.compare(item, accreditor_list)
    items += held.gone(items, accreditor_list)
    return Difference(items, live=held.live)


def compare_row(row: AccreditorListRow) -> Item:
    """What one row of an applied list comes to, after somebody has decided what it means."""
    accreditor_list = row.accreditor_list
    items = list(_read(accreditor_list, [row]))
    _place(items, accreditor_list)
    if items[0].kind == Kind.NEW:
        _Held(accreditor_list).compare(items[0], accreditor_list)
    return items[0]


def _read(accreditor_list: AccreditorList, rows: Iterable[AccreditorListRow]) -> Iterator[Item]:
    reading = Reading.of(accreditor_list)
    for row in rows:
        try:
            entry = read_entry(
                row.line, row.cells, accreditor_list.columns, words=reading.words, otherwise=reading.otherwise
            )
        except BadCell as error:
            why = f"{LABEL.get(error.column, error.column)} “{error.value}”: {error.reason}."[:300]
            yield Item(Kind.UNREADABLE, row.line, row.pk, label=_first_words(row, accreditor_list), why=why)
        else:
            yield Item(Kind.NEW, row.line, row.pk, entry.label, entry.key, entry=entry)


def _first_words(row: AccreditorListRow, accreditor_list: AccreditorList) -> str:
    at = accreditor_list.columns.get("school", 0)
    return str(row.cells[at])[:300] if at < len(row.cells) else ""


def _place(items: list[Item], accreditor_list: AccreditorList) -> None:
    """Say of each readable entry which school and program it is, or that nobody knows."""
    agency = accreditor_list.agency
    known = AccreditorRowDecision.objects.filter(agency=agency)
    decisions = {row.key: row for row in known.select_related("school", *MEANT)}
    places = Places()
    open_items = [item for item in items if item.entry]
    for item in open_items:
        decision = decisions.get(item.key)
        if decision is not None:
            (item.school, item.program), item.why = _meant_by(decision), decision.reason
            item.kind = Kind.DISMISSED if decision.dismissed else Kind.NEW
            if decision.dismissed or item.program or not agency.programmatic:
                continue
        assert item.entry is not None  # noqa: S101 - for the type checker
        if item.school is None:
            place = places.find(item.entry)
            item.school, item.why, item.schools = place.school, place.why, place.candidates
            item.unplaced = place.unplaced
        if item.school is None:
            item.kind = Kind.UNMATCHED
    if agency.programmatic:
        _find_programs(open_items, Reading.of(accreditor_list).cips)


def _meant_by(decision: AccreditorRowDecision) -> tuple[int | None, int | None]:
    """The school and program of a decision as they are listed today: either may have been merged since."""
    program, school = decision.program, decision.school
    program = (program.merged_into or program) if program else None
    if program:
        school = program.school
    if school and school.merged_into_id:
        # What stayed with a school that is gone is listed no more: the other school may have its counterpart.
        return school.merged_into_id, None
    return (school.pk if school else None), (program.pk if program else None)


def _find_programs(items: list[Item], cips: tuple[str, ...]) -> None:
    wanted = [item for item in items if item.program is None and item.kind in (Kind.NEW, Kind.UNMATCHED)]
    schools = {pk for item in wanted for pk in (item.school, *item.schools) if pk}
    courses = Courses(schools, cips)
    for item in wanted:
        assert item.entry is not None  # noqa: S101 - for the type checker
        if item.school is None:
            item.programs = tuple(
                pk for school in item.schools for pk in courses.find(school, item.entry).candidates[:3]
            )
            continue
        meant = courses.find(item.school, item.entry)
        item.program, item.programs = meant.program, meant.candidates
        if item.program is None:
            item.kind, item.why, item.schools = Kind.UNMATCHED, meant.why, (item.school,)
            item.unplaced = meant.unplaced


def _find_repeats(items: list[Item]) -> None:
    """The same program twice: once is enough if both say the same; if they do not, neither is believed."""
    same: defaultdict[tuple[int | None, int | None], list[Item]] = defaultdict(list)
    for item in items:
        if item.kind == Kind.NEW:
            same[item.school, item.program].append(item)
    for several in same.values():
        first, *others = several
        contradicted = {item.entry.status for item in several if item.entry}
        for item in others if len(contradicted) == 1 else several:
            if len(contradicted) == 1:
                item.kind, item.why = Kind.REPEATED, f"Repeats line {first.line}."
            else:
                lines = ", ".join(str(each.line) for each in several)
                item.kind, item.unplaced = Kind.UNMATCHED, Unplaced.CONTRADICTED
                item.why = f"Lines {lines} name the same one with different statuses: dismiss those that are wrong."
                item.schools = (item.school,) if item.school else ()
                item.programs = (item.program,) if item.program else ()


class _Held:
    """The records that staff keep of an accreditor, by what they are about."""

    def __init__(self, accreditor_list: AccreditorList) -> None:
        agency = accreditor_list.agency
        self.programmatic = agency.programmatic
        records = Accreditation.objects.filter(agency=agency, release=None).select_related("agency", "school")
        if self.programmatic:
            records = records.exclude(program=None).select_related("program__field")
        else:
            records = records.filter(program=None, program_name="")
        self.records: dict[int, Accreditation] = {}
        # The one that was checked last is the one that counts; of two of a day, one that runs.
        for record in records.order_by("checked_on", "-ended_on", "pk"):
            self.records[self._about(record)] = record
        self.live = sum(record.status in LIVE for record in self.records.values())

    def _about(self, record: Accreditation) -> int:
        return (record.program_id if self.programmatic else record.school_id) or 0

    def compare(self, item: Item, accreditor_list: AccreditorList) -> None:
        item.record = record = self.records.get((item.program if self.programmatic else item.school) or 0)
        if record is None or item.entry is None:
            return
        if record.checked_on and record.checked_on > accreditor_list.as_of:
            item.kind, item.why = Kind.NEWER, f"Our record is of {record.checked_on}."
            return
        said = differences(item.entry, record)
        item.kind, item.why = (Kind.CHANGED, "; ".join(said)) if said else (Kind.CONFIRMED, "")

    def gone(self, items: list[Item], accreditor_list: AccreditorList) -> Iterator[Item]:
        """Live records that no entry names. One whose school an unplaced entry may mean is held back."""
        named: set[Any] = {(item.program if self.programmatic else item.school) for item in items}
        doubtful = {pk for item in items if item.kind == Kind.UNMATCHED for pk in (item.school, *item.schools)}
        for about, record in self.records.items():
            over = record.ended_on is not None and record.ended_on <= accreditor_list.as_of
            later = record.checked_on is not None and record.checked_on > accreditor_list.as_of
            if about in named or record.status not in LIVE or over or later:
                continue
            what = f", {record.program}" if record.program else ""
            school = record.school.merged_into_id or record.school_id
            kind = Kind.HELD if school in doubtful else Kind.GONE
            yield Item(
                kind, label=f"{record.school}{what}", school=record.school_id, program=record.program_id, record=record
            )
