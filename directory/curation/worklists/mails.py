"""Mails of which nobody can say whether they were handed over: their number, and nothing about who gets them."""

from __future__ import annotations

from typing import Final

from django.db.models import Count, Min

from directory.curation.worklists.case import Asked, Case, Kind, counted, fingerprint
from directory.curation.worklists.harm import harm
from directory.models import Mail

IN_DOUBT: Final = 6


def find(asked: Asked) -> list[Case]:
    """One case for all of them, or none; one query."""
    found = Mail.objects.filter(state=Mail.State.IN_DOUBT).aggregate(count=Count("pk"), first=Min("written_at"))
    count, first = found["count"], found["first"]
    if not count:
        return []
    return [
        Case(
            kind=KIND.slug,
            key="in-doubt",
            subject=counted(count, "mail in doubt", "mails in doubt"),
            url="",
            reason="The mail server gave no word when they were handed over, so readers have them twice or not at all. "
            "On the server: “manage.py send_mail --in-doubt leave” takes them as sent, “--in-doubt again” sends them "
            "once more.",
            harm=harm(IN_DOUBT, graduates=count, days=asked.days_since(first), patience=7),
            fingerprint=fingerprint(count, first),
            since=first.date(),
        )
    ]


KIND: Final = Kind(
    "mails",
    "Mails in doubt",
    "Nobody knows whether readers got them.",
    "auth.change_user",
    "auth.change_user",
    find,
)
