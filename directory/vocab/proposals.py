"""What becomes of an official file that somebody wants to load."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class ProposalState(TextChoices):
    """Where a proposed file stands. The worker moves it on from those in `QUEUED`, people from `PREVIEWED`."""

    UPLOADED = "uploaded", "Waits to be checked"
    CHECKING = "checking", "Is being checked"
    PREVIEWED = "previewed", "Waits for approval"
    APPROVED = "approved", "Approved, waits to be loaded"
    APPLYING = "applying", "Is being loaded"
    APPLIED = "applied", "Loaded"
    REVERTING = "reverting", "Is being taken back"
    REVERTED = "reverted", "Taken back"
    UNCHANGED = "unchanged", "Nothing to change"
    BAD_FILE = "bad-file", "Cannot be loaded"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    FAILED = "failed", "Failed"


#: The worker is at it, or will be.
QUEUED: Final = (ProposalState.UPLOADED, ProposalState.APPROVED, ProposalState.REVERTING)
WORKED_ON: Final = (*QUEUED, ProposalState.CHECKING, ProposalState.APPLYING)
#: Something is still to happen before the file is in or out; one proposal of a file at a time is.
OPEN: Final = (
    ProposalState.UPLOADED, ProposalState.CHECKING, ProposalState.PREVIEWED, ProposalState.APPROVED,
    ProposalState.APPLYING,
)  # fmt: skip
#: A person may still say that the file is not to be loaded.
STOPPABLE: Final = (
    ProposalState.UPLOADED, ProposalState.CHECKING, ProposalState.PREVIEWED, ProposalState.APPROVED,
)  # fmt: skip


class ProposalVerb(TextChoices):
    """What somebody, or the worker, did with a proposed file."""

    PROPOSED = "proposed", "proposed"
    CHECKED = "checked", "checked"
    BAD_FILE = "bad-file", "found that it cannot be loaded"
    UNCHANGED = "unchanged", "found nothing to change"
    APPROVED = "approved", "approved"
    STALE = "stale", "sent back: another import since its preview"
    AGAIN = "again", "asked for another preview"
    APPLIED = "applied", "loaded"
    REFUSED = "refused", "refused"
    WITHDRAWN = "withdrawn", "withdrew"
    TAKEN_UP = "taken-up", "taken up again after its process ended"
    FAILED = "failed", "failed"
    REVERT = "revert", "asked to take it back"
    KEPT = "kept", "could not be taken back"
    REVERTED = "reverted", "taken back"
