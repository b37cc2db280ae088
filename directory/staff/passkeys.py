"""Passkeys: what a browser is asked, and whether its answer holds. The library's errors become False."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from directory.staff.notices import told

#: What a made-up answer can make the library raise; none of it is our fault.
NONSENSE: Final = (
    AttributeError, IndexError, InvalidSignature, KeyError, TypeError, ValidationError, ValueError, struct.error,
)  # fmt: skip
LONGEST_NAME: Final = 60
MOST: Final = 10


def held_by(user: User) -> bool:
    """Whether somebody has a passkey."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists())


def options_to_add(request: HttpRequest, user: User) -> str:
    """What the browser needs to make a passkey, as JSON; the session remembers the challenge."""
    with request_context(request):
        return json.dumps(_plain(auth.begin_registration(user, passwordless=False)))


def options_to_check(request: HttpRequest, user: User) -> str:
    """What the browser needs to show one of the person's passkeys, as JSON; the session remembers the challenge."""
    with request_context(request):
        return json.dumps(_plain(auth.begin_authentication(user)))


def add(*, request: HttpRequest, user: User, answer: str, name: str) -> bool:
    """Keep a passkey that the browser has just made; False when its answer does not hold."""
    name = name.strip()[:LONGEST_NAME] or f"Passkey of {timezone.localdate():%-d %B %Y}"
    with _answered(request):
        try:
            credential = json.loads(answer)
            auth.parse_registration_response(credential)
            auth.complete_registration(credential)
            if Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count() >= MOST:
                return False
            with transaction.atomic():
                auth.WebAuthn.add(user, name, credential)
                what = f"The passkey “{name}” was set up as a second factor"
                told(account=user, subject="A second factor was added", what=what)
        except NONSENSE:
            return False
    return True


def check(*, request: HttpRequest, user: User, answer: str) -> bool:
    """Whether the browser has shown a passkey of this person for the challenge of this session."""
    with _answered(request):
        try:
            credential = json.loads(answer)
            auth.parse_authentication_response(credential)
            row = auth.complete_authentication(user, credential)
        except NONSENSE:
            return False
        Authenticator.objects.filter(pk=row.pk).update(last_used_at=timezone.now())
    return True


@contextmanager
def _answered(request: HttpRequest) -> Iterator[None]:
    """A challenge is answered once, rightly or wrongly."""
    with request_context(request):
        yield
        auth.clear_state()


def _plain(value: Any) -> Any:
    """The library's own mappings as JSON knows them, without what is not set."""
    if hasattr(value, "keys"):
        return {key: _plain(value[key]) for key in value.keys() if value[key] is not None}  # noqa: SIM118 - no dict
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, bytes):
        raise TypeError("bytes have no place in JSON")
    return value
