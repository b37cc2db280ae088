"""A session of staff: what opens it, how long it lasts, and who is half-way in."""

from __future__ import annotations

import time
from enum import Enum
from typing import Any, Final, cast

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from directory.staff import factors

HOUR: Final = 60 * 60
#: Seconds after which a session ends, whatever happens in it, and without a request.
LONGEST: Final = 12 * HOUR
IDLE: Final = HOUR
#: Between the password and the second factor. Setting one up takes a look for the phone.
TO_FINISH: Final = 15 * 60
#: How old the note of the last request may be: not every page has to write the session.
NOTED_EVERY: Final = 60
BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
DESK, HALF_WAY = "desk", "desk_half_way"


class Standing(Enum):
    """How a browser stands to the desk."""

    IN = "in"
    OVER = "over"  # signed in, and the session's time is over
    OUT = "out"


def standing(request: HttpRequest) -> Standing:
    """Looked at once per request. Asks for a second factor's row when the session was opened with one."""
    known = getattr(request, "_desk_standing", None)
    if known is None:
        known = request._desk_standing = _standing(request)  # type: ignore[attr-defined]  # noqa: SLF001 - our own note
    return cast(Standing, known)


def _standing(request: HttpRequest) -> Standing:
    user = request.user
    if not (isinstance(user, User) and user.is_active and user.is_staff):
        return Standing.OUT
    desk = request.session.get(DESK)
    if desk is None:
        # Not opened by our sign-in page: only where a password alone is enough.
        return Standing.OUT if settings.STAFF_SECOND_FACTOR else Standing.IN
    now = time.time()
    if now - desk["since"] >= LONGEST or now - desk["seen"] >= IDLE:
        return Standing.OVER
    if desk["factor"]:
        # Whose factors an administrator has removed is out of every browser at once.
        return Standing.IN if factors.has_any(user) else Standing.OUT
    return Standing.OUT if settings.STAFF_SECOND_FACTOR else Standing.IN


def note(request: HttpRequest) -> None:
    """Remember that somebody is at work."""
    desk = request.session.get(DESK)
    if desk and time.time() - desk["seen"] >= NOTED_EVERY:
        request.session[DESK] = {**desk, "seen": time.time()}


def open_for(request: HttpRequest, user: User, *, factor: str) -> None:
    """The person is in: `factor` is the kind that was shown, "" where none is asked."""
    request.session.pop(HALF_WAY, None)
    login(request, user, backend=BACKEND)
    now = time.time()
    request.session[DESK] = {"since": now, "seen": now, "factor": factor}
    # The cookie outlives the session a little, so that we still know whose form comes too late.
    request.session.set_expiry(LONGEST + HOUR)
    request._desk_standing = None  # type: ignore[attr-defined]  # noqa: SLF001 - our own note


def now_with(request: HttpRequest, *, factor: str) -> None:
    """Somebody who is in has shown a factor for the first time."""
    if DESK in request.session:
        request.session[DESK] = {**request.session[DESK], "factor": factor}


def close(request: HttpRequest) -> int | None:
    """End a session whose time is over; returns the key of the account it belonged to."""
    pk = request.user.pk
    logout(request)
    request._desk_standing = None  # type: ignore[attr-defined]  # noqa: SLF001 - our own note
    return pk


def wait_for_second_step(request: HttpRequest, user: User, *, lead_to: str) -> None:
    """The password was right. Nobody is signed in yet: no page takes this browser for staff."""
    request.session.cycle_key()
    request.session[HALF_WAY] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "at": time.time(),
        "next": lead_to,
    }


def half_way(request: HttpRequest) -> tuple[User, str] | None:
    """Who has given the password in this browser a moment ago, and where the person wanted to go."""
    waiting: dict[str, Any] | None = request.session.get(HALF_WAY)
    if not waiting or time.time() - waiting["at"] >= TO_FINISH:
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), waiting["password"]):
        return None
    return user, waiting["next"]
