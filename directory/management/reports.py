"""What an import says to the person at the terminal: a progress bar and a closing report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO, cast

from django.core.management.base import OutputWrapper
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from directory.models import ImportRun
from directory.pipeline.load import Outcome
from directory.pipeline.load import Progress as Reporter

SHOWN_REJECTS = 20


def printable(text: str) -> str:
    """Text that any terminal takes: a file's name may hold bytes that are no text."""
    return text.encode("utf-8", "replace").decode()


def named(name: str, message: str) -> str:
    """A message with the name of its file, once: most begin with it."""
    return message if name in message else f"{name}: {message}"


def placed(path: PurePath, message: str) -> str:
    """The same for a file of a folder: the message begins with the path, not with the path and the name."""
    return printable(
        f"{path}{message.removeprefix(path.name)}" if message.startswith(path.name) else f"{path}: {message}"
    )


@contextmanager
def progress_bar(title: str, stream: OutputWrapper) -> Iterator[Reporter]:
    """Rows, rate and time left on a terminal; silent where nobody watches."""
    console = Console(file=cast(IO[str], stream), force_terminal=None if stream.isatty() else False)
    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]:,} rows"),
        TextColumn("{task.fields[rate]:,.0f} rows/s"), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, disable=not stream.isatty(), transient=True) as bar:
        task = bar.add_task(title, total=1.0, rows=0, rate=0.0)

        def report_rows(rows: int, fraction: float) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            bar.update(task, completed=fraction, rows=rows, rate=rows / elapsed if elapsed else 0)

        yield report_rows


def report(outcome: Outcome, out: OutputWrapper) -> None:
    """Counts, samples and the first rejects."""
    run = outcome.run
    took = f" in {(run.finished_at - run.started_at).total_seconds():.1f} s" if run.finished_at else ""
    number = f" (import run {run.pk})" if run.state == ImportRun.State.APPLIED else ""
    out.write(f"{run.file_name}: {run.get_state_display().lower()}{took}{number}")
    if run.release or run.source:
        out.write(f"  {run.release or run.source}, scope {run.scope}")
    out.write(
        f"  {run.rows_read:,} rows read, {run.rows_skipped:,} outside the scope or totals, {run.rejected:,} rejected; "
        f"{run.added:,} added, {run.changed:,} changed, {run.removed:,} removed"
    )
    if run.message and run.state != ImportRun.State.REFUSED:  # a refusal is the command's last word
        out.write(f"  {run.message}")
    for sample in outcome.samples:
        out.write(f"    {sample}")
    for reject in outcome.rejects[:SHOWN_REJECTS]:
        out.write(f"    line {reject.line}, {reject.column or 'row'} {reject.value!r}: {reject.reason}")
    if run.rejected > SHOWN_REJECTS:
        out.write(
            f"    … and {run.rejected - SHOWN_REJECTS:,} more rejects"
            + ("" if run.pk is None else f" (import run {run.pk})")
        )
