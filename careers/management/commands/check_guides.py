"""manage.py check_guides: say what keeps guide files from being loaded."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.guides.checks import open_parts, problems
from careers.guides.files import read_file, shipped_files
from careers.starter.careers import shipped_careers


class Command(BaseCommand):
    help = "Check guide files (all that are shipped, or those named); fails when one could not be published."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path)
        parser.add_argument("--whole", action="store_true", help="fail also where a section is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        slugs = {row["slug"] for row in shipped_careers()}
        failed = 0
        for path in options["paths"] or shipped_files():
            if not path.is_file():
                raise CommandError(f"There is no file {path}.")
            guide = read_file(path)
            found = [*guide.errors, *(str(problem) for problem in problems(guide.sections))]
            if guide.career not in slugs:
                found.append(f"{guide.career} is no career of careers.json")
            empty = open_parts(guide.sections)
            failed += bool(found or (options["whole"] and empty))
            self.stdout.write(f"{path.name}: {'ok' if not found else f'{len(found)} to mend'}")
            for line in found:
                self.stdout.write(f"  {line}")
            if empty:
                self.stdout.write(f"  empty: {', '.join(empty)}")
        if failed:
            raise CommandError(f"{failed} file{'s' if failed > 1 else ''} cannot be loaded as they are.")
