"""What people do with a proposed file: propose, approve, refuse, withdraw, ask again, take back.

Each verb is one conditional UPDATE with its step of the log: of two people who press at once one is through, and the
other hears who was quicker.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.importers.vintages import stated
from directory.models import ImportRun, ProposalStep, ReleaseProposal
from directory.pipeline import change_log
from directory.pipeline.proposals import standing
from directory.pipeline.proposals.store import Kept, safe_name
from directory.vocab import ProposalState, ProposalVerb, Source
from directory.vocab.proposals import OPEN, STOPPABLE

STALE: Final = (
    "Something that this preview was made of was loaded or taken back since, so it may no longer be true. Preview it "
    "again."
)


class NotNowError(Exception):
    """It was not done, and nothing was changed. The message is for whoever pressed."""


class HeldError(Exception):
    """The same file is proposed already; `proposal` is that one."""

    def __init__(self, proposal: ReleaseProposal) -> None:
        super().__init__(f"proposal {proposal.pk}")
        self.proposal = proposal


def propose(
    *, kept: Kept, source: Source | str, name: str, scope: str, by: User, vintage: str = "", note: str = "",
    fetched: str = "",
) -> ReleaseProposal:  # fmt: skip
    """A file that lies in the store waits for its check. Raises HeldError while the same one waits already."""
    now = timezone.now()
    if vintage:
        stated(vintage)  # ValueError for what no form should let through
    same = {"sha256": kept.sha256, "source": str(source), "scope": scope, "vintage_given": vintage}
    try:
        with transaction.atomic():
            made = ReleaseProposal.objects.create(
                **same, file_name=safe_name(name, kept.contents.kind), size=kept.size, kind=kept.contents.kind,
                fetched=fetched, note=note, proposed_by=by, proposed_at=now, queued_at=now,
            )  # fmt: skip
            log(made, ProposalVerb.PROPOSED, by=by, words=note)
            return made
    except IntegrityError:
        held = ReleaseProposal.objects.filter(**same, state__in=OPEN).first()
        if held is None:
            raise
        raise HeldError(held) from None


def loaded_before(source: str, sha256: str, scope: str) -> ImportRun | None:
    """The run that loaded this very file, while its release still stands on it; None when there is none."""
    states = (ImportRun.State.APPLIED, ImportRun.State.UNCHANGED)
    return (
        ImportRun.objects.filter(source=source, sha256=sha256, scope=scope, state__in=states, release__sha256=sha256)
        .select_related("release")
        .order_by("-pk")
        .first()
    )


def approve(*, proposal: ReleaseProposal, by: User, sha256: str, preview: int, overruled: str = "") -> None:
    """Let the worker load the file as previewed. `sha256` and `preview` say what the person looked at.

    Raises NotNowError when it was decided or previewed anew meanwhile, when the data have moved since the preview,
    when somebody else has to approve, and when a file that looks wrong comes without a reason.
    """
    if why := against_approval(proposal, by):
        raise NotNowError(why)
    reason = overruled.strip()
    if proposal.doubt and not reason:
        raise NotNowError("This file looks wrong. Say why it is right, or refuse it.")
    if (sha256, preview) != (proposal.sha256, proposal.preview_number):
        raise NotNowError("The preview has been made anew since you opened this page. Look at it before you approve.")
    now = timezone.now()
    _move(
        proposal, ProposalState.PREVIEWED, ProposalState.APPROVED, ProposalVerb.APPROVED, by=by, words=reason,
        only={"preview_number": preview, "sha256": sha256},
        approved_by=by, approved_at=now, overruled=reason if proposal.doubt else "", queued_at=now,
        attempts=0,
    )  # fmt: skip


def against_approval(proposal: ReleaseProposal, by: User) -> str:
    """Why this person cannot approve it now; empty when they can."""
    if proposal.state != ProposalState.PREVIEWED:
        return _too_late(proposal)
    if settings.RELEASES_NEED_SECOND_PERSON and proposal.proposed_by_id == by.pk:
        return "You have proposed this file. Here somebody else approves it (RELEASES_NEED_SECOND_PERSON)."
    return STALE if is_stale(proposal) else ""


def is_stale(proposal: ReleaseProposal) -> bool:
    return proposal.state == ProposalState.PREVIEWED and overtaken(proposal)


def overtaken(proposal: ReleaseProposal) -> bool:
    """Whether something that its preview was made of was loaded or taken back since."""
    asked = (proposal.preview or {}).get("asked")
    return standing.moved(proposal.basis, source=proposal.source, asked=asked)


def refuse(*, proposal: ReleaseProposal, by: User, reason: str) -> None:
    """The file is not to be loaded, and why. Raises NotNowError when it is being loaded, or has ended."""
    _stop(proposal, ProposalState.REFUSED, ProposalVerb.REFUSED, by, reason)


def withdraw(*, proposal: ReleaseProposal, by: User, reason: str) -> None:
    """Whoever proposed it takes that back, and why; otherwise as `refuse`."""
    _stop(proposal, ProposalState.WITHDRAWN, ProposalVerb.WITHDRAWN, by, reason)


def preview_again(*, proposal: ReleaseProposal, by: User) -> None:
    """Check the file once more on the data as they are now; an approval is gone with the preview it was for."""
    _requeue(proposal, (ProposalState.PREVIEWED, ProposalState.FAILED), ProposalVerb.AGAIN, by=by)


def take_back(*, proposal: ReleaseProposal, by: User, reason: str) -> None:
    """Let the worker put back what was there before this file was loaded. Raises NotNowError."""
    _need(reason)
    if proposal.state == ProposalState.APPLIED and (reasons := against_taking_back(proposal)):
        raise NotNowError(" ".join(reasons))
    _move(
        proposal, ProposalState.APPLIED, ProposalState.REVERTING, ProposalVerb.REVERT, by=by, words=reason.strip(),
        queued_at=timezone.now(), attempts=0,
    )  # fmt: skip


def against_taking_back(proposal: ReleaseProposal) -> tuple[str, ...]:
    """Why the load cannot be taken back now, in sentences; empty when it can."""
    if proposal.state != ProposalState.APPLIED or proposal.run is None:
        return (f"It stands at “{proposal.get_state_display()}”.",)
    if proposal.run.state == ImportRun.State.REVERTED:
        return ("This load has been taken back already.",)
    return change_log.blockers(proposal.run, quick=True)  # the worker looks at every row before it begins


def log(proposal: ReleaseProposal, verb: ProposalVerb, *, by: User | None = None, words: str = "") -> ProposalStep:
    """Write a step; inside the transaction of what it tells."""
    return ProposalStep.objects.create(proposal=proposal, verb=verb, at=timezone.now(), by=by, words=words)


def _stop(proposal: ReleaseProposal, to: ProposalState, verb: ProposalVerb, by: User, reason: str) -> None:
    _need(reason)
    _move(proposal, STOPPABLE, to, verb, by=by, words=reason.strip(), ended_at=timezone.now())


def _requeue(proposal: ReleaseProposal, states: tuple[ProposalState, ...], verb: ProposalVerb, *, by: User) -> None:
    _move(
        proposal, states, ProposalState.UPLOADED, verb, by=by, queued_at=timezone.now(), attempts=0, approved_by=None,
        approved_at=None, overruled="", ended_at=None,
    )  # fmt: skip


def _need(reason: str) -> None:
    if not reason.strip():
        raise NotNowError("Say why; the reason is kept.")


def _move(
    proposal: ReleaseProposal, states: Any, to: ProposalState, verb: ProposalVerb, *, by: User, words: str = "",
    only: dict[str, Any] | None = None, **values: Any,
) -> None:  # fmt: skip
    """The step from one of `states` to another, if nobody was quicker; the row in hand follows."""
    states = (states,) if isinstance(states, ProposalState) else states
    try:
        with transaction.atomic():
            rows = ReleaseProposal.objects.filter(pk=proposal.pk, state__in=states, **(only or {}))
            if rows.update(state=to, **values):
                log(proposal, verb, by=by, words=words)
                for name, value in {"state": to, **values}.items():
                    setattr(proposal, name, value)
                return
    except IntegrityError:  # asked again, while the same file was proposed anew
        raise NotNowError("The same file is proposed a second time and still open; end that proposal first.") from None
    raise NotNowError(_too_late(ReleaseProposal.objects.get(pk=proposal.pk)))


def _too_late(proposal: ReleaseProposal) -> str:
    """What was done with it meanwhile, and by whom."""
    last = proposal.steps.select_related("by").order_by("-pk").first()
    if last is None:
        return f"It stands at “{proposal.get_state_display()}”."
    who = last.by.get_username() if last.by else "The worker"
    return (
        f"Nothing was done. It stands at “{proposal.get_state_display()}” by now: {who}, {last.get_verb_display()}, "
        f"{last.at:%Y-%m-%d %H:%M} UTC."
    )
