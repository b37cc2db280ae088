"""What applying a list would do: what each entry comes to, and the records that the list no longer names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from django.db.models import TextChoices

from directory.importers.accreditor_list.entry import Entry
from directory.models import Accreditation
from directory.pipeline.accreditor_lists.unplaced import Unplaced
from directory.vocab import STANDING_OF, AccreditationStatus, Standing

#: Statuses under which a program is, or is about to be, accredited: only such a record can be gone from a list.
LIVE: Final = tuple(status for status, word in STANDING_OF.items() if word != Standing.NOT_ACCREDITED)


class Kind(TextChoices):
    """What an entry, or a record, comes to."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    GONE = "gone", "Gone from the list"
    HELD = "held", "Perhaps gone"
    UNMATCHED = "unmatched", "Nobody knows yet which"
    UNREADABLE = "unreadable", "Cannot be read"
    REPEATED = "repeated", "Repeats another row"
    DISMISSED = "dismissed", "Dismissed"
    NEWER = "newer", "Checked later than this list"
    CONFIRMED = "confirmed", "Unchanged"


#: Those that applying writes down as a record.
WRITTEN: Final = (Kind.NEW, Kind.CHANGED, Kind.CONFIRMED)
EXPLAINED: Final[dict[Kind, str]] = {
    Kind.NEW: "We hold no record of these yet.",
    Kind.CHANGED: "The list says something else than our record.",
    Kind.GONE: "Our records say that these are accredited, and the list names them no more.",
    Kind.HELD: "The list names these no more, but a row that nobody could place may mean them. They are left alone.",
    Kind.UNMATCHED: "Pick what each means, or dismiss it with a reason.",
    Kind.UNREADABLE: "A file with such rows is not whole: it can add and change, but clears nothing.",
    Kind.REPEATED: "The same entry once more.",
    Kind.DISMISSED: "A curator said that these are nothing of ours.",
    Kind.NEWER: "Somebody asked the accreditor after the day of this list, so our record stays.",
    Kind.CONFIRMED: "The list says what our record says; the day of checking follows the list.",
}


@dataclass(slots=True)
class Item:
    """One line of the difference. `record` is what is held, None where there is nothing yet.

    An entry that nobody could place says by `unplaced` what stands in the way; `why` says it of this entry, in words.
    """

    kind: Kind
    line: int | None = None
    row: int | None = None
    label: str = ""
    key: str = ""
    why: str = ""
    unplaced: Unplaced | None = None
    entry: Entry | None = None
    school: int | None = None
    program: int | None = None
    record: Accreditation | None = None
    schools: tuple[int, ...] = ()
    programs: tuple[int, ...] = ()


@dataclass
class Difference:
    """All of it, in the order of the list, with what is gone at the end. `live` records of the accreditor are held."""

    items: list[Item] = field(default_factory=list)
    live: int = 0

    @cached_property
    def by_kind(self) -> dict[Kind, list[Item]]:
        found: dict[Kind, list[Item]] = {kind: [] for kind in Kind}
        for item in self.items:
            found[item.kind].append(item)
        return found

    @cached_property
    def by_obstacle(self) -> dict[Unplaced, list[Item]]:
        """The entries that nobody could place, by what stands in the way; only what occurs."""
        found: dict[Unplaced, list[Item]] = {each: [] for each in Unplaced}
        for item in self.by_kind[Kind.UNMATCHED]:
            found[item.unplaced or Unplaced.SCHOOL].append(item)
        return {each: items for each, items in found.items() if items}

    @property
    def counts(self) -> dict[str, int]:
        return {kind.value: len(items) for kind, items in self.by_kind.items() if items}

    @property
    def outcomes(self) -> int:
        """Of how many programs applying writes down the outcomes that the list carries."""
        said = (item.entry for item in self.items if item.kind in WRITTEN and item.program)
        return sum(entry.outcome.says_something for entry in said if entry)

    @property
    def is_readable(self) -> bool:
        """Whether every row could be read; otherwise the one that seems gone may be the damaged one."""
        return not self.by_kind[Kind.UNREADABLE]

    @property
    def clears_many(self) -> bool:
        """Whether clearing would take more than ten and more than a tenth: often that is a wrong file."""
        gone = len(self.by_kind[Kind.GONE])
        return gone > 10 and gone * 10 > self.live

    @property
    def fingerprint(self) -> str:
        """The same as long as applying would do the same."""
        said = [
            (item.kind.value, item.line, item.school, item.program, stand(item.record) if item.record else None)
            for item in self.items
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:24]


def stand(record: Accreditation) -> tuple[object, ...]:
    """How a record stands, as far as a list can change it."""
    return (record.pk, record.status, record.since, record.ended_on, record.next_review, record.checked_on)


def differences(entry: Entry, record: Accreditation) -> list[str]:
    """What the entry says otherwise than the record, in words; nothing where it says nothing of its own."""
    found = []
    if entry.status != record.status:
        found.append(f"{record.get_status_display()} → {AccreditationStatus(entry.status).label}")
    elif entry.status in LIVE and record.ended_on and entry.ended_on is None:
        found.append(f"ended on {record.ended_on} → {AccreditationStatus(entry.status).label}")
    for name, words in (("since", "since"), ("ended_on", "ends on"), ("next_review", "next review")):
        said, held = getattr(entry, name), getattr(record, name)
        if said and said != held:
            found.append(f"{words} {held or 'nothing'} → {said}")
    return found
