"""manage.py revert_release [RUN]: take one load back, whole."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Exists, OuterRef

from directory.management.arguments import staff_member
from directory.models import ImportRun, KeptChange
from directory.pipeline import change_log
from directory.pipeline.change_log import CannotRevertError, Reverted

LISTED = 20


class Command(BaseCommand):
    help = (
        "Take back one load, whole: what it brought goes, what it changed or took off is as it was before. Without "
        "--apply it says what it would restore and writes nothing; without a number it lists the loads that are kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", nargs="?", type=int, help="number of the import run")
        parser.add_argument("--apply", action="store_true", help="do it")
        parser.add_argument("--by", metavar="USERNAME", help="the staff member who takes it back; kept with the run")
        parser.add_argument("--why", default="", metavar="REASON", help="kept with the run")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["run"] is None:
            self._list()
            return
        try:
            run = ImportRun.objects.select_related("release").get(pk=options["run"])
        except ImportRun.DoesNotExist:
            raise CommandError(
                f"There is no import run {options['run']}; revert_release without a number lists them."
            ) from None
        by = staff_member(options["by"]) if options["by"] is not None else None
        name = f"{run.file_name} ({run.release or run.source}), loaded {run.started_at:%Y-%m-%d %H:%M} UTC"
        if not options["apply"]:
            self._try(run, name)
            return
        try:
            done = change_log.revert(run, by=by, why=options["why"])
        except CannotRevertError as reasons:
            raise CommandError(_refusal(name, reasons.reasons)) from None
        self.stdout.write(f"{name}: taken back")
        self._counts(done)
        if done.conflicts:
            corrections = "correction stands" if done.conflicts == 1 else "corrections stand"
            self.stdout.write(f"  {done.conflicts:,} {corrections} over another official value now")
        if by is None:
            self.stdout.write("  nobody is named for it (--by USERNAME)")

    def _list(self) -> None:
        kept = Exists(KeptChange.objects.filter(run=OuterRef("pk")))
        runs = ImportRun.objects.filter(kept, state=ImportRun.State.APPLIED).select_related("release")[:LISTED]
        if not runs:
            self.stdout.write("Nothing is kept of any load.")
        for run in runs:
            self.stdout.write(f"{run.pk:>6}  {run.started_at:%Y-%m-%d %H:%M}  {run.file_name}  {run.release or ''}")

    def _try(self, run: ImportRun, name: str) -> None:
        if reasons := change_log.blockers(run):
            raise CommandError(_refusal(name, reasons))
        self.stdout.write(f"{name}: would be taken back")
        self._counts(change_log.would_restore(run))
        self.stdout.write("Nothing has been written. --apply does it.")

    def _counts(self, found: Reverted) -> None:
        self.stdout.write(
            f"  {found.deleted:,} rows go, {found.restored:,} get their old values, {found.brought_back:,} come back"
        )
        for nouns, rows in sorted(found.tables.items()):
            self.stdout.write(f"    {nouns}: {rows:,}")


def _refusal(name: str, reasons: tuple[str, ...]) -> str:
    return "\n  ".join((f"{name} cannot be taken back:", *reasons))
