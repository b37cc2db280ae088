"""manage.py find_duplicates: look for listings that may be one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from directory.curation.duplicates.keeping import find_pairs
from directory.importers.locking import import_lock


class Command(BaseCommand):
    help = (
        "Look for schools and programs that may be one, and keep the pairs for staff to decide. What staff told apart "
        "stays so. `manage.py refresh` does it every day; about three seconds for 270,000 programs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with import_lock():
            came, went = find_pairs()
        self.stdout.write(f"{came:,} new pairs, {went:,} that no longer look like one.")
