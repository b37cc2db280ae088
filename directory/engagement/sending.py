"""Hands over what waits in the outbox, each mail once, wherever the work is cut off.

A file is written whole or not at all, and the same mail writes the same file: cut off before the row says so, the
next run replaces the file. With a mail server there is one moment, between its last line and its answer, at which
nobody can know. The row says "handing over" from just before that line. What a dead run left there is not sent
again: the server had all of it and most likely took it. It is counted as in doubt, and whoever runs the site may
decide (`manage.py send_mail --in-doubt`). A server that hangs up at that moment has not taken it, and is asked again.
"""

from __future__ import annotations

import datetime as dt
import fcntl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from django.db import connection
from django.utils import timezone

from directory.engagement import outbox
from directory.engagement.couriers import AddressRefused, Courier, NotTaken, ServerAway, courier
from directory.engagement.letters import Letter, message
from directory.models import Mail

State = Mail.State
LOCK_NUMBER: Final = 5108  # the import lock has the one before
#: How long to wait after each failure, in minutes; the last one repeats.
PAUSES: Final = (1, 5, 15, 60, 240)
#: A mail that nobody took for so long is news no more.
GIVE_UP_AFTER: Final = dt.timedelta(days=5)


class AlreadySending(Exception):
    """Another process is at work on this outbox."""


def send_waiting() -> Counter[str]:
    """Hand over what is due; how many ended in which state.

    Raises AlreadySending, or ServerAway when nobody takes mail. Everything done before that is kept, and what was not
    handed over is due again after a pause.
    """
    with _alone():
        done: Counter[str] = Counter()
        # Only a run that was cut off leaves this state behind: no other is at work.
        done[State.IN_DOUBT] += Mail.objects.filter(state=State.HANDING_OVER).update(state=State.IN_DOUBT)
        due = list(
            Mail.objects.filter(state=State.WAITING, not_before__lte=timezone.now()).values_list("pk", flat=True)
        )
        if not due:
            return +done
        by = courier()
        try:
            for pk in due:
                done[_send(pk, by)] += 1
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


def _send(pk: int, by: Courier) -> str:
    """The state in which the mail ends, "" when it is no longer there. Raises ServerAway, with the mail waiting."""
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
        by.hand_over(words, before_the_end=lambda: _settle(mail, State.HANDING_OVER))
    except AddressRefused as refusal:
        outbox.refuse(email=mail.recipient, reason=str(refusal.code))
        return _settle(mail, State.REFUSED, trouble=str(refusal.code))
    except NotTaken as trouble:
        return _later(mail, str(trouble))
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


def _settle(mail: Mail, state: str, **also: object) -> str:
    Mail.objects.filter(pk=mail.pk).update(state=state, **also)
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
