"""manage.py work_proposals: check and load the files that staff propose at the desk."""

from __future__ import annotations

import threading
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, connection

from directory.importers.locking import ImportRunningError, work_lock
from directory.pipeline.proposals.starting import PATIENCE
from directory.pipeline.proposals.working import pick_up, work_through

EVERY: Final = 3.0  # seconds


class Command(BaseCommand):
    help = (
        "Check, load and take back the official files that staff propose at the desk, one after the other. Runs until "
        "it is ended, which may be at any point: a file is loaded whole or not at all, and the next worker goes on. "
        "One worker at a time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing waits any more")

    def handle(self, *args: Any, **options: Any) -> None:
        once: bool = options["once"]
        pause = threading.Event()
        while True:
            try:
                with work_lock(patience=PATIENCE if once else None):
                    self._work(pause, once=once)
                return
            except ImportRunningError:
                self.stdout.write("Another worker is at it.")
                return
            except (DatabaseError, InterfaceError):
                if once:
                    raise
                # A connection that broke took the lock along, and stays broken until it is closed.
                self.stderr.write("The database does not answer; trying again.")
                connection.close()
                pause.wait(EVERY)

    def _work(self, pause: threading.Event, *, once: bool) -> None:
        if count := pick_up():
            self.stdout.write(f"{count} taken up again")
        while True:
            for proposal in work_through():
                self.stdout.write(f"{proposal.pk} {proposal.file_name}: {proposal.get_state_display().lower()}")
            if once:
                return
            pause.wait(EVERY)
