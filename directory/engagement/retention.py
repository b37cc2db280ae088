"""What is kept about readers ends: mails lose their words, files go, and accounts that nobody uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Q

from directory.engagement import limits
from directory.engagement.readers import STAFF
from directory.models import Mail, MailRefusal

#: The words and the address of a mail that went, or never will. Long enough to look into a complaint.
WORDS: Final = dt.timedelta(days=30)
#: The row of a mail, which keeps a thing from being told again.
ROWS: Final = dt.timedelta(days=400)
#: An address that took no mail; by then it may be somebody else's.
REFUSALS: Final = dt.timedelta(days=730)
#: An account that holds nothing and that nobody signs in to.
EMPTY_ACCOUNTS: Final = dt.timedelta(days=365)
ON_ITS_WAY: Final = (Mail.State.WAITING, Mail.State.HANDING_OVER)


@dataclass(frozen=True)
class Forgotten:
    """How much a run removed."""

    words: int
    rows: int
    files: int
    refusals: int
    accounts: int


def forget(*, now: dt.datetime) -> Forgotten:
    """Remove everything whose time is over; sessions that have ended, too."""
    done = Mail.objects.exclude(state__in=ON_ITS_WAY)
    with transaction.atomic():
        rows, _ = done.filter(written_at__lt=now - ROWS).delete()
        words = done.filter(written_at__lt=now - WORDS).exclude(recipient="")
        blanked = words.update(recipient="", subject="", text="", html="", stop_path="")
        refusals, _ = MailRefusal.objects.filter(refused_at__lt=now - REFUSALS).delete()
        accounts = [each for each in _unused(now) if not _holds_anything(each)]
        for each in accounts:
            each.delete()
    SessionStore.clear_expired()
    limits.tidy(now=now)
    return Forgotten(blanked, rows, _old_files(now), refusals, len(accounts))


def _unused(now: dt.datetime) -> Iterable[User]:
    """Readers' accounts that nobody has signed in to for long; staff are never among them."""
    long_ago = now - EMPTY_ACCOUNTS
    seldom = Q(last_login__lt=long_ago) | Q(last_login=None, date_joined__lt=long_ago)
    return User.objects.filter(seldom, emailaddress__isnull=False).exclude(STAFF).distinct()


def _holds_anything(reader: User) -> bool:
    """Whether any table but that of addresses and past mails points to the account, by whatever name."""
    fields: Iterable[Any] = reader._meta.get_fields(include_hidden=True)
    relations = [each for each in fields if each.auto_created and not each.concrete]
    return any(
        each.related_model._default_manager.filter(**{each.field.name: reader}).exists()
        for each in relations
        if each.related_model not in (EmailAddress, Mail) and each.field.many_to_many is False
    )


def _old_files(now: dt.datetime) -> int:
    """Mails that lie as files, and what a killed sender left half written."""
    folder = Path(settings.MAIL_DIR)
    before = (now - WORDS).timestamp()
    old = [
        path for path in folder.glob("*") if path.is_file() and ".eml" in path.name and path.stat().st_mtime < before
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
