"""Writing, changing and withdrawing a review: one for each reader and program, none shown before staff have read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from directory.engagement import outbox
from directory.engagement.readers import Kept
from directory.engagement.review_words import digest
from directory.models import Program, Review, ReviewReply, ReviewReport
from directory.vocab import ASPECTS, ReviewState

#: A review is shown with others or not at all: nobody stands alone, and no mean is one person's mood.
MINIMUM: Final = 3
EDIT_WITHIN: Final = dt.timedelta(days=1)
#: New reviews of one account within a day, and how often one of them can be changed.
MOST_A_DAY: Final = 3
MOST_REVISIONS: Final = 12
#: How long we keep what we refused, so that its writer can read why and change it.
KEEP_REFUSED: Final = dt.timedelta(days=180)


class ReviewNotTaken(Exception):
    """A review that cannot be taken as it is. `field` is the one to look at, "" the whole; `str()` says why, to its
    writer.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Words:
    """What a reader says of a program. `ratings`: a name of ASPECTS -> 1 to 5, without those that were left open."""

    role: str
    year: int
    title: str
    text: str
    ratings: dict[str, int] = field(default_factory=dict)

    def columns(self) -> dict[str, object]:
        """The columns of a review that hold them."""
        rated = {name: self.ratings.get(name) for name in ASPECTS}
        return {"role": self.role, "year": self.year, "title": self.title, "text": self.text, **rated}


def own_review(reader: User, program: Program) -> Review | None:
    """What the reader has written about the program and not withdrawn."""
    found = Review.objects.filter(reader=reader, program=program).exclude(state=ReviewState.WITHDRAWN)
    return found.select_related("program__school").first()


def may_change(review: Review, now: dt.datetime | None = None) -> bool:
    """Within a day of writing it; a refused one as long as we keep it, because nobody sees it."""
    if review.state == ReviewState.REFUSED:
        return True
    return review.state != ReviewState.WITHDRAWN and (now or timezone.now()) < review.written_at + EDIT_WITHIN


def was_shown(review: Review) -> bool:
    """Whether it was ever accepted, so that readers may have seen it."""
    return bool(review.history.filter(state=ReviewState.SHOWN).exists())


@transaction.atomic
def send(*, reader: User, program: Program, words: Words) -> tuple[Review, bool]:
    """Put a new or changed review into the queue of staff. Returns it, and whether anything changed: the same words
    sent twice are one review. Raises ReviewNotTaken.
    """
    # Two browsers of one reader come one after the other.
    User.objects.select_for_update().get(pk=reader.pk)
    program, now = _standing(program), timezone.now()
    review = Review.objects.select_for_update().filter(reader=reader, program=program).first()
    columns = words.columns()
    if review and all(getattr(review, name) == value for name, value in columns.items()):
        return review, False
    began = review is None or review.state == ReviewState.WITHDRAWN
    if review is None:
        review = Review(reader=reader, program=program, revision=0)
    elif not began and not may_change(review, now):
        raise ReviewNotTaken(
            "A review can be changed within a day of writing it, and that day is over. "
            "You can still withdraw it; after that you can write a new one."
        )
    _within_limits(review, words, now, new=began)
    for name, value in {**columns, "reason": "", "note": "", "decided_at": None, "decided_by": None}.items():
        setattr(review, name, value)
    review.state, review.text_digest, review.sent_at = ReviewState.PENDING, digest(words.text), now
    review.revision += 1
    if began:
        review.written_at = now
    _keep(review)
    _settle_reports(review, now)
    # A reply answers words that are no longer there; staff look at both again.
    ReviewReply.objects.filter(review=review, state=ReviewState.SHOWN).update(state=ReviewState.PENDING, sent_at=now)
    return review, True


@transaction.atomic
def withdraw(*, review: Review) -> bool:
    """Take a review back at once, with its words and the school's reply; whether there was anything to take back."""
    held = Review.objects.select_for_update().get(pk=review.pk)
    if held.state == ReviewState.WITHDRAWN:
        return False
    for name in ("role", "title", "text", "text_digest", "reason", "note"):
        setattr(held, name, "")
    for name in (*ASPECTS, "year", "decided_at", "decided_by"):
        setattr(held, name, None)
    held.state = ReviewState.WITHDRAWN
    held.revision += 1
    _keep(held)
    ReviewReply.objects.filter(review=held).delete()
    outbox.take_back(about=f"review:{held.pk}")
    _settle_reports(held, timezone.now())
    return True


def forget(*, today: dt.date) -> None:
    """What is kept no longer: refused reviews after half a year, and yesterday's marks of readers who reported."""
    oldest = dt.datetime.combine(today, dt.time.min, dt.UTC)
    Review.objects.filter(state=ReviewState.REFUSED, decided_at__lt=oldest - KEEP_REFUSED).delete()
    ReviewReport.objects.filter(made_at__lt=oldest).exclude(mark="").update(mark="")


def kept_about(reader: User) -> list[Kept]:
    """The reader's reviews, one line each, for the page that says what we keep."""
    rows = Review.objects.filter(reader=reader).exclude(state=ReviewState.WITHDRAWN)
    return [
        Kept(
            f"Your review of {review.program.display_title}, {review.program.school.name}",
            str(review.get_state_display()).lower(),
            reverse("review_write", args=[review.program.slug]),
        )
        for review in rows.select_related("program__field", "program__school")
    ]


def _standing(program: Program) -> Program:
    """The program, or the one that it became; waits for a merge that is under way."""
    held = Program.objects.select_for_update(no_key=True, of=("self",)).get(pk=program.pk)
    return held.merged_into or program


def _within_limits(review: Review, words: Words, now: dt.datetime, *, new: bool) -> None:
    mine = Review.objects.filter(reader_id=review.reader_id)
    if new and mine.filter(written_at__gt=now - EDIT_WITHIN).count() >= MOST_A_DAY:
        raise ReviewNotTaken(
            f"{MOST_A_DAY} reviews a day are as many as we take from one person. "
            "Your text stands below: send it again tomorrow."
        )
    if review.revision >= MOST_REVISIONS:
        raise ReviewNotTaken("This review has been changed so often that we take no further change.")
    others = mine.exclude(pk=review.pk).filter(text_digest=digest(words.text)).exclude(state=ReviewState.WITHDRAWN)
    if other := others.select_related("program__field", "program__school").first():
        raise ReviewNotTaken(
            f"You have sent these words already, about {other.program.display_title} at {other.program.school.name}. "
            "Say what you saw in this program.",
            field="text",
        )


def _keep(review: Review) -> None:
    """Save with a line of history that does not say who the writer is."""
    review.recorded_as(None)
    review.save()


def _settle_reports(review: Review, now: dt.datetime) -> None:
    review.reports.filter(outcome="").update(outcome=ReviewReport.Outcome.GONE, closed_at=now)
