"""Mail that stays on this machine: each one a file, written whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

#: What a Message-ID may leave of itself in a file name.
UNSAFE: Final = re.compile(r"[^A-Za-z0-9.@_-]+")


class MailFiles(BaseEmailBackend):
    """Writes MAIL_DIR/<message id>.eml. The same mail again replaces its file: twice handed over is there once."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently, **kwargs)
        self.folder = Path(settings.MAIL_DIR)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many files were written. Raises OSError, for example when the disk is full."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for mail in email_messages:
            content = mail.message()
            name = UNSAFE.sub("", str(content["Message-ID"]))
            self._write(self.folder / f"{name}.eml", content.as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django adds it
        return len(email_messages)

    def _write(self, path: Path, content: bytes) -> None:
        """Beside it first, then in its place at once: a reader of the folder sees whole files only."""
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
