"""Staff decide about what a reader or a school wrote: shown, or refused with a reason that its writer reads."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.engagement.review_letters import tell_the_writer
from directory.models import Review, ReviewReply, ReviewReport
from directory.vocab import RefusalReason, ReviewState

Text = TypeVar("Text", Review, ReviewReply)


class ChangedMeanwhile(Exception):
    """The words are not those that the decision is about: changed or withdrawn by their writer since."""


@transaction.atomic
def show(*, item: Text, revision: int, by: User) -> Text:
    """Accept the words of that revision; complaints about them are answered by that. Raises ChangedMeanwhile."""
    return _decide(item, revision, by, state=ReviewState.SHOWN)


@transaction.atomic
def refuse(*, item: Text, revision: int, by: User, reason: RefusalReason, note: str = "") -> Text:
    """Do not show, or no longer show, the words of that revision. Raises ChangedMeanwhile, and ValueError for
    the reason "other" without a note.
    """
    if reason == RefusalReason.OTHER and not note.strip():
        raise ValueError("A reason of one's own has words.")
    return _decide(item, revision, by, state=ReviewState.REFUSED, reason=reason, note=" ".join(note.split()))


def _decide(item: Text, revision: int, by: User, *, state: ReviewState, reason: str = "", note: str = "") -> Text:
    held = type(item)._default_manager.select_for_update().get(pk=item.pk)
    if held.revision != revision or held.state == ReviewState.WITHDRAWN:
        raise ChangedMeanwhile
    now, before = timezone.now(), held.state
    held.state, held.reason, held.note = state, reason, note
    held.decided_at, held.decided_by = now, by
    held.recorded_as(by)
    held.save(update_fields=["state", "reason", "note", "decided_at", "decided_by"])
    if isinstance(held, Review):
        outcomes = ReviewReport.Outcome
        outcome = outcomes.KEPT if state == ReviewState.SHOWN else outcomes.REFUSED
        held.reports.filter(outcome="").update(outcome=outcome, closed_at=now)
        if before != state:  # a complaint that was answered is nothing that the writer needs to hear of
            tell_the_writer(held)
    return held
