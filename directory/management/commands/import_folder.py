"""manage.py import_folder DIR: load every official file of a folder, in the right order."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.importers.base import Vintage
from directory.importers.registry import Found
from directory.management.arguments import add_scope_arguments, add_undo_argument, scope_from, vintage_from
from directory.management.reports import placed, printable, progress_bar, report
from directory.models import ImportRun
from directory.pipeline.folder import Plan, load_folder
from directory.pipeline.load import Progress
from directory.vocab import Source


class Command(BaseCommand):
    help = "Recognise the official files of a folder by their headers and load them in the right order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        add_scope_arguments(parser)
        add_undo_argument(parser)
        parser.add_argument(
            "--vintage", action="append", default=[], metavar="SOURCE=VINTAGE",
            help="for files that do not tell their release, for example scorecard-field=2025-04; repeatable",
        )  # fmt: skip
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, file by file, and write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        given = dict(_stated(text) for text in options["vintage"])
        states: list[str] = []
        with ExitStack() as bars:

            def progress(found: Found) -> Progress:
                bars.close()
                return bars.enter_context(progress_bar(printable(found.path.name), self.stderr))

            done = load_folder(
                folder, scope=scope_from(options), given=given, dry_run=options["dry_run"],
                keep=not options["no_undo"], progress=progress,
            )  # fmt: skip
            for plan, outcome in done:
                bars.close()
                if outcome is None:
                    self._say_plan(plan, folder)
                    continue
                report(outcome, self.stdout)
                if outcome.run.state == ImportRun.State.REFUSED:
                    self.stdout.write(self.style.ERROR(f"  refused: {outcome.run.message}"))
                states.append(outcome.run.state)
        self.stdout.write(
            ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states))) or "nothing to load"
        )
        if ImportRun.State.REFUSED in states:
            raise CommandError("Some files were refused; the reasons stand above. Everything else is loaded.")

    def _say_plan(self, plan: Plan, folder: Path) -> None:
        tables, files = len(plan.chosen), len(plan.left)
        self.stdout.write(
            f"{tables:,} table{'' if tables == 1 else 's'} to load, "
            f"{files:,} file{'' if files == 1 else 's'} left alone"
        )
        for path, reason in plan.left:
            self.stdout.write(f"  {placed(path.relative_to(folder), reason)}")


def _stated(text: str) -> tuple[str, Vintage]:
    source, _, vintage = text.partition("=")
    if source not in Source.values or not vintage:
        raise CommandError(f"--vintage {text}: use SOURCE=VINTAGE with one of the sources {', '.join(Source.values)}.")
    read = vintage_from(vintage)
    assert read is not None  # noqa: S101 - vintage is not empty here; for the type checker
    return source, read
