"""What speaks against loading a file, before anything is written and just before it stays.

Each check raises Refused with what was found, why that is a reason, and what overrules it; where a person overrules the
reasons, all of them are collected.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.utils import timezone

from directory.importers.base import Importer, Job, Vintage
from directory.importers.errors import Refused
from directory.importers.merge import Changes
from directory.importers.reading import Table, several_members
from directory.importers.registry import looks_like_another, refuse_several_years, tables_of
from directory.models import ImportRun, Release

SHARE_OF_HELD_ROWS: Final = 0.9
#: So much of a file may be unreadable, and so much of what is held may go, before a person has to say that it is right.
DOUBTFUL_SHARE: Final = 0.1
A_HANDFUL: Final = 10  # of so few rows no share says anything
LONGEST_GAP: Final = 5  # years; the share that may go grows with the years between two releases
OVERRULE: Final = "If it is right, load it with import_release and --force “the reason”."


class Doubtful(Refused):
    """The file may be right and looks wrong: a person who gives a reason may overrule it. `why` is without the way."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why} {OVERRULE}")
        self.why = why


class Doubts:
    """What makes a file look wrong: the first reason ends the load. Where a person overrules, all are in `found`."""

    def __init__(self, *, forced: bool) -> None:
        self.forced = forced
        self.found: list[str] = []

    def add(self, why: str) -> None:
        """One sentence or two. Raises Doubtful when nobody overrules it."""
        if not self.forced:
            raise Doubtful(why)
        self.found.append(why)


def check_needs(importer: Importer) -> None:
    """Sources that the rows refer to have been loaded."""
    for source in importer.needs:
        if not Release.objects.filter(source=source).exists():
            raise Refused(f"{importer.source.label} refers to {source.label}: load that first.")


def check_years(path: Path, importer: Importer) -> None:
    """An archive holds this source of one release only: of several, all but the first would be left out unseen."""
    if several_members(path):
        refuse_several_years(importer, tables_of(path, importer))


def check_table(importer: Importer, table: Table, *, named: Vintage | None, doubts: Doubts) -> Vintage | None:
    """The table is of this source, and of the release that a person named. The release; None when nobody tells."""
    name = table.path.name
    if other := looks_like_another(table.header, importer):
        raise Refused(f"{name} is not {importer.source.label}: it looks like {other}.")
    said = importer.vintage(table)
    if named is None:
        return said
    told = importer.told(named)
    if told.year and told.year > timezone.localdate().year:
        raise Refused(
            f"{told.label} has not begun: {name} cannot be of that year. Correct the year and propose it again."
        )
    if said and told.rank and said != told:  # without a rank, nobody named one
        doubts.add(f"{name} says that it is of {said.label}, and {told.label} was named for it.")
    return told


def check_rows(importer: Importer, job: Job, *, doubts: Doubts) -> None:
    """The file has rows, most of them can be read, and they are about as many as the last copy of it had."""
    name = job.table.path.name
    if job.read == 0:
        raise Refused(f"{name} has a header and no data rows.")
    if job.accepted == 0 and job.rejected:
        raise Refused(f"None of the {job.read:,} rows can be loaded; {_first(job)}.")
    if job.unreadable > max(A_HANDFUL, DOUBTFUL_SHARE * job.read):
        doubts.add(
            f"{job.unreadable:,} of the {job.read:,} rows of {name} cannot be read, more than {DOUBTFUL_SHARE:.0%}; "
            f"{_first(job)}. Columns may have been swapped or moved."
        )
    held = Release.objects.filter(source=importer.source, vintage=job.vintage.label).first()
    rows = _held_rows(held, str(job.scope)) if held else 0
    if job.accepted < SHARE_OF_HELD_ROWS * rows:
        doubts.add(
            f"{name} has {job.accepted:,} usable rows, but {rows:,} rows are held for {held} ({job.scope}). "
            f"It looks cut off."
        )


def check_losses(
    importer: Importer, job: Job, changes: Changes, release: Release, *, known: bool, doubts: Doubts
) -> None:
    """The file takes off no more than a new copy or a new year of it does.

    Counted are the rows that are held and that the file answers for, whichever file brought them: so it does not
    matter how much of the source was loaded before, under which scope, or from the starter catalogue. `known` says
    that the release was held before.
    """
    share = 1 - (1 - DOUBTFUL_SHARE) ** (1 if known else _years_since(release))
    for loss in changes.losses:
        # A new edition of a list that is not yearly may say everything in other words; it does not say less.
        missed = loss.removed if known or importer.yearly else loss.removed - loss.added
        if missed > max(A_HANDFUL, share * loss.held):
            doubts.add(
                f"{job.table.path.name} would take off {loss.removed:,} of {loss.held:,} {loss.what} "
                f"that are held, more than {share:.0%}. It looks cut off, or like another year or selection "
                f"than {release.vintage}."
            )


def _first(job: Job) -> str:
    """The first row that cannot be read, else the first that stays out."""
    first = job.first_fault or job.rejects[0]
    return f"line {first.line}, {first.column or 'row'} {first.value!r}: {first.reason}"


def _held_rows(held: Release, scope: str) -> int:
    """Rows that the last file of this release had within this scope; 0 when there was none."""
    loaded = held.runs.filter(scope=scope, state__in=(ImportRun.State.APPLIED, ImportRun.State.UNCHANGED))
    last = loaded.order_by("-pk").first()
    if last:
        return last.rows_read - last.rows_skipped - last.rejected
    # The starter catalogue holds a selection of a file whose rows it counts; it says nothing about a file's size.
    starter = held.origin == Release.Origin.STARTER
    return held.rows if held.scope == scope and not starter else 0


def _years_since(release: Release) -> int:
    """Years between this release and the last one before it: 1 for the next year, and where nobody knows."""
    before = Release.objects.filter(source=release.source, rank__lt=release.rank, rank__gt=0).order_by("-rank").first()
    return min(max(1, release.rank // 100 - before.rank // 100), LONGEST_GAP) if before else 1
