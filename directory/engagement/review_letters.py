"""The mail by which a reader hears what became of a review; it waits in the outbox with the decision itself."""

from __future__ import annotations

from django.urls import reverse

from directory.engagement import outbox
from directory.engagement.letters import letter
from directory.engagement.reviews import MINIMUM
from directory.models import Review


def tell_the_writer(review: Review) -> None:
    """One mail for each revision and outcome: a decision that is repeated says nothing new."""
    program = review.program
    text = letter(
        "review_decided",
        {
            "program": program,
            "school": program.school,
            "shown": review.is_shown,
            "reason": review.get_reason_display(),
            "note": review.note,
            "minimum": MINIMUM,
            "path": reverse("review_write", args=[program.slug]),
        },
    )
    key = f"review:{review.pk}:{review.revision}:{review.state}"
    outbox.post(key=key, reader=review.reader, text=text, about=f"review:{review.pk}")
