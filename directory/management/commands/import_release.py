"""manage.py import_release SOURCE PATH: load one official file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.management.arguments import (
    add_scope_arguments,
    add_undo_argument,
    scope_from,
    staff_member,
    vintage_from,
)
from directory.management.reports import named, progress_bar, report
from directory.models import ImportRun
from directory.pipeline.load import Order, load


class Command(BaseCommand):
    help = "Load one official file: import_release ipeds-hd hd2024.csv. Refused or loaded whole, never half."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "source", help="for example ipeds-hd, ipeds-completions, oews; an unknown one lists them all"
        )
        parser.add_argument("path", type=Path)
        add_scope_arguments(parser)
        parser.add_argument("--vintage", help="when the file does not tell: 2024, 2023-24, 2025-04 or 29.3")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument(
            "--force", default="", metavar="REASON", help="load a file that looks cut off; the reason is kept"
        )
        add_undo_argument(parser)
        parser.add_argument("--by", metavar="USERNAME", help="the staff member who forces it; kept with the reason")

    def handle(self, *args: Any, **options: Any) -> None:
        order = Order(
            path=options["path"],
            source=options["source"],
            scope=scope_from(options),
            vintage=vintage_from(options["vintage"]),
            dry_run=options["dry_run"],
            force=options["force"],
            keep=not options["no_undo"],
            forced_by=staff_member(options["by"]) if options["by"] is not None else None,
        )
        if order.forced_by and not order.force:
            raise CommandError("--by says who forces a file: it goes with --force and the reason.")
        with progress_bar(order.path.name, self.stderr) as progress:
            outcome = load(order, progress)
        report(outcome, self.stdout)
        if outcome.run.state == ImportRun.State.REFUSED:
            raise CommandError(named(order.path.name, outcome.run.message))
        if order.force and not order.forced_by:
            self.stdout.write("  forced; nobody is named for it (--by USERNAME)")
