"""Sign-in by a code that goes to the reader's address; the parts of django-allauth that this site uses.

The same happens for every address until the code is confirmed: an account is looked for, or made, only then. So
neither a page nor the time that it takes says whether somebody has an account.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core.internal.cryptokit import compare_user_code
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from directory.engagement import outbox, readers
from directory.engagement.letters import letter, post_now

logger = logging.getLogger(__name__)

Sending = Callable[[], object]
#: A proxy on this machine: the address is then the one that it saw (docs/operations.md).
HERE: Final = frozenset({"", "127.0.0.1", "::1"})


class ReaderAdapter(DefaultAccountAdapter):
    """What django-allauth asks this site about its accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # an account comes about by a confirmed code, in `readers.reader_with`

    def get_client_ip(self, request: HttpRequest) -> str:
        address = request.META.get("REMOTE_ADDR", "")
        if address in HERE:
            address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
        return address or "unknown"

    def add_message(self, *_: Any, **__: Any) -> None:
        """Nothing: our pages say themselves what happened."""

    def login(self, request: HttpRequest, user: User) -> None:
        user.backend = readers.BACKEND
        super().login(request, user)
        readers.greet(request=request, reader=user)


class ReaderCode(LoginCodeVerificationProcess):
    """One code on its way: sent, tried at most three times, ended after a quarter of an hour."""

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        """Hand the code over now. Raises OSError or smtplib.SMTPException when the mail server does not take it."""
        code = self.generate_code()
        if readers.may_sign_in(email):
            post_now(recipient=email, text=letter("sign_in_code", {"code": code}))
        else:
            # No code leaves the house; the page that asks for it is the same.
            post_now(recipient=email, text=letter("no_sign_in", {}))

    def finish(self, redirect_url: str | None) -> HttpResponse | None:
        """Signs the reader in and leads on; None when the address may not sign in after all."""
        email = self.state["email"]
        user = readers.reader_with(email=email)
        if user is None:
            self.abort()
            return None
        outbox.confirmed(email=email)
        record_authentication(self.request, user, method="code")
        return perform_login(self.request, Login(user=user, redirect_url=redirect_url, email=email))

    def fits(self, typed: str) -> bool:
        """Whether this is the code; blanks and dashes are the reader's own."""
        return compare_user_code(actual=typed, expected=self.code)

    @property
    def tries_left(self) -> int:
        left: int = self.max_attempts - self.state["failed_attempts"]
        return left


def begin(*, request: HttpRequest, email: str) -> ReaderCode:
    """Send a code to the address and remember it in this browser's session. Errors as in `send_by_email`."""
    login = Login(user=None, email=email.lower())
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    stage.state.update({**ReaderCode.initial_state(user=None, email=email.lower()), "initiated_by_user": True})
    code = ReaderCode(stage)
    code.send()
    code.persist()
    return code


def pending(request: HttpRequest) -> ReaderCode | None:
    """The code that this browser waits for; None when there is none or its time is over."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    found = ReaderCode(stage) if stage is not None else None
    if found is None or found.is_valid():
        return found
    clear_login(request)
    return None


def note_failure(error: Exception) -> None:
    """One line of the log for a code that could not be handed over: the kind of failure, nobody's address."""
    logger.error("A sign-in code could not be handed over: %s", type(error).__name__)
