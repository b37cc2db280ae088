"""manage.py record_bounce: an address whose mail came back gets no more."""

from __future__ import annotations

import email
import sys
from email.message import Message
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from directory.engagement.outbox import refuse, vouched_for
from directory.engagement.refusals import report_refuses_the_address
from directory.models import Mail


class Command(BaseCommand):
    help = (
        "Mark an address as one that takes no mail, until its reader signs in with a new code. Name the address, or "
        "give a delivery report (RFC 3464) on standard input: a report counts when it brings back a mail of ours and "
        "says that its address is none; others are left alone. Any report about a mail in doubt settles it: the mail "
        "server had it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", help="without it, a delivery report is read from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["address"]:
            self._refuse(_checked(options["address"]), "bounced")
            return
        report = email.message_from_bytes(sys.stdin.buffer.read())
        returned = _returned(report)
        if count := vouched_for(message_ids=returned, now=timezone.now()):
            self.stdout.write(f"The report says what became of {count} in doubt: the mail server had it.")
        status = _final_failure(report)
        # The address is the one that we wrote to: a report can be forged, the name of our mail cannot be guessed.
        mail = Mail.objects.filter(message_id__in=returned).exclude(recipient="").first() if status else None
        if mail is None:
            self.stdout.write("No final failure of an address that we wrote to is reported; nothing changed.")
        else:
            self._refuse(mail.recipient, status)

    def _refuse(self, address: str, reason: str) -> None:
        count = refuse(email=address, reason=reason)
        self.stdout.write(f"No more mail goes there; {count} that waited {'is' if count == 1 else 'are'} given up.")


def _checked(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        raise CommandError(f"{address!r} is no e-mail address.") from None
    return address


def _final_failure(report: Message) -> str:
    """The status with which a delivery report says that an address takes no mail; "" for anything else."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status" and isinstance(groups := part.get_payload(), list):
            for group in groups:
                if isinstance(group, Message) and (status := _failure(group)):
                    return status
    return ""


def _failure(group: Message) -> str:
    action, status = str(group.get("Action", "")).strip().lower(), str(group.get("Status", "")).strip()
    about_it = report_refuses_the_address(status, str(group.get("Diagnostic-Code", "")))
    return status if action == "failed" and about_it else ""


def _returned(report: Message) -> set[str]:
    """The Message-IDs of what a delivery report brings back: the whole mail, or its head."""
    found = set()
    for part in report.walk():
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            found |= {str(each.get("Message-ID", "")).strip() for each in payload if isinstance(each, Message)}
        elif part.get_content_type() == "text/rfc822-headers":
            head = email.message_from_bytes(bytes(part.get_payload(decode=True) or b""))
            found.add(str(head.get("Message-ID", "")).strip())
    return found - {""}
