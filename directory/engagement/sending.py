"""Hands over what waits in the outbox, each mail once, wherever the work is cut off.

A file is written whole or not at all, and the same mail writes the same file: cut off before the row says so, the
next run replaces the file. With a mail server there is one moment, between its last line and its answer, at which
nobody can know. The row says "handing over" from just before that line, and a mail that was taken back by then does
not go. What a dead run left there, and what the server gave no answer about, is not sent again: the server had all of
it and most likely took it. It is counted as in doubt, and whoever runs the site may decide
(`manage.py send_mail --in-doubt`).
"""

from __future__ import annotations

import datetime as dt
import fcntl
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from django.db import connection
from django.utils import timezone

from directory.engagement import outbox
from directory.engagement.couriers import (
    AddressRefused,
    Courier,
    MailNotTaken,
    NobodyKnows,
    ServerAway,
    courier,
    may_repeat,
)
from directory.engagement.letters import Letter, message
from directory.models import Mail

logger = logging.getLogger(__name__)

State = Mail.State
#: Counted beside the states: mails that stopped the work by an error of ours. They wait, and the others go.
BROKEN: Final = "broken"
LOCK_NUMBER: Final = 5108  # the import lock has the one before
#: How long to wait after each failure, in minutes; the last one repeats.
PAUSES: Final = (1, 5, 15, 60, 240)
#: A mail that nobody took for so long is news no more.
GIVE_UP_AFTER: Final = dt.timedelta(days=5)


class AlreadySending(Exception):
    """Another process is at work on this outbox."""


def send_waiting() -> Counter[str]:
    """Hand over what is due; how many ended in which state, and how many in an error of ours (BROKEN).

    Raises AlreadySending, or ServerAway when nobody takes mail. Everything done before that is kept, and what was not
    handed over is due again after a pause.
    """
    with _alone():
        done: Counter[str] = Counter()
        # Only a run that was cut off leaves this state behind: no other is at work.
        left = State.WAITING if may_repeat() else State.IN_DOUBT
        count = Mail.objects.filter(state=State.HANDING_OVER).update(state=left)
        if left == State.IN_DOUBT:
            done[left] += count
        due = list(
            Mail.objects.filter(state=State.WAITING, not_before__lte=timezone.now()).values_list("pk", flat=True)
        )
        if not due:
            return +done
        by = courier()
        try:
            for pk in due:
                done[_guarded(pk, by)] += 1
        finally:
            by.close()
        return +done


def decide_doubtful(*, again: bool) -> int:
    """Send what is in doubt and not forgotten once more, or take it as handed over; how many mails that were."""
    doubtful = Mail.objects.filter(state=State.IN_DOUBT).exclude(recipient="")
    now = timezone.now()
    if again:
        return doubtful.update(state=State.WAITING, not_before=now)
    return doubtful.update(state=State.SENT, sent_at=now)


def _guarded(pk: int, by: Courier) -> str:
    """As `_send`; one mail that nobody can hand over does not hold up those behind it. Raises ServerAway."""
    try:
        return _send(pk, by)
    except ServerAway:
        raise
    except Exception as error:
        # Whatever it is, it is this mail's. The words of an error may hold an address; its kind does not.
        logger.error("Mail %s could not be handed over: %s", pk, type(error).__name__)
        mail = Mail.objects.filter(pk=pk, state=State.WAITING).first()
        if mail is not None:
            _later(mail, type(error).__name__)
        return BROKEN


def _send(pk: int, by: Courier) -> str:
    """The state in which the mail ends, "" when it is no longer there. Raises ServerAway, with the mail waiting or,
    when it had all been said, in doubt.
    """
    mail = Mail.objects.filter(pk=pk, state=State.WAITING).first()
    if mail is None:
        return ""  # taken back meanwhile
    if outbox.is_refused(mail.recipient):
        return _settle(mail, State.REFUSED)
    words = message(
        recipient=mail.recipient,
        text=Letter(mail.subject, mail.text, mail.html),
        message_id=mail.message_id,
        headers={"Date": format_datetime(mail.written_at), **outbox.stop_headers(mail.stop_path)},
    )
    try:
        if not by.hand_over(words, before_the_end=lambda: _claimed(mail)):
            return ""
    except AddressRefused as refusal:
        outbox.refuse(email=mail.recipient, reason=str(refusal.code))
        return _settle(mail, State.REFUSED, trouble=str(refusal.code))
    except MailNotTaken as trouble:
        return _later(mail, str(trouble))
    except NobodyKnows as trouble:
        _settle(mail, State.IN_DOUBT, trouble=str(trouble)[:60])
        raise
    except ServerAway as trouble:
        _later(mail, str(trouble))
        raise
    return _settle(mail, State.SENT, sent_at=timezone.now())


def _later(mail: Mail, trouble: str) -> str:
    now = timezone.now()
    if now - mail.written_at > GIVE_UP_AFTER:
        return _settle(mail, State.GIVEN_UP, trouble=trouble[:60])
    pause = dt.timedelta(minutes=PAUSES[min(mail.attempts, len(PAUSES) - 1)])
    return _settle(mail, State.WAITING, trouble=trouble[:60], attempts=mail.attempts + 1, not_before=now + pause)


def _claimed(mail: Mail) -> bool:
    """Whether the mail still waits, and is now ours to hand over: nobody has taken it back or refused it since."""
    return Mail.objects.filter(pk=mail.pk, state=State.WAITING).update(state=State.HANDING_OVER) == 1


def _settle(mail: Mail, state: str, **also: object) -> str:
    # What was decided about the mail meanwhile stands.
    Mail.objects.filter(pk=mail.pk, state__in=[State.WAITING, State.HANDING_OVER]).update(state=state, **also)
    return state


@contextmanager
def _alone() -> Iterator[None]:
    """Holds the lock of this outbox; it falls with the process."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_NUMBER])
            if not cursor.fetchone()[0]:
                raise AlreadySending
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
        return
    name = str(connection.settings_dict["NAME"])
    if name.startswith((":memory:", "file:")):
        yield  # nobody else sees a database in memory
        return
    path = Path(name).absolute()
    with path.with_name(f"{path.name}.mail-lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadySending from None
        yield
