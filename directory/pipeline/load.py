"""Bringing one official file in: before or after, never between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from hashlib import file_digest, sha256
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from directory.curation import overrides
from directory.importers import phases
from directory.importers.base import Importer, Job, Known, Scope
from directory.importers.errors import Refused
from directory.importers.locking import import_lock
from directory.importers.merge import Changes, nothing_removed
from directory.importers.registry import find_table, importer_for
from directory.importers.watching import counting
from directory.models import ImportReject, ImportRun, Override, Release
from directory.pipeline import change_log
from directory.pipeline.acceptance import (
    Doubtful,
    Doubts,
    check_losses,
    check_needs,
    check_rows,
    check_table,
    check_years,
)
from directory.pipeline.on_the_lists import compare, look
from directory.pipeline.order import Order, Outcome, Progress
from directory.pipeline.refresh import refresh, refresh_names

__all__ = ["Order", "Outcome", "Progress", "load"]

NAME_LENGTH = SCOPE_LENGTH = 200  # what the records of releases and runs have room for
ABANDONED = "The process ended before the file was loaded; nothing of it is in. Load it again."


def load(order: Order, progress: Progress | None = None) -> Outcome:
    """Load one file in one transaction and record the run. A bad file raises nothing: the run says REFUSED and why."""
    run = ImportRun(
        source=order.source, file_name=_shown(order.path.name), scope=str(order.scope)[:SCOPE_LENGTH],
        started_at=timezone.now(), force_reason=order.force, forced_by=order.forced_by,
    )  # fmt: skip
    outcome = Outcome(run)
    with import_lock():
        if not order.dry_run:
            _close_abandoned_runs()
            run.save()
        try:
            _load(order, outcome, progress or (lambda rows, fraction: None))
        except Refused as refusal:
            run.state, run.message = ImportRun.State.REFUSED, _text(str(refusal))
            outcome.doubt = refusal.why if isinstance(refusal, Doubtful) else ""
        except BaseException as error:
            run.state, run.message = ImportRun.State.FAILED, f"{type(error).__name__}: {error}"
            run.release = None  # a new one has been taken back
            raise
        finally:
            run.finished_at = timezone.now()
            if not order.dry_run:
                run.save()
                ImportReject.objects.bulk_create(outcome.rejects)
    return outcome


def _close_abandoned_runs() -> None:
    """Whoever holds the import lock is the only one at work, so a run that is still going has lost its process.

    Facts and the end of their run are written in one transaction: such a run has left no facts.
    """
    ImportRun.objects.filter(state=ImportRun.State.RUNNING).update(
        state=ImportRun.State.FAILED, message=ABANDONED, finished_at=timezone.now()
    )


def _load(order: Order, outcome: Outcome, progress: Progress) -> None:
    importer, run = importer_for(order.source), outcome.run
    run.sha256 = _digest(order.path)
    order.begin(run)
    phases.say("Reading the file")
    check_needs(importer)
    doubts = Doubts(forced=bool(order.force))
    outcome.overruled = doubts.found
    with _job(order, importer, progress, doubts) as job:
        run.header, outcome.vintage = list(job.table.header), job.vintage
        try:
            with importer.stage(job, Known()) as apply:
                check_rows(importer, job, doubts=doubts)
                with transaction.atomic():
                    lists = look() if order.for_readers and importer.feeds_listings else None
                    changes = _apply(order, importer, job, outcome, apply, doubts)
                    outcome.readers = compare(lists) if lists else None
                    outcome.samples, outcome.losses = changes.samples, changes.losses
                    outcome.unreadable = job.unreadable
                    if order.dry_run:
                        transaction.set_rollback(True)
                        run.state, run.release = ImportRun.State.DRY, None
                    else:
                        run.state = ImportRun.State.APPLIED if changes else ImportRun.State.UNCHANGED
                        _count(outcome, job)
                        run.save()  # with the facts or not at all
                        order.with_facts(outcome)
        finally:
            _count(outcome, job)


def _apply(
    order: Order, importer: Importer, job: Job, outcome: Outcome, apply: Callable[[Release], Changes], doubts: Doubts
) -> Changes:
    """Inside the transaction: official values back, compare and merge, corrections on top, lists rebuilt."""
    run, kept = outcome.run, order.keep and not order.dry_run
    lifted = overrides.lift()
    with change_log.keeping(run) if kept else nullcontext():
        release, created = _release(importer, job, run)
        with nullcontext() if job.whole else nothing_removed(), _counted(order, outcome):
            changes = apply(release)
        check_losses(importer, job, changes, release, known=not created, doubts=doubts)
        if changes or created:
            release.save()
    with change_log.keeping(run, only=(Override,)) if kept else nullcontext():
        outcome.conflicts = overrides.reapply(lifted)
    if order.dry_run:
        pass  # whatever follows from the facts would be taken back with them
    elif changes and importer.feeds_listings:
        refresh()
    elif changes:
        refresh_names()
    run.release = release
    run.added, run.changed, run.removed = changes.added, changes.changed, changes.removed
    if not job.whole:
        rows = "1 row" if job.unreadable == 1 else f"{job.unreadable:,} rows"
        run.message = f"{rows} could not be read, so nothing was taken off."
    return changes


@contextmanager
def _counted(order: Order, outcome: Outcome) -> Iterator[None]:
    """Notes what is written, without what follows from it. Whoever watches a dry run counts there."""
    if order.dry_run:
        yield
        return
    with counting() as tables:
        yield
    outcome.tables = list(tables.values())


@contextmanager
def _job(order: Order, importer: Importer, progress: Progress, doubts: Doubts) -> Iterator[Job]:
    check_years(order.path, importer)
    tables = find_table(order.path, importer)
    table, index = next(tables)
    try:
        vintage = check_table(importer, table, named=order.vintage, doubts=doubts)
        if vintage is None:
            raise Refused(
                f"{order.path.name} does not tell which release it is. Give it with --vintage, for example "
                "--vintage 2024 (an IPEDS year), 2025-04 (a month) or 29.3 (a version)."
            )
        newer = Release.objects.filter(source=importer.source, rank__gt=vintage.rank).order_by("-rank").first()
        if newer and not importer.yearly:
            raise Refused(f"{newer} is loaded already; the older release {vintage.label} would overwrite it.")
        scope = order.scope if importer.by_cip else Scope()
        if len(str(scope)) > SCOPE_LENGTH:
            raise Refused("That is too long a list of codes. Name families such as 51.07, or load all.")
        yield Job(
            table,
            index,
            scope,
            vintage,
            newest=newer is None,
            last_line_ends=importer.last_line_ends,
            progress=progress,
            on_reject=order.on_reject,
        )
    finally:
        tables.close()  # type: ignore[attr-defined]


def _release(importer: Importer, job: Job, run: ImportRun) -> tuple[Release, bool]:
    """The release with what this file adds to it, not saved yet, and whether it is new."""
    release, created = Release.objects.get_or_create(
        source=importer.source,
        vintage=job.vintage.label,
        defaults={"rank": job.vintage.rank, "year": job.vintage.year, "scope": str(job.scope)},
    )
    release.rank, release.year = job.vintage.rank, job.vintage.year
    release.origin, release.rows = Release.Origin.FILE, job.accepted
    # A second file of the year (other codes, other families) adds to what the first one answered for.
    release.scope = str(Scope.named(release.scope) | job.scope)
    if job.whole:
        release.families = sorted({*release.families, *job.answers_for})
    release.file_name, release.sha256 = run.file_name, run.sha256
    return release, created


def _count(outcome: Outcome, job: Job) -> None:
    run = outcome.run
    run.scope = str(job.scope)
    run.rows_read, run.rows_skipped, run.rejected = job.read, job.skipped, job.rejected
    outcome.rejects = [
        ImportReject(run=run, line=each.line, column=each.column, value=each.value, reason=each.reason)
        for each in job.rejects
    ]


def _digest(path: Path) -> str:
    if not path.is_file():
        raise Refused(f"There is no file {path}.")
    try:
        with path.open("rb") as file:
            return file_digest(file, sha256).hexdigest()
    except OSError as error:
        raise Refused(f"{path.name} cannot be read ({error.strerror}).") from None


def _shown(name: str) -> str:
    """A file's name as a database takes it: not too long, and without bytes that are no text."""
    return _text(name)[:NAME_LENGTH]


def _text(words: str) -> str:
    return words.encode("utf-8", "replace").decode()
