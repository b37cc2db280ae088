"""Senders that are killed: a process of its own that forks one sender per point and kills it there.

A point is a line of our own code that deals with mail, counted as it runs: the sender is killed with SIGKILL before
the n-th. `python -m tests.directory.mail.killing FOLDER files|smtp EVERY` prints what was
found as JSON; EVERY 1 kills at each line.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

MAILS = 3
WATCHED = ("engagement/sending", "engagement/couriers", "engagement/mail_files", "engagement/outbox")


def main(folder: Path, way: str, every: int) -> None:
    import django
    from django.conf import settings
    from django.db import connection

    django.setup()
    from tests.directory.mail.sink import Sink

    prepare()
    connection.close()
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    whole = database.with_name("whole.sqlite3")
    database.rename(whole)
    sink = Sink() if way == "smtp" else None
    if sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", sink.port, False

    found = []
    for at in range(1, 10_000, every):
        for path in folder.glob("db.sqlite3*"):
            path.unlink()
        shutil.rmtree(settings.MAIL_DIR, ignore_errors=True)
        shutil.copy(whole, database)
        if sink:
            sink.taken.clear()
        code = fork(at)
        if code == 0:
            break  # the sender came to its end before this point
        again = fork(0)
        found.append({"at": at, "killed": code == -signal.SIGKILL, "again": again, **outcome(sink)})
        connection.close()
    print(json.dumps(found))  # noqa: T201 - what the test reads


def prepare() -> None:
    """The tables that mail needs, and some mails."""
    from django.contrib.auth.models import Group, Permission, User
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django.utils import timezone

    from directory.models import Mail, MailRefusal

    with connection.schema_editor() as editor:
        for model in (ContentType, Permission, Group, User, Mail, MailRefusal):
            editor.create_model(model)
    for number in range(MAILS):
        Mail.objects.create(
            key=f"digest:{number}:2026-W10",
            recipient=f"reader{number}@example.org",
            subject="News",
            text="One line.\n.\nA line after a dot.\n",
            html="<p>One line.</p>",
            message_id=f"<{number}.mail@guide.example>",
            written_at=timezone.now(),
            not_before=timezone.now(),
        )


def fork(at: int) -> int:
    """Run a sender in a child; kill it before its `at`-th line. Its exit code, negative for a signal."""
    child = os.fork()
    if not child:
        try:
            from directory.engagement.sending import send_waiting

            if at:
                sys.settrace(Reaper(at))
            send_waiting()
            os._exit(0)
        except BaseException:
            os._exit(9)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


class Reaper:
    """Counts the lines of our mail code and kills the process before one of them."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        if not any(part in frame.f_code.co_filename for part in WATCHED):
            return None
        if event == "line":
            self.left -= 1
            if self.left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


def outcome(sink: Any) -> dict[str, Any]:
    """How often each mail arrived, and what its row says."""
    from django.conf import settings

    from directory.models import Mail

    arrived = (
        Counter(sink.taken) if sink else Counter(f"<{path.stem}>" for path in Path(settings.MAIL_DIR).glob("*.eml"))
    )
    rows = {mail.message_id: mail.state for mail in Mail.objects.all()}
    return {
        "arrived": {each: arrived[each] for each in rows},
        "states": rows,
        "strangers": len(set(arrived) - set(rows)),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
