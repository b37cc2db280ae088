"""manage.py load_guides: add the career guides that the product ships with."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.starter.guides import load_guides


class Command(BaseCommand):
    help = "Add shipped guides that are missing or newer; guides that staff have touched stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_guides()
        self.stdout.write(
            f"{len(loaded.added)} added, {len(loaded.renewed)} with a new version, {len(loaded.kept)} left as they are"
        )
        if loaded.waiting:
            self.stdout.write(f"Load the careers first, then again for: {', '.join(loaded.waiting)}")
        for slug, faults in loaded.refused.items():
            self.stdout.write(f"{slug}: {len(faults)} to mend; see check_guides")
        if loaded.refused:
            raise CommandError("Some files are no guides.")
