"""The log tells our own faults at length and a reader's in one line."""

from __future__ import annotations

import logging
import logging.config
import sys

import pytest
from django.conf import settings

from config.logs import RefusalsInOneLine


def told(status: int | None) -> logging.LogRecord:
    """A record as Django's handler makes it of an error that a view raised."""
    try:
        raise PermissionError("not for you")
    except PermissionError:
        record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Forbidden", (), sys.exc_info())
    if status is not None:
        record.status_code = status
    assert RefusalsInOneLine().filter(record)
    return record


@pytest.mark.parametrize("status", [400, 403, 404, 405])
def test_what_was_refused_takes_one_line(status):
    assert logging.Formatter("%(message)s").format(told(status)) == "Forbidden"


@pytest.mark.parametrize("status", [500, 503, None])
def test_our_own_faults_keep_their_traceback(status):
    assert "not for you" in logging.Formatter("%(message)s").format(told(status))


def test_the_settings_use_it():
    logging.config.dictConfig({**settings.LOGGING, "loggers": {}, "root": {}})  # the names in it lead somewhere
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["refusals"]
