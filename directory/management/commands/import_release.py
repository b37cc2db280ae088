"""manage.py import_release SOURCE PATH: load one official file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.importers.base import Vintage
from directory.importers.vintages import stated
from directory.management.reports import progress_bar, report, scope_from
from directory.models import ImportRun
from directory.pipeline.load import Order, load


class Command(BaseCommand):
    help = "Load one official file: import_release ipeds-hd hd2024.csv. Refused or loaded whole, never half."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="for example ipeds-hd, ipeds-completions, oews; an unknown one lists them all")
        parser.add_argument("path", type=Path)
        add_scope_arguments(parser)
        parser.add_argument("--vintage", help="when the file does not tell: 2024, 2023-24, 2025-04 or 29.3")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--force", default="", metavar="REASON", help="load a file that looks cut off; the reason is kept")

    def handle(self, *args: Any, **options: Any) -> None:
        order = Order(
            path=options["path"],
            source=options["source"],
            scope=scope_from(options),
            vintage=vintage_from(options["vintage"]),
            dry_run=options["dry_run"],
            force=options["force"],
        )
        with progress_bar(order.path.name, self.stderr) as progress:
            outcome = load(order, progress)
        report(outcome, self.stdout)
        if outcome.run.state == ImportRun.State.REFUSED:
            raise CommandError(f"{order.path.name}: {outcome.run.message}")


def add_scope_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cip", action="append", default=[], help="a CIP code or family, 51.07; repeatable")
    parser.add_argument("--all", action="store_true", help="every field of study, not only health information")


def vintage_from(text: str | None) -> Vintage | None:
    if not text:
        return None
    try:
        return stated(text)
    except ValueError:
        raise CommandError(f"--vintage {text}: use 2024, 2023-24, 2025-04 or 29.3.") from None
