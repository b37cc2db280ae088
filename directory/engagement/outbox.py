"""The outbox: whoever has something to tell a reader writes it here, in the transaction of what it tells.

A mail is then told exactly when its cause is kept; `engagement.sending` hands it over later, and tries again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.engagement.letters import Letter, new_message_id
from directory.models import Mail, MailRefusal

MAY_GO: Final = (Mail.State.WAITING, Mail.State.HANDING_OVER, Mail.State.IN_DOUBT)


def post(*, key: str, reader: User, text: Letter, about: str = "", stop_path: str = "") -> Mail | None:
    """Write a mail to the reader's address; None when one with this key was written before, or the address is refused.

    `about` names what the reader can stop ("search:12"), `stop_path` the address that stops it.
    """
    if is_refused(reader.email):
        return None
    now = timezone.now()
    with transaction.atomic():
        mail, new = Mail.objects.get_or_create(
            key=key,
            defaults={
                "reader": reader,
                "recipient": reader.email,
                "subject": text.subject[:200],
                "text": text.text,
                "html": text.html,
                "about": about,
                "stop_path": stop_path,
                "message_id": new_message_id(),
                "written_at": now,
                "not_before": now,
            },
        )
    return mail if new else None


def take_back(*, about: str) -> int:
    """Remove what may still go about something that the reader has stopped; how many there were.

    That is also what is on its way or in doubt, which might be sent another time.
    """
    removed, _ = Mail.objects.filter(about=about, state__in=MAY_GO).delete()
    return removed


# --- addresses that take no mail -----------------------------------------------------------------------


def refuse(*, email: str, reason: str) -> int:
    """Remember that the address takes no mail, and give up what waits for it; how many mails that were."""
    with transaction.atomic():
        MailRefusal.objects.update_or_create(
            digest=_digest(email), defaults={"reason": reason[:60], "refused_at": timezone.now()}
        )
        waiting = Mail.objects.filter(recipient__iexact=email, state=Mail.State.WAITING)
        return waiting.update(state=Mail.State.REFUSED, trouble=reason[:60])


def is_refused(email: str) -> bool:
    """Whether mail to the address came back, and nobody has confirmed it since."""
    return MailRefusal.objects.filter(digest=_digest(email)).exists()


def vouched_for(*, message_ids: Iterable[str], now: dt.datetime) -> int:
    """A report of a mail server brings these mails back: it had them whole. How many doubts that settles."""
    doubted = Mail.objects.filter(message_id__in=list(message_ids), state=Mail.State.IN_DOUBT)
    return doubted.update(state=Mail.State.SENT, sent_at=now, trouble="")


def confirmed(*, email: str) -> None:
    """The reader has just read a mail there, so the address takes mail again."""
    MailRefusal.objects.filter(digest=_digest(email)).delete()


def _digest(email: str) -> str:
    return salted_hmac("directory.engagement.outbox/refused", email.lower(), algorithm="sha256").hexdigest()


def stop_headers(stop_path: str) -> dict[str, str]:
    """What lets a mail program offer to stop this kind of mail with one press (RFC 8058)."""
    if not stop_path:
        return {}
    return {
        "List-Unsubscribe": f"<{settings.SITE_URL}{stop_path}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
