"""manage.py build_starter: write the starter catalogue from the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.pipeline.starter import CATALOGUE, build, is_empty

LARGEST = 3 * 1024 * 1024


class Command(BaseCommand):
    help = "Write the starter catalogue from the loaded official files (see docs/data.md for the whole recipe)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=CATALOGUE)

    def handle(self, *args: Any, **options: Any) -> None:
        if is_empty():
            raise CommandError("The database is empty: load the official files first (import_folder).")
        path: Path = options["to"]
        scratch = path.with_suffix(".tmp")
        try:
            size = build(scratch, self.stdout.write)
            if size > LARGEST:
                raise CommandError(
                    f"The catalogue would have {size:,} bytes, more than the {LARGEST:,} that a starter may have."
                )
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)
        self.stdout.write(f"{path.name}: {size:,} bytes")
