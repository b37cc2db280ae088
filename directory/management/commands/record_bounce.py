"""manage.py record_bounce: an address whose mail came back gets no more."""

from __future__ import annotations

import email
import sys
from email.message import Message
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from directory.engagement.outbox import refuse


class Command(BaseCommand):
    help = (
        "Mark an address as one that takes no mail, until its reader signs in with a new code. Name the address, or "
        "give a delivery report (RFC 3464) on standard input: reports of a final failure count, others are left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", help="without it, a delivery report is read from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        failures = [(options["address"], "bounced")] if options["address"] else _failures(sys.stdin.buffer.read())
        if not failures:
            self.stdout.write("No final failure is reported; nothing changed.")
        for address, status in failures:
            try:
                validate_email(address)
            except ValidationError:
                raise CommandError(f"{address!r} is no e-mail address.") from None
            count = refuse(email=address, reason=status)
            self.stdout.write(f"No more mail goes there; {count} that waited {'is' if count == 1 else 'are'} given up.")


def _failures(report: bytes) -> list[tuple[str, str]]:
    """(address, status) of each final failure in a delivery report; empty for anything else."""
    found = []
    for part in email.message_from_bytes(report).walk():
        if part.get_content_type() == "message/delivery-status" and isinstance(groups := part.get_payload(), list):
            found += [_failure(group) for group in groups if isinstance(group, Message)]
    return [each for each in found if each]


def _failure(group: Message) -> tuple[str, str] | None:
    action, status = str(group.get("Action", "")).strip().lower(), str(group.get("Status", "")).strip()
    address = str(group.get("Final-Recipient", "")).partition(";")[2].strip()
    # 5.x.x is for good; a full mailbox (5.2.2) is not the address's fault, but nobody reads it either.
    return (address, status) if action == "failed" and status.startswith("5") and address else None
