"""What the log leaves out."""

from __future__ import annotations

from logging import Filter, LogRecord
from typing import Final

SERVER_ERROR: Final = 500


class RefusalsInOneLine(Filter):
    """Keeps the traceback for our own faults: a page that was refused or not found is none."""

    def filter(self, record: LogRecord) -> bool:
        if getattr(record, "status_code", SERVER_ERROR) < SERVER_ERROR:
            record.exc_info, record.exc_text = None, None
        return True
