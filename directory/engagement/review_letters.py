"""The mail by which a reader hears what became of a review; it waits in the outbox with the decision itself."""

from __future__ import annotations

from django.urls import reverse

from directory.engagement import outbox
from directory.engagement.letters import letter
from directory.engagement.reviews import MINIMUM, was_shown
from directory.models import Review


def tell_the_writer(review: Review) -> None:
    """One mail for each decision that changes something; an earlier one that still waits is taken back."""
    program = review.program
    about = f"review:{review.pk}"
    outbox.take_back(about=about)
    text = letter(
        "review_decided",
        {
            "program": program,
            "school": program.school,
            "shown": review.is_shown,
            "reason": review.get_reason_display(),
            "note": review.note,
            "stood": was_shown(review),
            "minimum": MINIMUM,
            "path": reverse("review_write", args=[program.slug]),
        },
    )
    # The number of the decision: a review may be accepted, taken down, and accepted again.
    key = f"review:{review.pk}:{review.history.latest().pk}:{review.state}"
    outbox.post(key=key, reader=review.reader, text=text, about=about)
