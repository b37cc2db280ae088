"""Letters in the site's voice: plain text, the same as simple HTML, no picture and nothing that tells who read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Letter:
    """What a mail says: a subject of one line, and the same words twice."""

    subject: str
    text: str
    html: str


def letter(name: str, about: Mapping[str, Any]) -> Letter:
    """The letter of templates/directory/mail/<name>.{txt,html}; the first line of the text is the subject."""
    context = {**about, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
    subject, _, text = render_to_string(f"directory/mail/{name}.txt", context).strip().partition("\n")
    html = render_to_string(f"directory/mail/{name}.html", {**context, "subject": subject})
    return Letter(" ".join(subject.split()), f"{text.strip()}\n", html)


def message(*, recipient: str, text: Letter, message_id: str, headers: Mapping[str, str]) -> EmailMultiAlternatives:
    """The letter as a mail to one address."""
    mail = EmailMultiAlternatives(
        text.subject,
        text.text,
        to=[recipient],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated", **headers},
    )
    mail.attach_alternative(text.html, "text/html")
    return mail


def on_the_envelope(email: str) -> str:
    """The address as a mail server is told it, in ASCII. Raises ValueError for one that cannot be written so."""
    return sanitize_address(email, "utf-8")


def new_message_id() -> str:
    """A name for one mail, the same however often it is handed over."""
    return make_msgid(domain=settings.MAIL_DOMAIN)


def post_now(*, recipient: str, text: Letter) -> None:
    """Hand a letter over while its reader waits. Raises OSError or smtplib.SMTPException when that fails.

    For codes only, which are worthless a little later: everything else goes through the outbox.
    """
    message(recipient=recipient, text=text, message_id=new_message_id(), headers={}).send()
