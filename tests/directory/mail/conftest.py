"""Mails that wait, and a mail server on this machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User

from directory.engagement import outbox
from directory.engagement.letters import Letter
from tests.directory.mail.sink import Sink

NOW = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """A server that the settings name."""
    server = Sink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def folder(settings, tmp_path):
    """Mail goes to files here."""
    settings.EMAIL_BACKEND = "directory.engagement.mail_files.MailFiles"
    settings.MAIL_DIR = tmp_path / "mail"
    return settings.MAIL_DIR


def reader(name="one"):
    return User.objects.get_or_create(username=f"reader-{name}", email=f"{name}@example.org")[0]


def post(key="digest:1:2026-W10", name="one", **more):
    text = Letter("News of your search", "One program is new.\n.\nA dot stands above.\n", "<p>One program is new.</p>")
    return outbox.post(key=key, reader=reader(name), text=text, **more)
