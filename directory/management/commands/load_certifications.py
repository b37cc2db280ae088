"""manage.py load_certifications: the shipped table of exams, fees and rules into a site that runs already."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.eligibility.reference import is_loaded
from directory.eligibility.table import FOLDER, TableError
from directory.pipeline.reference import load_reference


class Command(BaseCommand):
    help = (
        "Load the table of certifications when it has changed, and work out anew which programs open which exams. "
        "What staff have edited stays as they made it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="folder", type=Path, default=FOLDER, help="a folder of TOML files")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        try:
            # Asked first, because a start of the site should not wait for an import to end when nothing is to do.
            if is_loaded(folder):
                if options["verbosity"] > 1:
                    self.stdout.write("The certifications are those of the table already.")
                return
            loaded = load_reference(folder)
        except TableError as error:
            raise CommandError(str(error)) from None
        rows = "1 row" if loaded.written == 1 else f"{loaded.written:,} rows"
        self.stdout.write(f"Certifications, {loaded.release.vintage}: {rows} written.")
        if loaded.kept:
            self.stdout.write(f"Left as staff have edited them: {', '.join(loaded.kept)}.")
