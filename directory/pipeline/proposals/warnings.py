"""What a person should look at before a file is loaded, in sentences; none of it stops the load by itself."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from directory.importers.base import Importer, Vintage
from directory.importers.watching import TableChanges
from directory.models import ImportRun, Release, ReleaseProposal
from directory.pipeline.load import Outcome

#: A share of removed rows below this is what every year brings.
QUIET_SHARE: Final = 0.02
NAMED: Final = 12
MANY_ROWS: Final = 20


def warnings_about(
    proposal: ReleaseProposal, importer: Importer, outcome: Outcome, tables: list[TableChanges]
) -> list[str]:
    """Sentences, the weightiest first."""
    vintage = outcome.vintage
    return [
        *(_years(proposal, importer, vintage) if vintage else ()),
        *_conflicts(outcome.conflicts),
        *_losses(outcome),
        *_columns(importer, outcome.run),
        *_changes(tables),
        *_jumps(tables),
        *_rows(outcome),
    ]


def _years(proposal: ReleaseProposal, importer: Importer, vintage: Vintage) -> list[str]:
    """The wrong year: the same content under another one, older than what is held, a year left out, one to come."""
    found = []
    held = Release.objects.filter(source=importer.source).exclude(vintage=vintage.label)
    same = held.filter(sha256=proposal.sha256).first()
    if same:
        found.append(
            f"This very file is loaded as {same.vintage}. Under this name it would be loaded again as {vintage.label}: "
            "look whether it is the right year."
        )
    newest = held.order_by("-rank").first()
    if newest and newest.rank > vintage.rank:
        found.append(
            f"{newest.vintage} is loaded, which is newer than {vintage.label}: this file adds history and changes "
            "nothing that the newer one says."
        )
    known = Release.objects.filter(source=importer.source, vintage=vintage.label).exists()
    gap = bool(newest and newest.year and vintage.year and importer.yearly and vintage.year > newest.year + 1)
    if newest and newest.year and vintage.year and gap and not known:
        found.append(
            f"The newest year that is loaded is {newest.vintage}. With {vintage.label} the "
            f"{_years_between(newest.year, vintage.year)} between would be missing."
        )
    if vintage.year and vintage.year > timezone.localdate().year:
        found.append(f"{vintage.label} is a year to come. Look whether the file’s name is right.")
    if proposal.vintage_given:
        found.append(f"That this file is of {vintage.label} was typed by hand; the file does not have to say so.")
    return found


def _years_between(first: int, last: int) -> str:
    return "year" if last - first == 2 else f"{last - first - 1} years"


def _conflicts(count: int) -> list[str]:
    """Corrections stay, whatever a file says; somebody has to look whether they are still right."""
    if not count:
        return []
    if count == 1:
        return ["The official value would change under 1 correction of ours. It stays and waits among the conflicts."]
    return [
        f"The official value would change under {count:,} corrections of ours. They stay and wait among the conflicts."
    ]


def _losses(outcome: Outcome) -> list[str]:
    found = []
    for loss in outcome.losses:
        if loss.removed and loss.removed > QUIET_SHARE * loss.held:
            share = loss.removed / max(1, loss.held)
            found.append(f"{loss.removed:,} of {loss.held:,} {loss.what} would go: {share:.1%}.")
    return found


def _columns(importer: Importer, run: ImportRun) -> list[str]:
    """Columns that came or went since the last file of the source; what matters to us is named first."""
    last = (
        ImportRun.objects.filter(source=importer.source, state__in=(ImportRun.State.APPLIED, ImportRun.State.UNCHANGED))
        .exclude(header=[])
        .order_by("-pk")
        .values_list("header", flat=True)
        .first()
    )
    found = []
    lacking = [column.name for column in importer.columns if not any(map(column.fits, run.header))]
    if lacking:
        found.append(
            f"Columns that we read and this file lacks: {_named(lacking)}. What they said stays as it is held."
        )
    if last:
        before, now = {name.casefold() for name in last}, {name.casefold() for name in run.header}
        gone = [name for name in last if name.casefold() not in now and name not in lacking]
        new = [name for name in run.header if name.casefold() not in before]
        if gone:
            found.append(f"Columns that are gone since the last file of this source: {_named(gone)}.")
        if new:
            found.append(f"New columns since the last file of this source: {_named(new)}.")
    return found


def _named(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _changes(tables: list[TableChanges]) -> list[str]:
    """Most rows of a table at once: a new layout, columns that moved, or a change of the publisher's."""
    found = []
    for table in tables:
        held = table.changed + table.unchanged
        if held >= MANY_ROWS and table.changed > held / 2:
            column, count = max(table.columns.items(), key=lambda item: item[1])
            found.append(
                f"{table.changed:,} of {held:,} rows of {table.name} would change ({table.changed / held:.0%}), most "
                f"often “{column}” ({count:,}). Look whether columns have moved."
            )
    return found


def _jumps(tables: list[TableChanges]) -> list[str]:
    return [
        f"{table.jumps:,} of {table.compared:,} figures in {table.name} ({table.jumps / table.compared:.0%}) differ by "
        "more than half from what they were; the farthest are below."
        for table in tables
        if table.jumps
    ]


def _rows(outcome: Outcome) -> list[str]:
    run: Any = outcome.run
    found = []
    if run.rejected:
        found.append(f"{run.rejected:,} of {run.rows_read:,} rows would stay out; they are listed below.")
    return found
