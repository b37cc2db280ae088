"""The worker: what is proposed is checked, what is approved is loaded, one after the other in the order of asking.

One worker at a time holds the work lock, which falls with its process. So whatever stands at "is being …" when a
worker starts has lost its worker: it is begun again, and nothing of it is in, because facts and the step to `applied`
are written in one transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, Final

from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone

from directory.importers.errors import Refused
from directory.models import ImportRun, ReleaseProposal
from directory.pipeline import change_log
from directory.pipeline.load import Outcome, load
from directory.pipeline.proposals import preview, store
from directory.pipeline.proposals.deciding import STALE, log, overtaken
from directory.pipeline.proposals.pulse import Pulse, Silent, forget_signs
from directory.vocab import ProposalState, ProposalVerb
from directory.vocab.proposals import QUEUED

logger = logging.getLogger(__name__)
#: A file at which the process ends so often is the reason for it.
MOST_ATTEMPTS: Final = 3
Signs = Callable[[ReleaseProposal], Silent]


class StaleError(Refused):
    """Something else was loaded between the preview and this moment."""


def pick_up() -> int:
    """Put back into the queue what a worker left that is gone; the caller holds the work lock. Returns how many."""
    forget_signs()
    left = ReleaseProposal.objects.filter(state__in=(ProposalState.CHECKING, ProposalState.APPLYING))
    count = 0
    for proposal in left.order_by("queued_at", "pk"):
        back = ProposalState.UPLOADED if proposal.state == ProposalState.CHECKING else ProposalState.APPROVED
        with transaction.atomic():
            if _step(proposal, proposal.state, back):
                log(proposal, ProposalVerb.TAKEN_UP)
                count += 1
    return count


def work_through(signs: Signs = Pulse) -> Iterator[ReleaseProposal]:
    """Do what waits, the longest waiting first, until nothing does; yields each as it has become."""
    while (proposal := _next()) is not None:
        _do(proposal, signs)
        proposal.refresh_from_db()
        yield proposal


def _next() -> ReleaseProposal | None:
    """The next one, taken: nobody can withdraw a load that has begun."""
    taken = {ProposalState.UPLOADED: ProposalState.CHECKING, ProposalState.APPROVED: ProposalState.APPLYING}
    for proposal in ReleaseProposal.objects.filter(state__in=QUEUED).order_by("queued_at", "pk"):
        to = taken.get(ProposalState(proposal.state), ProposalState.REVERTING)
        if proposal.attempts >= MOST_ATTEMPTS:
            _fail(proposal, f"The worker’s process ended {MOST_ATTEMPTS} times while it was at this.")
        elif _step(proposal, proposal.state, to, attempts=proposal.attempts + 1):
            return proposal
    return None


def _do(proposal: ReleaseProposal, signs: Signs) -> None:
    jobs = {ProposalState.CHECKING: _check, ProposalState.APPLYING: _apply, ProposalState.REVERTING: _revert}
    begun = ProposalState(proposal.state)
    job = jobs[begun]
    try:
        with signs(proposal) as sign:
            job(proposal, sign)
    except (DatabaseError, InterfaceError):
        raise  # the next worker takes it up again
    except Exception as error:  # a fault of ours: this file waits for us, the others go on
        logger.exception("Proposed file %s failed", proposal.pk)
        proposal.state = begun  # it fails from there or not at all: what the job has ended stays as it ended
        _fail(proposal, f"{type(error).__name__} while it was at this. Whoever runs this server finds more in its log.")


def _check(proposal: ReleaseProposal, sign: Silent) -> None:
    made = preview.make(proposal, sign.progress)
    run = made.run
    values: dict[str, Any] = {
        "preview": made.content or None, "preview_number": proposal.preview_number + 1, "basis": made.basis,
        "previewed_at": timezone.now(), "vintage": made.vintage, "message": made.refused, "doubt": made.doubt,
        "attempts": 0,
    }  # fmt: skip
    if run is not None:
        values |= made.counts
    if made.refused:
        _end(proposal, ProposalState.BAD_FILE, ProposalVerb.BAD_FILE, words=made.refused, **values)
    elif made.changes_nothing:
        held = f"Everything in the file is held as {made.vintage} already; there is nothing to load."
        words = f"{made.not_whole} {held}".strip()
        _end(proposal, ProposalState.UNCHANGED, ProposalVerb.UNCHANGED, **{**values, "message": words}, words=words)
    elif run is not None:
        added, changed, removed, rejected = (values[what] for what in (*preview.WHAT, "rejected"))
        words = f"{added:,} rows to add, {changed:,} to change, {removed:,} to remove, {rejected:,} rejected"
        with transaction.atomic():
            if _step(proposal, ProposalState.CHECKING, ProposalState.PREVIEWED, **values):
                log(proposal, ProposalVerb.CHECKED, words=words)


def _apply(proposal: ReleaseProposal, sign: Silent) -> None:
    def begin(run: ImportRun) -> None:
        if run.sha256 != proposal.sha256:
            raise Refused("The file is not the one that was previewed.")
        if overtaken(proposal):
            raise StaleError(STALE)

    def with_facts(outcome: Outcome) -> None:
        told, seen = proposal.preview or {}, {what: getattr(proposal, what) for what in preview.WHAT}
        readers = asdict(outcome.readers) if outcome.readers else None
        done = {what: sum(getattr(table, what) for table in outcome.tables) for what in preview.WHAT}
        if not _step(
            proposal, ProposalState.APPLYING, ProposalState.APPLIED, run=outcome.run, message=outcome.run.message,
            ended_at=timezone.now(), attempts=0, preview={**told, "readers": readers}, **done,
        ):  # fmt: skip
            raise Refused("It was decided otherwise while it was being loaded.")
        log(proposal, ProposalVerb.APPLIED, words=_loaded(done, seen))

    if overtaken(proposal):
        _send_back(proposal)
        return
    try:
        with store.opened(proposal.sha256, proposal.file_name) as path:
            forced_by = proposal.approved_by if proposal.overruled else None
            order = preview.order_of(
                proposal, path, force=proposal.overruled, forced_by=forced_by, keep=True, begin=begin,
                with_facts=with_facts,
            )  # fmt: skip
            run = load(order, sign.progress).run
    except Refused as refusal:
        _end(proposal, ProposalState.BAD_FILE, ProposalVerb.BAD_FILE, words=str(refusal), message=str(refusal))
        return
    if run.state == ImportRun.State.REFUSED:
        if run.message == STALE:
            _send_back(proposal)
        else:
            _end(
                proposal, ProposalState.BAD_FILE, ProposalVerb.BAD_FILE, words=run.message, message=run.message, run=run
            )


def _loaded(done: dict[str, int], seen: dict[str, int]) -> str:
    """What the load did, all tables together. What staff wrote since the preview may have made it more or less."""

    def said(counts: dict[str, int]) -> str:
        return f"{counts['added']:,} rows added, {counts['changed']:,} changed, {counts['removed']:,} removed"

    return f"{said(done)}, {'as previewed' if done == seen else f'where the preview said {said(seen)}'}"


def _send_back(proposal: ReleaseProposal) -> None:
    """Back to its check: the approval was for a preview that may no longer be true."""
    with transaction.atomic():
        if _step(
            proposal, ProposalState.APPLYING, ProposalState.UPLOADED, queued_at=timezone.now(), attempts=0,
            approved_by=None, approved_at=None, overruled="",
        ):  # fmt: skip
            log(proposal, ProposalVerb.STALE)


def _revert(proposal: ReleaseProposal, sign: Silent) -> None:
    """Put back what was there before. The run says so in the transaction that does it, so it is done once."""
    run, asked = proposal.run, proposal.steps.filter(verb=ProposalVerb.REVERT).order_by("-pk").first()
    if run is None or asked is None:
        _step(proposal, ProposalState.REVERTING, ProposalState.APPLIED)
        return
    if run.state != ImportRun.State.REVERTED:
        try:
            change_log.revert(run, by=asked.by, why=asked.words)
        except change_log.CannotRevertError as error:
            _keep(proposal, " ".join(error.reasons))
            return
    _reverted(proposal)


def _reverted(proposal: ReleaseProposal) -> None:
    with transaction.atomic():
        if _step(proposal, ProposalState.REVERTING, ProposalState.REVERTED, ended_at=timezone.now()):
            log(proposal, ProposalVerb.REVERTED)


def _keep(proposal: ReleaseProposal, words: str) -> None:
    """Back to where somebody can ask again, with the reason; unless the run says that its rows are out by now."""
    if proposal.run_id and ImportRun.objects.filter(pk=proposal.run_id, state=ImportRun.State.REVERTED).exists():
        _reverted(proposal)
        return
    with transaction.atomic():
        if _step(proposal, ProposalState.REVERTING, ProposalState.APPLIED, attempts=0):
            log(proposal, ProposalVerb.KEPT, words=words)


def _end(proposal: ReleaseProposal, to: ProposalState, verb: ProposalVerb, *, words: str = "", **values: Any) -> None:
    with transaction.atomic():
        if _step(proposal, proposal.state, to, ended_at=timezone.now(), **values):
            log(proposal, verb, words=words)


def _fail(proposal: ReleaseProposal, words: str) -> None:
    """It ends here. A load that was to be taken back is in as before, and can be taken back another time."""
    if proposal.state == ProposalState.REVERTING:
        _keep(proposal, words)
        return
    _end(proposal, ProposalState.FAILED, ProposalVerb.FAILED, words=words, message=words)


def _step(proposal: ReleaseProposal, was: str, to: ProposalState, **values: Any) -> bool:
    """Move on, unless somebody decided otherwise meanwhile."""
    rows = ReleaseProposal.objects.filter(pk=proposal.pk, state=was)
    if not rows.update(state=to, **values):
        return False
    for name, value in {"state": to, **values}.items():
        setattr(proposal, name, value)
    return True
