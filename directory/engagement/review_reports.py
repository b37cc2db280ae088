"""A reader's complaint about a review: signed in, or a few a day without. It goes to staff and hides nothing."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.engagement import limits
from directory.engagement.counting import network_of
from directory.engagement.limits import Limit
from directory.engagement.readers import reader_of
from directory.models import Review, ReviewReport

#: Of one reader within a day, and open ones about one review: staff read the first twenty or none.
MOST_A_DAY: Final = 5
MOST_OPEN: Final = 20
A_DAY: Final = Limit("reports of reviews", MOST_A_DAY, limits.DAY)
LONGEST_NOTE: Final = 1_000
_MARK: Final = 16


class TooManyReports(Exception):
    """The reader, or somebody behind the same address, has reported as many reviews today as we take."""


@transaction.atomic
def report(*, review: Review, request: HttpRequest, reason: str, note: str) -> bool:
    """Keep a complaint; False when the reader's earlier one about the same review is still open, or when staff have
    more of them than they need. Raises TooManyReports.
    """
    reader = reader_of(request)
    now = timezone.now()
    mark = "" if reader else _mark(request, now.date().isoformat())
    # One after the other for each reader and for each review.
    if reader:
        User.objects.select_for_update().get(pk=reader.pk)
    Review.objects.select_for_update().get(pk=review.pk)
    own = ReviewReport.objects.filter(reader=reader) if reader else ReviewReport.objects.filter(mark=mark)
    if own.filter(review=review, outcome="").exists() or (mark and own.filter(review=review).exists()):
        return False
    if review.reports.filter(outcome="").count() >= MOST_OPEN:
        return False
    if limits.seconds_to_wait((A_DAY, f"reader {reader.pk}" if reader else network_of(request)), now=now):
        raise TooManyReports
    ReviewReport.objects.create(
        review=review, reader=reader, mark=mark, reason=reason, note=note[:LONGEST_NOTE], made_at=now
    )
    return True


def _mark(request: HttpRequest, day: str) -> str:
    """Tells the addresses of one day apart, and says of nobody who they are; the next day it is forgotten.

    The browser's own word is left out: somebody who changes it with each request is still one.
    """
    network = network_of(request)
    return salted_hmac(f"directory.engagement.review_reports/{day}", network, algorithm="sha256").hexdigest()[:_MARK]
