"""What a reader typed before signing in (a review, an answer, a reply): kept in the own session until it is sent."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase

KEY: Final = "drafts"
#: Of the newest programs; nobody writes about more at a time.
MOST: Final = 3


def keep(session: SessionBase, slug: str, typed: dict[str, Any]) -> None:
    """Remember what was typed about a program, in the place of what was typed before."""
    drafts = {name: draft for name, draft in _all(session).items() if name != slug}
    session[KEY] = dict([*drafts.items(), (slug, typed)][-MOST:])


def kept(session: SessionBase, slug: str) -> dict[str, Any] | None:
    """What was typed about the program, as the form's fields; None when nothing was."""
    found = _all(session).get(slug)
    return found if isinstance(found, dict) else None


def drop(session: SessionBase, slug: str) -> None:
    """Forget it: it was sent, or its writer threw it away."""
    drafts = _all(session)
    if slug in drafts:
        del drafts[slug]
        session[KEY] = drafts


def _all(session: SessionBase) -> dict[str, Any]:
    held = session.get(KEY)
    return dict(held) if isinstance(held, dict) else {}
