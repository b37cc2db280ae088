"""A school's right of reply: one answer to each review, read by staff, shown below the review."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.engagement.review_words import digest
from directory.engagement.school_voice import voice
from directory.models import Review, ReviewReply
from directory.vocab import ReviewState


class NoVoice(Exception):
    """The writer's addresses do not speak for the school; `str()` says why."""


@transaction.atomic
def answer(*, review: Review, writer: User, text: str) -> tuple[ReviewReply, bool]:
    """Put the school's answer into the queue, in the place of an earlier one; and whether anything changed.

    Raises NoVoice, and Review.DoesNotExist when the review is not shown (any more).
    """
    heard = voice(writer, review.program.school)
    if not heard.speaks:
        raise NoVoice(heard.why)
    held = Review.objects.shown().select_for_update().get(pk=review.pk)
    now = timezone.now()
    reply = ReviewReply.objects.select_for_update().filter(review=held).first()
    if reply and reply.text == text:
        return reply, False
    if reply is None:
        reply = ReviewReply(review=held, written_at=now, revision=0)
    reply.writer, reply.domain, reply.text, reply.text_digest = writer, heard.domain, text, digest(text)
    reply.state, reply.sent_at, reply.reason, reply.note = ReviewState.PENDING, now, "", ""
    reply.decided_at, reply.decided_by = None, None
    reply.revision += 1
    reply.recorded_as(None)
    reply.save()
    return reply, True


@transaction.atomic
def take_back(*, reply: ReviewReply) -> None:
    """Remove a school's answer, at the school's wish."""
    ReviewReply.objects.filter(pk=reply.pk).delete()
