"""Invented readers with a confirmed address, and reviews that they sent."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.test import Client

from directory.engagement import moderation
from directory.engagement.readers import BACKEND
from directory.engagement.reviews import Words, send
from directory.models import Program, Review

SAID: Final = (
    "The evening classes fit around my shifts, and the teachers answered within a day. Ask about the placement early."
)
#: What a browser sends with a whole form.
TYPED: Final = {
    "role": "graduate",
    "year": "2025",
    "overall": "4",
    "teaching": "5",
    "title": "Fits around work",
    "text": SAID,
}


def reader(email: str = "ann@mail.example", *, verified: bool = True) -> User:
    """An account as the sign-in makes it."""
    found = User.objects.filter(email=email).first()
    if found:
        return found
    made = User.objects.create_user(f"reader-{User.objects.count()}", email=email)
    EmailAddress.objects.create(user=made, email=email, verified=verified, primary=True)
    return made


def browser_of(user: User) -> Client:
    """A browser in which the reader is signed in, as by a code."""
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser


def words(text: str = SAID, **changes: Any) -> Words:
    given = {"role": "graduate", "year": 2025, "title": "", "text": text, "ratings": {"overall": 4, "teaching": 5}}
    return Words(**{**given, **changes})


def chief_of_reviews() -> User:
    found, _ = User.objects.get_or_create(username="moderator", defaults={"is_staff": True})
    return found


def shown(program: Program, count: int, *, first: int = 0, **changes: Any) -> list[Review]:
    """So many accepted reviews of the program, each by another reader in other words; numbered from `first` on."""
    made = []
    for number in range(first, first + count):
        text = changes.pop("text", None) or f"{SAID} Number {number}."
        who = reader(f"writer-{program.pk}-{number}@mail.example")
        review, _ = send(reader=who, program=program, words=words(text, **changes))
        made.append(moderation.show(item=review, revision=review.revision, by=chief_of_reviews()))
    return made
