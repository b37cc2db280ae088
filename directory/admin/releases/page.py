"""What the page of a proposed file shows: where it stands, what it would do, and what the person may do with it."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse

from directory.curation.conflicts.of_load import decisions_about
from directory.models import ConflictDecision, ReleaseProposal
from directory.pipeline.proposals import rejects, store
from directory.pipeline.proposals.deciding import against_approval, is_stale
from directory.pipeline.proposals.pulse import last_sign
from directory.pipeline.proposals.starting import somebody_works
from directory.profiles.corrections import label
from directory.vocab import ProposalState, ProposalVerb
from directory.vocab.proposals import WORKED_ON

#: The way of a file, and how many of these steps are behind it in each state.
WAY: Final = ("Proposed", "Checked", "Approved", "Loaded")
PASSED: Final = {
    ProposalState.UPLOADED: 1, ProposalState.CHECKING: 1, ProposalState.PREVIEWED: 2, ProposalState.APPROVED: 3,
    ProposalState.APPLYING: 3, ProposalState.APPLIED: 4, ProposalState.REVERTING: 4, ProposalState.REVERTED: 4,
}  # fmt: skip
LOOK_AGAIN: Final = 4  # seconds
AT_A_GLANCE: Final = 5  # columns of a changed row


def address(proposal: ReleaseProposal, verb: str = "change") -> str:
    return reverse(f"admin:directory_releaseproposal_{verb}", args=[proposal.pk])


def context_of(proposal: ReleaseProposal, user: User, *, may_decide: bool) -> dict[str, Any]:
    """The page's context but for what every page of the desk has. While the file waits, it looks at the lock."""
    steps = list(proposal.steps.select_related("by"))
    waits = proposal.is_worked_on
    content = proposal.preview or {}
    return {
        "proposal": proposal,
        "steps": steps,
        "way": _way(proposal),
        "look_again": LOOK_AGAIN if waits else 0,
        "sign": last_sign(proposal) if waits else None,
        "nobody_works": waits and not somebody_works(),
        "starts_by_itself": settings.RELEASES_START_WORKER,
        "ahead": _ahead(proposal) if waits else 0,
        "stale": is_stale(proposal),
        "why_not": against_approval(proposal, user) if proposal.state == ProposalState.PREVIEWED else "",
        "last_words": next((each for each in reversed(steps) if each.words and each.by_id), None),
        "content": content,
        "readers": _readers(content),
        "losses": [
            {**each, "share": f"{each['removed'] / max(1, each['held']):.1%}"} for each in content.get("losses", ())
        ],
        "tables": [_table(each) for each in content.get("tables", ())],
        "rejects_file": rejects.path_of(proposal).is_file(),
        "file_is_kept": store.holds(proposal.sha256),
        "may_decide": may_decide,
        "may_take_back": may_decide and proposal.state == ProposalState.APPLIED,
        "second_person": settings.RELEASES_NEED_SECOND_PERSON,
        "ended_by": _ender(proposal, steps),
        "decisions": decisions_of(proposal) if proposal.state == ProposalState.REVERTED else (),
    }


def decisions_of(proposal: ReleaseProposal) -> list[tuple[str, str, ConflictDecision]]:
    """What staff decided about conflicts that the load brought: address, correction in words, decision."""
    made = decisions_about(proposal.run) if proposal.run is not None else ()
    return [
        (
            reverse("admin:directory_conflictdecision_change", args=[each.pk]),
            f"{each.override.target}: {label(each.override)}",
            each,
        )
        for each in made
    ]


def _way(proposal: ReleaseProposal) -> list[tuple[str, str]]:
    """Each step with "done", "now" or "to come"."""
    ended_early = 2 if proposal.preview_number else 1
    passed = PASSED.get(ProposalState(proposal.state), ended_early)
    at_it = not proposal.ended_at
    return [
        (name, "done" if at < passed else "now" if at == passed and at_it else "to come") for at, name in enumerate(WAY)
    ]


def _ahead(proposal: ReleaseProposal) -> int:
    """How many the worker does before this one."""
    before = ReleaseProposal.objects.filter(state__in=WORKED_ON, queued_at__lt=proposal.queued_at)
    return before.exclude(pk=proposal.pk).count()


def _ender(proposal: ReleaseProposal, steps: list[Any]) -> Any:
    """The step that refused or withdrew it; None when nobody did."""
    verbs = (ProposalVerb.REFUSED, ProposalVerb.WITHDRAWN, ProposalVerb.REVERT)
    return next((each for each in reversed(steps) if each.verb in verbs), None) if proposal.ended_at else None


def _readers(content: dict[str, Any]) -> dict[str, Any] | None:
    """What the lists lose and gain; None for a source that does not feed them, and for previews of former days."""
    found = content.get("readers")
    return {**found, "back": found["gained"] - found["new"], "reasons": list(found["why"].items())} if found else None


def _sample(found: dict[str, Any]) -> dict[str, Any]:
    """A row with the first columns that change, and the rest for who wants to see them."""
    return {**found, "first": found["values"][:AT_A_GLANCE], "rest": found["values"][AT_A_GLANCE:]}


def _table(found: dict[str, Any]) -> dict[str, Any]:
    """A table of the preview with its samples by kind."""
    groups = [
        (heading, found[what], [_sample(each) for each in found["samples"] if each["what"] == what])
        for heading, what in (("Changed", "changed"), ("Removed", "removed"), ("Added", "added"))
    ]
    return {
        **found,
        "groups": [group for group in groups if group[2]],
        "column_counts": list(found["columns"].items()),
        "has_more": bool(found["samples"] or found["columns"] or found["farthest"]),
    }
