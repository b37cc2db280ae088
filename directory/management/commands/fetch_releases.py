"""manage.py fetch_releases DIR: download the newest official files from their publishers."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.progress import Progress as Bars

from directory.importers.publishers import PUBLISHED
from directory.pipeline.fetch import FAILED, Progress, Result, fetch_releases
from directory.pipeline.transfer import Progress as Reporter


class Command(BaseCommand):
    help = "Download the newest official files. What is unchanged is left, what broke off goes on where it stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="where the files go")
        parser.add_argument("--to", type=Path, metavar="DIR", help="the same, by name")
        parser.add_argument(
            "--source", action="append", default=[], metavar="SOURCE", help="only this source; repeatable"
        )
        parser.add_argument(
            "--years", type=int, default=1, help="so many of the newest years of the yearly files (default 1)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        to: Path | None = options["folder"] or options["to"]
        if to is None:
            raise CommandError("Say where the files go: fetch_releases DIR.")
        known = sorted({str(each.source) for each in PUBLISHED})
        for source in options["source"]:
            if source not in known:
                raise CommandError(f"No address is known for {source!r}. Known sources: {', '.join(known)}.")
        if options["years"] < 1:
            raise CommandError("--years must be 1 or more.")
        now = timezone.localdate()
        failed: list[Result] = []
        with download_bars(self.stderr) as progress:
            for result in fetch_releases(
                to, year=now.year, month=now.month, sources=options["source"], years=options["years"],
                published=PUBLISHED, progress=progress,
            ):  # fmt: skip
                self._say(result)
                failed += [result] if result.state == FAILED else []
        if failed:
            pages = "\n".join(f"  {page}" for page in sorted({result.wanted.page for result in failed}))
            raise CommandError(
                f"{len(failed)} files could not be fetched; the others are in {to}. "
                f"Run the command again, or download them by hand into that folder from:\n{pages}"
            )

    def _say(self, result: Result) -> None:
        if result.state == FAILED:
            self.stdout.write(self.style.ERROR(f"failed     {result.wanted.source}: {result.message}"))
        elif result.path:
            self.stdout.write(f"{result.state:<10} {result.path.name} ({result.size:,} bytes)")


@contextmanager
def download_bars(stream: OutputWrapper) -> Iterator[Progress]:
    """Bytes, speed and time left of the file that is coming; silent where nobody watches."""
    console = Console(file=cast(IO[str], stream), force_terminal=None if stream.isatty() else False)
    columns = (
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Bars(*columns, console=console, disable=not stream.isatty(), transient=True) as bars:

        def begin(name: str) -> Reporter:
            for task in bars.task_ids:
                bars.remove_task(task)
            task = bars.add_task(name, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        yield begin
