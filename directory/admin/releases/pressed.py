"""A button of a file's page that was pressed after the session was over, told again after the sign-in."""

from __future__ import annotations

from typing import Final

from directory.admin.releases.page import address
from directory.models import ReleaseProposal
from directory.staff.typed import Pressed
from directory.vocab import ProposalState

#: Verb -> what its button says, and what the press would do.
BUTTONS: Final = {
    "approve": ("Approve and load", "It would be loaded in one step, whole or not at all."),
    "again": ("Preview it again", "It would be checked once more; nothing is loaded by that."),
    "refuse": ("Refuse it", "It would not be loaded; your reason is kept."),
    "withdraw": ("Withdraw it", "It would not be loaded; your reason is kept."),
    "take_back": ("Take it back", "Everything that the load added, changed and removed would become what it was."),
}
#: What somebody can type with a press, and how its page calls it.
LABELS: Final = {"overruled": "Why this file is right all the same", "reason": "Reason"}


def in_words(verb: str, key: int, given: dict[str, str]) -> Pressed | None:
    """What the press was about; None when there is no such file any more, or no such button."""
    proposal = ReleaseProposal.objects.filter(pk=key).first()
    if proposal is None or verb not in BUTTONS:
        return None
    button, would = BUTTONS[verb]
    vintage = f", {proposal.vintage}" if proposal.vintage else ""
    sentences = [f"The file is {proposal.file_name} ({proposal.get_source_display()}{vintage}). {would}"]
    if verb == "approve":
        sentences.append(_approval(proposal, given.get("preview", "")))
    else:
        sentences.append(f"It stands at “{proposal.get_state_display()}” now.")
    words = "Look at its preview first" if verb == "approve" else "Look at the file first"
    lines = [(label, given[name]) for name, label in LABELS.items() if given.get(name, "").strip()]
    return Pressed(button, sentences, address(proposal), words, lines)


def _approval(proposal: ReleaseProposal, seen: str) -> str:
    if proposal.state != ProposalState.PREVIEWED:
        return f"Meanwhile it stands at “{proposal.get_state_display()}”, so the press would do nothing."
    if seen != str(proposal.preview_number):
        return "It was previewed anew since you looked, so the press would do nothing: look at it again."
    counts = f"{proposal.added:,} rows added, {proposal.changed:,} changed, {proposal.removed:,} removed"
    return f"By the preview that you saw: {counts}, {proposal.rejected:,} of the file rejected."
