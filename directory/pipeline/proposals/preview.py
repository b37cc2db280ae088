"""What a proposed file would do: counts, samples, rejects and warnings, found out by loading it and taking it back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from directory.importers.base import Importer, Scope, Vintage
from directory.importers.errors import Refused
from directory.importers.registry import importer_for
from directory.importers.vintages import stated
from directory.importers.watching import TableChanges, watching
from directory.models import ImportRun, Release, ReleaseProposal
from directory.pipeline.load import Order, Outcome, Progress, load
from directory.pipeline.proposals import standing, store
from directory.pipeline.proposals.rejects import RejectsFile
from directory.pipeline.proposals.tables import check_source
from directory.pipeline.proposals.warnings import warnings_about
from directory.pipeline.proposals.wholeness import what_is_missing

WHAT: Final = ("added", "changed", "removed")
TRIAL: Final = "Only tried, to see what it would do"


@dataclass(slots=True)
class Preview:
    """What came out. `refused` is why the file cannot be loaded; `doubt` why a person has to say that it is right:
    every reason on a line of its own, since one answer overrules them all. `not_whole` says what the file lacks.
    """

    basis: str = ""
    vintage: str = ""
    refused: str = ""
    doubt: str = ""
    run: ImportRun | None = None
    not_whole: str = ""
    asked: set[str] = field(default_factory=set)  # the tables that it was made of
    known: bool = False  # the release is held already
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        run, counts = self.run, self.counts
        return self.known and run is not None and not any(counts[what] for what in WHAT)

    @property
    def counts(self) -> dict[str, int]:
        """Rows of all tables together, so that the sum agrees with its parts; of the file those that stay out.

        The run itself counts rows of the source's own facts and leaves out those that follow from them.
        """
        tables = self.content.get("tables", ())
        sums = {what: sum(table[what] for table in tables) for what in WHAT}
        return {**sums, "rejected": self.run.rejected if self.run else 0}


def order_of(proposal: ReleaseProposal, path: Path, **more: Any) -> Order:
    """How the file is loaded, to try it and in earnest alike."""
    given = stated(proposal.vintage_given) if proposal.vintage_given else None
    scope = Scope.named(proposal.scope)
    return Order(path, proposal.source, scope=scope, vintage=given, for_readers=True, **more)


def make(proposal: ReleaseProposal, progress: Progress) -> Preview:
    """Try the file. Nothing of it stays but the list of rejects, which lies beside the stored files."""
    made = Preview()
    try:
        importer = importer_for(proposal.source)
        with store.opened(proposal.sha256, proposal.file_name) as path, RejectsFile(proposal) as rejects:
            warnings = check_source(path, importer)
            outcome, tables = _tried(proposal, path, rejects, progress, made)
            if made.refused:
                made.content = {"rejects": _first(rejects)}
                return made
            made.known = _known(importer, outcome.vintage)
            made.not_whole = what_is_missing(outcome, tables)
            warnings += warnings_about(proposal, importer, outcome, tables)
            made.content = _content(outcome, tables, rejects, warnings)
            made.content |= {"not_whole": made.not_whole, "asked": sorted(made.asked)}
    except Refused as refusal:
        made.refused = str(refusal)
    return made


def _tried(
    proposal: ReleaseProposal, path: Path, rejects: RejectsFile, progress: Progress, made: Preview
) -> tuple[Outcome, list[Any]]:
    """Load and take back; a file that looks wrong once more as if somebody had said that it is right."""
    outcome, tables = _once(proposal, path, rejects, progress, made)
    if outcome.doubt:
        rejects.restart()
        outcome, tables = _once(proposal, path, rejects, progress, made, force=TRIAL)
        made.doubt = "\n".join(outcome.overruled)
    made.run, made.vintage = outcome.run, outcome.vintage.label if outcome.vintage else ""
    if outcome.run.state == ImportRun.State.REFUSED:
        made.refused, made.doubt = outcome.run.message, ""
    return outcome, tables


def _once(
    proposal: ReleaseProposal, path: Path, rejects: RejectsFile, progress: Progress, made: Preview, *, force: str = ""
) -> tuple[Outcome, list[Any]]:
    def begin(run: ImportRun) -> None:
        made.basis = standing.now()  # under the lock: nobody else loads until it is known what this would do

    with watching() as tables, standing.asking() as asked:
        order = order_of(proposal, path, dry_run=True, force=force, on_reject=rejects.add, begin=begin)
        outcome = load(order, progress)
    made.asked |= asked
    return outcome, list(tables.values())


def _known(importer: Importer, vintage: Vintage | None) -> bool:
    return vintage is not None and Release.objects.filter(source=importer.source, vintage=vintage.label).exists()


def _content(outcome: Outcome, tables: list[Any], rejects: RejectsFile, warnings: list[str]) -> dict[str, Any]:
    """What the page shows, as JSON can keep it."""
    run = outcome.run
    return {
        "read": run.rows_read,
        "skipped": run.rows_skipped,
        "rejected": run.rejected,
        "whole": outcome.whole,
        "tables": [_table(each) for each in tables],
        "readers": asdict(outcome.readers) if outcome.readers else None,
        "losses": [asdict(loss) for loss in outcome.losses],
        "warnings": warnings,
        "rejects": _first(rejects),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "message": run.message,
    }


def _table(table: TableChanges) -> dict[str, Any]:
    unchanged = table.unchanged or table.left_alone
    return {**asdict(table), "unchanged": unchanged, "columns": dict(table.columns.most_common())}


def _first(rejects: RejectsFile) -> list[dict[str, Any]]:
    return [asdict(each) for each in rejects.first]
