"""What a spreadsheet asks for, compared with what stands there: changes, conflicts, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError

from directory.curation.batches.apply import NotTaken
from directory.curation.batches.cells import LEAVE, asked
from directory.curation.batches.columns import MODELS, Listing, columns, plain_of, words
from directory.curation.batches.plan import MOST, Plan, of_each, read
from directory.curation.batches.reading import Line, Unreadable
from directory.curation.batches.sheet import AT_ONCE, BESIDE, ID, KEYS, VERSION, keys_of, version_of

#: Cells that are named; of a file with more of them nothing is right, and the page carries them to the batch.
MOST_NAMED: Final = 5_000
MEANWHILE = "Somebody has changed this listing since the export"


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be taken, or a whole row (`column` empty)."""

    line: int
    column: str
    cell: str
    reason: str


@dataclass
class Diff:
    """`wanted`: key of a listing -> column -> value; `lines`: key -> line of the file; `unnamed` counts problems and
    conflicts beyond the first thousands, `unnamed_rows` the rows of which none is named.
    """

    kind: str
    rows: int = 0
    unknown: tuple[str, ...] = ()
    wanted: dict[int, dict[str, Any]] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[Problem] = field(default_factory=list)
    unnamed: int = 0
    unnamed_rows: int = 0

    def plan(self) -> Plan:
        return of_each(self.kind, self.wanted)

    @property
    def not_taken(self) -> list[NotTaken]:
        """What cannot be read or was changed meanwhile, in the order of the file."""
        return sorted(
            ((each.line, each.column, each.cell, each.reason) for each in (*self.problems, *self.conflicts)),
            key=lambda row: row[0],
        )

    def shorten(self) -> None:
        """Keep as many problems and conflicts as anybody reads, and count the others."""
        room = max(0, MOST_NAMED - len(self.problems))
        over = {each.line for each in (*self.problems[MOST_NAMED:], *self.conflicts[room:])}
        self.unnamed += max(0, len(self.problems) - MOST_NAMED) + max(0, len(self.conflicts) - room)
        del self.problems[MOST_NAMED:], self.conflicts[room:]
        if over:
            self.unnamed_rows += len(over - {each.line for each in (*self.problems, *self.conflicts)})


def compare(kind: str, rows: Iterator[Line]) -> Diff:
    """Read a whole file against the database; writes nothing. Raises Unreadable for a file as a whole."""
    _, head = next(rows, (0, []))
    names = [name.strip().casefold() for name in head]
    known = {*KEYS[kind], VERSION, *BESIDE[kind], *columns(kind)}
    missing = [name for name in (ID, VERSION) if name not in names]
    if missing:
        said = " and ".join(f"“{name}”" for name in missing)
        noun = MODELS[kind]._meta.verbose_name_plural
        raise Unreadable(f"The first line names no column {said}. Begin with an export of {noun}.")
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise Unreadable(f"The first line names {', '.join(twice)} twice.")
    diff = Diff(kind, unknown=tuple(name for name in names if name and name not in known))
    seen: dict[int, int] = {}
    for some in _chunks(rows):
        _compare_some(diff, names, some, seen)
        diff.shorten()
    if len(diff.wanted) > MOST:
        raise Unreadable(f"The file changes {len(diff.wanted):,} listings. One batch takes {MOST:,} at most.")
    return diff


def _compare_some(diff: Diff, names: list[str], some: list[Line], seen: dict[int, int]) -> None:
    told: list[tuple[int, int, dict[str, str]]] = []
    for line, cells in some:
        diff.rows += 1
        if any(cell.strip() for cell in cells[len(names) :]):
            diff.problems.append(Problem(line, "", "", "This row has more cells than the first line has names."))
            continue
        row = dict(zip(names, cells, strict=False))
        text = row.get(ID, "").strip().removesuffix(".0")
        if not text.isascii() or not text.isdecimal() or len(text) > 17:
            reason = "No id. A new listing is entered in the admin; keep the ids of an export."
            diff.problems.append(Problem(line, ID, text, reason))
        elif (key := int(text)) in seen:
            diff.problems.append(Problem(line, ID, text, f"This listing stands in line {seen[key]} already."))
        else:
            seen[key] = line
            told.append((line, key, row))
    held = {listing.pk: listing for listing in read(diff.kind, [key for _, key, _ in told])}
    for line, key, row in told:
        if key not in held:
            diff.problems.append(Problem(line, ID, str(key), "There is no listing with this id."))
        elif wrong := _mixed_up(row, held[key]):
            diff.problems.append(Problem(line, *wrong))
        else:
            _compare_row(diff, line, row, held[key])


def _compare_row(diff: Diff, line: int, row: dict[str, str], listing: Listing) -> None:
    values: dict[str, Any] = {}
    problems = []
    for name in columns(diff.kind):
        if name not in row:
            continue
        try:
            value = asked(diff.kind, name, row[name], plain_of(listing, name))
        except ValidationError as error:
            problems.append(Problem(line, name, row[name][:80], " ".join(error.messages)))
            continue
        if value is not LEAVE:
            values[name] = value
    if not values and not problems:
        return
    if row.get(VERSION, "").strip() != version_of(diff.kind, listing):
        for name in [*values, *(problem.column for problem in problems)]:
            now = words(diff.kind, name, plain_of(listing, name))
            diff.conflicts.append(Problem(line, name, row[name][:80], f"{MEANWHILE}. It says {now} now."))
    elif problems:
        diff.problems += problems
        why = " ".join(f"“{each.column}” is refused: {each.reason}" for each in problems)
        diff.problems += [Problem(line, name, row[name][:80], why) for name in values]
    else:
        diff.wanted[listing.pk] = values
        diff.lines[listing.pk] = line


def _mixed_up(row: dict[str, str], listing: Listing) -> tuple[str, str, str] | None:
    """Column, cell and reason where a row says another listing than its id does: a part of the table was sorted."""
    for name, right in keys_of(listing).items():
        cell = row.get(name, "").strip()
        if name == ID or not cell or cell.removesuffix(".0").casefold() == right.casefold():
            continue
        if name == "cip" and cell.rstrip("0") == right.rstrip("0"):
            continue  # a spreadsheet takes 51.0700 for a number
        return name, cell, f"The id belongs to a listing with {right or 'nothing'} here. Were rows mixed up?"
    return None


def _chunks(rows: Iterable[Line]) -> Iterator[list[Line]]:
    some: list[Line] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some
