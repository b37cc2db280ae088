"""An account that holds nothing ends after a year; whatever points to it is something, by whatever name."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User

from directory.engagement.retention import EMPTY_ACCOUNTS, forget
from directory.models import ReviewReport
from tests.directory.catalogue import by_slug
from tests.directory.reviews.people import reader, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def test_who_has_reported_a_review_holds_something():
    review = shown(by_slug("maple-hit-associate"), 1)[0]
    long_ago = NOW - EMPTY_ACCOUNTS - dt.timedelta(days=1)
    nothing, reporter = reader("nothing@mail.example"), reader("bob@mail.example")
    User.objects.update(date_joined=long_ago)
    ReviewReport.objects.create(review=review, reader=reporter, reason="false", made_at=long_ago)
    assert forget(now=NOW).accounts == 1
    assert not User.objects.filter(pk=nothing.pk).exists()
    assert User.objects.filter(pk=reporter.pk).exists()
