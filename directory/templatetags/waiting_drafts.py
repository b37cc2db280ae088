"""What a reader typed before signing in, said on the pages that ask for the address and the code."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.conf import settings
from django.urls import Resolver404, resolve

from directory.engagement import drafts
from directory.engagement.references import Misread, read

register = template.Library()

#: Name of the page that leads here -> what waits there.
WAITS: Final = {"review_write": "review", "review_reply": "answer", "correction_reply": "reply"}


@register.simple_tag(takes_context=True)
def waiting_draft(context: dict[str, Any], back_to: str) -> str:
    """What of this browser waits at the path `back_to` to be sent, in a word; "" when nothing does. Without a session
    cookie nothing is asked of the database.
    """
    request = context["request"]
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    try:
        page = resolve(back_to.partition("?")[0])
        name = _draft(page.url_name or "", page.kwargs)
    except (Resolver404, Misread):
        return ""
    return WAITS[page.url_name or ""] if name and drafts.kept(request.session, name) else ""


def _draft(page: str, asked: dict[str, Any]) -> str:
    """The name under which the page keeps its draft."""
    if page == "correction_reply":
        return f"correction-{read(asked['reference'])}"
    return f"reply-{asked['pk']}" if page == "review_reply" else asked["slug"] if page == "review_write" else ""
