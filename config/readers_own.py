"""What a reader's session means for the answer: who may store it, and how long the reader's cookie lasts."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

from directory.engagement.reader_session import carries_session, cookie_is_due

Answering = Callable[[HttpRequest], HttpResponseBase]


class ReadersOwn:
    """Stands outside Django's own session middleware, and asks nothing of the database.

    Every page shows what its reader has saved, so a cache may give a page that was stored without a cookie only to
    others without one: all pages vary by it. What was made out of a session is stored for nobody else.
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        session: SessionBase | None = getattr(request, "session", None)
        if session is not None and cookie_is_due(session) and not session.modified:
            _renew(response, session)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        if session is not None and session.accessed and carries_session(request):
            patch_vary_headers(response, ("Cookie",))
            if "no-store" not in response.get("Cache-Control", ""):
                patch_cache_control(response, private=True)
        return response


def _renew(response: HttpResponseBase, session: SessionBase) -> None:
    """The cookie once more, as Django sends it, without writing the session: that has been done under its lock."""
    if settings.SESSION_COOKIE_NAME in response.cookies or not session.session_key:
        return
    response.set_cookie(
        settings.SESSION_COOKIE_NAME,
        session.session_key,
        max_age=session.get_expiry_age(),
        domain=settings.SESSION_COOKIE_DOMAIN,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.SESSION_COOKIE_HTTPONLY,
        samesite=settings.SESSION_COOKIE_SAMESITE,  # type: ignore[arg-type]  # Django types its own setting wider
    )
