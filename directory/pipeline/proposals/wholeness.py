"""Whether a file holds all that it should: said before all else, because nothing else of it can be trusted then."""

from __future__ import annotations

from typing import Final

from directory.importers.watching import TableChanges
from directory.pipeline.acceptance import A_HANDFUL, SHARE_OF_HELD_ROWS
from directory.pipeline.load import Outcome

STAYS: Final = "So nothing is taken off: no row is retired or removed."


def what_is_missing(outcome: Outcome, tables: list[TableChanges]) -> str:
    """Sentences that say how much of what is held the file lacks, and what becomes of it; empty for a whole file.

    A file is not whole when rows of it cannot be read, or when it names less than nine tenths of the rows of a table
    that are held and that a file of this release should name.
    """
    most = max(tables, key=lambda each: each.held - each.found, default=None)
    lacking = most.held - most.found if most else 0
    short = most is not None and lacking > A_HANDFUL and most.found < SHARE_OF_HELD_ROWS * most.held
    if outcome.whole and not short:
        return ""
    said = ["This file is not whole."]
    if not outcome.whole:
        which = "1 row" if outcome.unreadable == 1 else f"{outcome.unreadable:,} rows"
        said.append(f"{which} of it cannot be read.")
    if most is not None and lacking:
        said.append(f"It holds {most.found:,} of the {most.held:,} {most.name} that are held now.")
    gone = sum(loss.removed for loss in outcome.losses)
    said.append(f"What it lacks would go if somebody says that it is right: {gone:,} in all." if gone else STAYS)
    return " ".join(said)
