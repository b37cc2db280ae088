"""manage.py apply_scheduled: make changes of listings true whose hour has come."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from directory.pipeline.scheduled import run_due


class Command(BaseCommand):
    help = "Apply the changes of listings that staff prepared for an hour that has come; the rest goes on waiting."

    def handle(self, *args: Any, **options: Any) -> None:
        run = run_due(timezone.now())
        self.stdout.write(f"{run.applied} applied, {run.handed_over} handed to a person")
        if run.failed:
            raise CommandError(f"{run.failed} could not be applied; the log says why. They wait for the next run.")
