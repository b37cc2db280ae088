"""The ways in which a mail leaves: to a mail server, or to whatever Django is told to use."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from typing import Any, Final, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address

from directory.engagement.mail_files import MailFiles

#: Answers to RCPT TO that speak of the address, for good (RFC 5321, 4.2.3); all others may pass.
ADDRESS_REFUSED: Final = frozenset({511, 521, 541, 550, 551, 553, 556})
FINE: Final = range(200, 300)


class AddressRefused(Exception):
    """The mail server takes nothing for this address. `code` is its answer."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class ServerAway(Exception):
    """Nobody takes mail at the moment; the word is the kind of failure."""


class NotTaken(Exception):
    """This mail was not taken, for now; the word says at which step and with which answer."""


class Courier(Protocol):
    """Hands mails over one by one."""

    def hand_over(self, mail: EmailMultiAlternatives, *, before_the_end: Callable[[], object]) -> None:
        """Returns once the mail is the other side's. `before_the_end` is called at the last moment at which the
        other side would still forget the mail if we fell silent; a courier that can hand over twice without harm
        does not call it. Raises AddressRefused, NotTaken or ServerAway.
        """

    def close(self) -> None: ...


def courier() -> Courier:
    """The courier of the settings, connected. Raises ServerAway."""
    backend = get_connection()
    if isinstance(backend, SmtpBackend):
        return SmtpCourier(backend)
    return PlainCourier(backend, repeatable=isinstance(backend, MailFiles))


class PlainCourier:
    """Files, which a second handing over replaces, and other backends of Django, which take a mail in one piece."""

    def __init__(self, backend: Any, *, repeatable: bool) -> None:
        self.backend, self.repeatable = backend, repeatable

    def hand_over(self, mail: EmailMultiAlternatives, *, before_the_end: Callable[[], object]) -> None:
        if not self.repeatable:
            before_the_end()
        try:
            self.backend.send_messages([mail])
        except (OSError, smtplib.SMTPException) as error:
            raise ServerAway(type(error).__name__) from error

    def close(self) -> None:
        self.backend.close()


class SmtpCourier:
    """A mail server, spoken to step by step.

    Until the line with the single dot the server forgets the mail when we fall silent, so whatever happens before
    can be repeated. `before_the_end` is called when only that line is missing; from then on until the server's
    answer it cannot be known whether the mail is taken. smtplib's own `sendmail` has no such place.
    """

    def __init__(self, backend: SmtpBackend) -> None:
        self.backend = backend
        try:
            backend.open()
            self.smtp = backend.connection or smtplib.SMTP()
            self.smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            backend.close()
            raise ServerAway(type(error).__name__) from error

    def hand_over(self, mail: EmailMultiAlternatives, *, before_the_end: Callable[[], object]) -> None:
        content = _lines(mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django adds it
        try:
            self._envelope(mail.to[0])
            self.smtp.send(content)
            before_the_end()
            self.smtp.send(b".\r\n")
            code, _ = self.smtp.getreply()
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise ServerAway(type(error).__name__) from error
        if code not in FINE:
            raise NotTaken(f"content {code}")

    def _envelope(self, recipient: str) -> None:
        options = ["BODY=8BITMIME"] if self.smtp.has_extn("8bitmime") else []
        self._step("sender", self.smtp.mail(sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8"), options))
        code, _ = self.smtp.rcpt(sanitize_address(recipient, "utf-8"))
        if code in ADDRESS_REFUSED:
            self.smtp.rset()
            raise AddressRefused(code)
        self._step("recipient", (code, b""))
        code, _ = self.smtp.docmd("DATA")
        if code != 354:
            self.smtp.rset()
            raise NotTaken(f"data {code}")

    def _step(self, name: str, answer: tuple[int, bytes]) -> None:
        if answer[0] not in FINE:
            self.smtp.rset()
            raise NotTaken(f"{name} {answer[0]}")

    def close(self) -> None:
        self.backend.close()


def _lines(content: bytes) -> bytes:
    """The content as DATA carries it: whole lines, and no line that would read as the end (RFC 5321, 4.5.2)."""
    dotted = re.sub(rb"(?m)^\.", b"..", content)
    return dotted if dotted.endswith(b"\r\n") else dotted + b"\r\n"
