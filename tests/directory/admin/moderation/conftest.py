"""What readers and schools wrote, and two moderators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client

from directory.models import ErrorReport, Review, ReviewReply, School
from directory.vocab import Role
from tests.directory.admin.test_error_reports import report
from tests.directory.invented import program, school
from tests.directory.reviews.people import reader

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
A_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
    cache.clear()


def member(role: Role, name: str) -> Client:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def ann(db: None) -> Client:
    return member(Role.MODERATOR, "ann")


@pytest.fixture
def bob(db: None) -> Client:
    return member(Role.MODERATOR, "bob")


@pytest.fixture
def at(db: None) -> School:
    return school(name="Example College", county="Oak")


@pytest.fixture
def review(at: School) -> Review:
    sent = NOON - 2 * A_DAY
    return Review.objects.create(
        reader=reader("writer@example.org"), program=program(at), role="graduate", year=2025, overall=2,
        text="The evening classes fit around my shifts.", written_at=sent, sent_at=sent,
    )  # fmt: skip


@pytest.fixture
def reply(review: Review) -> ReviewReply:
    return ReviewReply.objects.create(
        review=review, domain="example.edu", text="Thank you.", written_at=NOON, sent_at=NOON - 6 * A_DAY
    )


@pytest.fixture
def reported(at: School) -> ErrorReport:
    return report(at, received_at=NOON - 10 * A_DAY)
