"""The ways in which a mail leaves: to a mail server, or to whatever Django is told to use."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from directory.engagement.letters import on_the_envelope
from directory.engagement.mail_files import MailFiles
from directory.engagement.refusals import answer_refuses_the_address

FINE: Final = range(200, 300)
NOT_ALLOWED: Final = 553  # "mailbox name not allowed": what a server would say of an address that cannot be written
#: Seconds for the answer to the whole mail: a server may scan it first (RFC 5321, 4.5.3.2.6).
PATIENCE: Final = 600


class AddressRefused(Exception):
    """The mail server takes nothing for this address. `code` is its answer."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class ServerAway(Exception):
    """Nobody takes mail at the moment; the word is the kind of failure."""


class NobodyKnows(ServerAway):
    """The server had the whole mail and gave no answer: it may have taken it, or not."""


class MailNotTaken(Exception):
    """This mail was not taken, for now; the word says at which step and with which answer."""


class Courier(Protocol):
    """Hands mails over one by one."""

    def hand_over(self, mail: EmailMultiAlternatives, *, before_the_end: Callable[[], bool]) -> bool:
        """True once the mail is the other side's. `before_the_end` is called at the last moment at which the other
        side would still forget the mail if we fell silent; when it answers False, we do, and so does this. Raises
        AddressRefused, MailNotTaken, ServerAway or NobodyKnows.
        """

    def close(self) -> None: ...


def courier() -> Courier:
    """The courier of the settings, connected. Raises ServerAway."""
    backend = get_connection()
    if isinstance(backend, SmtpBackend):
        return SmtpCourier(backend)
    return PlainCourier(backend)


def may_repeat() -> bool:
    """Whether handing a mail over twice leaves it there once: a file replaces itself."""
    return isinstance(get_connection(), MailFiles)


class PlainCourier:
    """Files, which a second handing over replaces, and other backends of Django, which take a mail in one piece."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend

    def hand_over(self, mail: EmailMultiAlternatives, *, before_the_end: Callable[[], bool]) -> bool:
        _recipient(mail)
        mail.message()  # what cannot be built is found out while the mail still waits
        if not before_the_end():
            return False
        try:
            self.backend.send_messages([mail])
        except OSError as error:
            raise ServerAway(type(error).__name__) from error
        return True

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
        self.smtp = self._connected()

    def hand_over(self, mail: EmailMultiAlternatives, *, before_the_end: Callable[[], bool]) -> bool:
        recipient = _recipient(mail)
        content = _lines(mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django adds it
        try:
            if self.smtp.sock is None:
                self._fall_silent()
                self.smtp = self._connected()
            self._envelope(recipient)
            self.smtp.send(content)
            if not before_the_end():
                self._fall_silent()
                return False
        except (AddressRefused, MailNotTaken):
            raise
        except OSError as error:  # smtplib's errors are of this kind
            self._fall_silent()
            raise ServerAway(type(error).__name__) from error
        except BaseException:
            self._fall_silent()  # else the next mail would be the rest of this one
            raise
        code = self._end()
        if code not in FINE:
            raise MailNotTaken(f"content {code}")
        return True

    def _end(self) -> int:
        """The answer to the whole mail. Raises NobodyKnows without one."""
        try:
            if self.smtp.sock is not None:
                self.smtp.sock.settimeout(PATIENCE)
            self.smtp.send(b".\r\n")
            code, _ = self.smtp.getreply()
            if code < 0:
                raise smtplib.SMTPException("An answer without a number.")
            if self.smtp.sock is not None:
                self.smtp.sock.settimeout(self.backend.timeout)
        except BaseException as error:
            self._fall_silent()
            if isinstance(error, OSError):
                raise NobodyKnows(type(error).__name__) from error
            raise
        return code

    def _envelope(self, recipient: str) -> None:
        options = ["BODY=8BITMIME"] if self.smtp.has_extn("8bitmime") else []
        options += ["RET=HDRS"] if self._gives_receipts else []
        self._step("sender", self.smtp.mail(on_the_envelope(settings.DEFAULT_FROM_EMAIL), options))
        receipt = ["NOTIFY=SUCCESS,FAILURE"] if self._gives_receipts else []
        code, words = self.smtp.rcpt(recipient, receipt)
        if answer_refuses_the_address(code, words.decode("utf-8", "replace")):
            self._start_anew()
            raise AddressRefused(code)
        self._step("recipient", (code, b""))
        code, _ = self.smtp.docmd("DATA")
        if code != 354:
            self._start_anew()
            raise MailNotTaken(f"data {code}")

    @property
    def _gives_receipts(self) -> bool:
        """Whether the server writes a report of each mail that it has passed on, and is asked to (RFC 3461)."""
        return settings.SMTP_RECEIPTS and self.smtp.has_extn("dsn")

    def _step(self, name: str, answer: tuple[int, bytes]) -> None:
        if answer[0] not in FINE:
            self._start_anew()
            raise MailNotTaken(f"{name} {answer[0]}")

    def _start_anew(self) -> None:
        """Ready for the next mail. A server that hangs up after its "no" has said it all the same."""
        try:
            self.smtp.rset()
        except OSError:
            self._fall_silent()

    def _fall_silent(self) -> None:
        """Hang up without a word; the next mail begins with a new connection."""
        with suppress(OSError):
            self.smtp.close()
        self.backend.connection = None

    def _connected(self) -> smtplib.SMTP:
        try:
            self.backend.open()
            smtp = self.backend.connection or smtplib.SMTP()
            smtp.ehlo_or_helo_if_needed()
        except OSError as error:
            self.backend.close()
            raise ServerAway(type(error).__name__) from error
        return smtp

    def close(self) -> None:
        self.backend.close()


def _recipient(mail: EmailMultiAlternatives) -> str:
    """The address as the envelope has it. Raises AddressRefused for one that no server would understand."""
    try:
        return on_the_envelope(mail.to[0])
    except ValueError as error:
        raise AddressRefused(NOT_ALLOWED) from error


def _lines(content: bytes) -> bytes:
    """The content as DATA carries it: whole lines, and no line that would read as the end (RFC 5321, 4.5.2)."""
    dotted = re.sub(rb"(?m)^\.", b"..", content)
    return dotted if dotted.endswith(b"\r\n") else dotted + b"\r\n"
