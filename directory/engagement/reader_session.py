"""A reader's own session: what somebody without an account keeps here, and for how long.

A session is made when a reader first keeps something, never by looking at a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

#: Choosing a school takes a season; what nobody has changed for longer is forgotten. Sign-ins keep their own time.
DAYS_KEPT: Final = 180
#: The day on which the cookie was last renewed, so that it lasts as long as what it opens.
RENEWED: Final = "renewed_on"


def carries_session(request: HttpRequest) -> bool:
    """Whether the request brings a session along. Asks nothing: pages look at the session only when this holds."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def cookie_is_due(session: SessionBase) -> bool:
    """Whether the reader's cookie has to be sent anew, because what it opens now lasts longer."""
    return bool(getattr(session, "cookie_is_due", False))


def end_with_sign_in(session: SessionBase) -> None:
    """Give a session the time of sign-ins: what was kept before by somebody unknown does not prolong an account's."""
    session.set_expiry(None)


@contextmanager
def changing(session: SessionBase, part: str) -> Iterator[dict[str, Any]]:
    """One part of the session, to be changed in place and written at the end; an empty part is forgotten.

    Two taps on two buttons are two requests: the second waits for the first and starts from what that one left,
    so neither is lost. Nothing is written when the block raises.
    """
    with transaction.atomic():
        changed_before = session.modified
        known = _locked(session, part)
        held = dict(session.get(part) or {})
        yield held
        if held:
            session[part] = held
        else:
            session.pop(part, None)
        if not {*session.keys()} - {RENEWED, "_session_expiry"}:
            session.flush()
            return
        today = timezone.localdate().isoformat()
        renew = session.get(RENEWED) != today
        session[RENEWED] = today
        if SESSION_KEY not in session:
            session.set_expiry(DAYS_KEPT * 24 * 60 * 60)
        session.save()
        # It is written already. Written a second time at the end of the request, it would undo what came between: so
        # a row that others may know is not, and `ReadersOwn` alone renews the cookie.
        session.modified = changed_before or not known
        if renew:
            session.cookie_is_due = True  # type: ignore[attr-defined]  # a session carries what its answer needs


def _locked(session: SessionBase, part: str) -> bool:
    """Lock the row of a session that exists and read it anew; False when there is none yet.

    Of a session that this request has changed already (somebody is signing in), only the part is read anew.
    """
    if not isinstance(session, SessionStore) or not session.session_key:
        return False
    rows = session.model.objects.select_for_update()
    if not rows.filter(pk=session.session_key).exists():
        return False
    fresh = dict(type(session)(session.session_key).items())
    names = {part} if session.modified else {*session.keys(), *fresh}
    for name in names:
        if name in fresh:
            session[name] = fresh[name]
        else:
            session.pop(name, None)
    return True
