"""manage.py make_digests: what changed for readers who asked to be told, written into the outbox."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.pipeline.alerts import make_digests


class Command(BaseCommand):
    help = (
        "Write the mails that are due: a digest a week for each saved search with news, and changes of saved programs. "
        "Run it every day after `refresh`; a second run writes nothing twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_digests()
        self.stdout.write(f"{made.digests} digests of searches, {made.changes} mails about saved programs.")
        if made.broken:
            raise CommandError(f"{made.broken} searches or readers could not be looked at (see the log).")
