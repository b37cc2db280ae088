"""One round: a state, a load that keeps, and the load taken back."""

from __future__ import annotations

from pathlib import Path

from directory.models import ImportRun, KeptChange
from directory.pipeline import change_log
from directory.pipeline.change_log import Reverted
from directory.pipeline.load import Order, load
from tests.directory.importers.files import Sample
from tests.directory.pipeline.change_log.rows import same, state


def bring(sample: Sample, folder: Path, *, keep: bool = True, force: str = "a test’s few rows") -> ImportRun:
    """The run of a sample that is loaded for good."""
    run = load(Order(sample.write(folder), sample.source, scope=sample.scope, keep=keep, force=force)).run
    assert run.state in (ImportRun.State.APPLIED, ImportRun.State.UNCHANGED), run.message
    return run


def there_and_back(sample: Sample, folder: Path) -> Reverted:
    """Load it, take it back, and find every row as it was."""
    before = state()
    run = bring(sample, folder)
    assert (state() != before) == (run.state == ImportRun.State.APPLIED) == change_log.is_kept(run)
    if run.state == ImportRun.State.UNCHANGED:
        return Reverted(run)
    assert change_log.blockers(run) == ()
    done = change_log.revert(run, by=None)
    assert same(before, state())
    assert ImportRun.objects.get(pk=run.pk).state == ImportRun.State.REVERTED
    assert not KeptChange.objects.filter(run=run).exists()
    return done


def shorter(sample: Sample) -> Sample:
    """The same file without its last row, and with another word or number in its first."""
    part = sample.part.only(range(len(sample.part.rows) - 1)) if len(sample.part.rows) > 1 else sample.part
    for column in (*sample.texts, *sample.numbers):
        at = part.header.index(column)
        old = part.rows[0][at]
        if old.isdecimal():
            part = part.with_cell(0, column, str(int(old) + 1))
            break
        if column in sample.texts:
            part = part.with_cell(0, column, f"{old} again")
            break
    return sample.but(part)
