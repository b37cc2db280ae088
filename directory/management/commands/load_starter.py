"""manage.py load_starter: fill an empty database with the starter catalogue."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.pipeline.starter import CATALOGUE, is_empty
from directory.pipeline.starter_loading import NotEmptyError, load


class Command(BaseCommand):
    help = "Fill an empty database with the starter catalogue: about 1,100 schools with what they offer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when something is loaded already")
        parser.add_argument("--from", dest="path", type=Path, default=CATALOGUE)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not is_empty():
            return
        if not options["path"].is_file():
            raise CommandError(f"There is no catalogue at {options['path']}.")
        self.stdout.write("Loading the starter catalogue")
        try:
            rows = load(options["path"], self._say)
        except NotEmptyError as error:
            if options["if_empty"]:  # somebody else filled it while this one waited
                return
            raise CommandError(str(error)) from None
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{rows:,} rows are in.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
