"""Readers with a confirmed e-mail address: who is reading, how an account comes about and how it goes."""

from __future__ import annotations

import secrets
from typing import Any, Final, NamedTuple

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.module_loading import import_string

#: The way into a session that a code opens, and no other.
BACKEND: Final = "directory.engagement.readers.ReaderBackend"
STAFF: Final = Q(is_staff=True) | Q(is_superuser=True)


class Kept(NamedTuple):
    """One line of "what we keep": what it is, how much of it, and the page that shows it ("" when none does)."""

    label: str
    amount: str
    url: str = ""


class ReaderBackend(ModelBackend):
    """Sessions that began with a code from a mail. Whoever is or becomes staff has none: it ends at the next page.

    So no session of a reader opens the desk, whatever becomes of the account, and a second factor of staff cannot be
    passed by through a mailbox.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:  # type: ignore[override]
        """Nobody: a code is confirmed in `engagement.sign_in`, and there are no passwords."""

    def get_user(self, user_id: int) -> User | None:
        user = super().get_user(user_id)
        return user if isinstance(user, User) and not _is_staff(user) else None

    def has_perm(self, *_: Any, **__: Any) -> bool:
        return False

    def get_all_permissions(self, *_: Any, **__: Any) -> set[str]:
        return set()


def reader_of(request: HttpRequest) -> User | None:
    """The reader who is signed in; None for everybody else, staff included.

    Without the session cookie nothing is asked of the database and no session is touched, so that a page which calls
    this stays the same for all readers who have none.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = request.user
    return user if isinstance(user, User) and user.is_active and not _is_staff(user) else None


def is_at_the_desk(request: HttpRequest) -> bool:
    """Whether this browser is signed in as staff, which reads without a reader's things."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and _is_staff(request.user)


def may_sign_in(email: str) -> bool:
    """Whether a code may open a session for the address: not when it belongs to staff or to a closed account."""
    theirs = User.objects.filter(Q(email__iexact=email) | Q(emailaddress__email__iexact=email))
    if theirs.filter(STAFF).exists():
        return False
    return not theirs.filter(emailaddress__email__iexact=email, is_active=False).exists()


def reader_with(*, email: str) -> User | None:
    """The reader of an address that was just confirmed, made when there is none; None when it may not sign in.

    Two confirmations at once end in one account.
    """
    email = email.lower()
    if not may_sign_in(email):
        return None
    try:
        with transaction.atomic():
            return _known(email) or _new(email)
    except IntegrityError:
        return _known(email)


def erase(*, reader: User) -> None:
    """Remove the account and all that hangs on it: every table about readers cascades from it."""
    with transaction.atomic():
        reader.delete()


def greet(*, request: HttpRequest, reader: User) -> None:
    """Let each app take over what this browser kept before its reader was known.

    An app names its functions in `when_a_reader_signs_in` of its AppConfig; each gets the request and the reader.
    """
    _tell("when_a_reader_signs_in", request=request, reader=reader)


def kept_about(reader: User) -> list[Kept]:
    """What each app keeps about the reader, in words; an app names its functions in `kept_about_a_reader`."""
    return [kept for answer in _tell("kept_about_a_reader", reader=reader) for kept in answer]


def _tell(occasion: str, **about: Any) -> list[Any]:
    return [import_string(path)(**about) for config in apps.get_app_configs() for path in getattr(config, occasion, ())]


def _is_staff(user: Any) -> bool:
    return bool(getattr(user, "is_staff", False) or getattr(user, "is_superuser", False))


def _known(email: str) -> User | None:
    address = EmailAddress.objects.select_related("user").filter(email=email, verified=True).first()
    return address.user if address else None


def _new(email: str) -> User:
    # The name is no word of the reader's: it stands in the desk and nowhere else.
    user = User(username=f"reader-{secrets.token_hex(8)}", email=email)
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
