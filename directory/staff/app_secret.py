"""The secret of an authenticator app that is being set up: it waits in the session until the app shows a right code."""

from __future__ import annotations

import base64
from typing import Final

from allauth.core.context import request_context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.auth.models import User
from django.http import HttpRequest

from directory.staff import factors
from directory.staff.adapter import Unreadable

WAITING: Final = "desk_app_secret"


def waiting(request: HttpRequest) -> str:
    """The secret that this browser was shown, made when there is none yet."""
    sealed = request.session.get(WAITING, "")
    try:
        secret = decrypt(sealed)
    except Unreadable:
        secret = ""
    if not secret:
        secret = factors.new_secret()
        request.session[WAITING] = encrypt(secret)
    return str(secret)


def forget(request: HttpRequest) -> None:
    """It is set up, or will not be."""
    request.session.pop(WAITING, None)


def picture(request: HttpRequest, user: User) -> dict[str, str]:
    """The QR code as an address of data, and the secret in groups of four for typing."""
    secret = waiting(request)
    with request_context(request):
        adapter = get_adapter()
        svg = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return {"qr": "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii"), "secret": groups}
