"""What it costs to keep what a load changes, and to take the load back: all completions of a year, and of the next.

Two databases side by side, one whose loads keep and one whose loads do not, a step on each in turn. The next year is
made from the published one: of every fifty rows one is left out, one is new and one has another number. Each step
runs in a process of its own, so that its peak memory is its own. Usage:

    script/bench undo               two new SQLite databases, filled first
    script/bench undo FILLED        two copies of a SQLite file that holds the published year; only the next is loaded
"""

from __future__ import annotations

import csv
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import closing
from pathlib import Path

from tests.benchmarks.national_import import DATA, ROOT, manage, neighbour, say

TURN = 50


def main() -> int:
    """Measure and print; 0 unless a load fails."""
    if not DATA.is_dir():
        say(f"There are no official files at {DATA}; name their folder in OFFICIAL_DATA_DIR.")
        return 1
    filled = Path(sys.argv[1]) if sys.argv[1:] else None
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        urls = {name: f"sqlite:///{folder / name}.sqlite3" for name in ("plain", "keeps")}
        say(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, load {os.getloadavg()[0]:.1f}")
        published = DATA / "ipeds_completions" / "c2024_a_firstmajor_csv.zip"
        following = folder / "c2025_a.csv"
        say(f"{next_year(published, following):,} rows in the next year")
        steps = [("completions, next year", "ipeds-completions", following)]
        for name, url in urls.items():
            if filled:
                shutil.copy(filled, folder / f"{name}.sqlite3")
            manage(url, "migrate", "-v0")
        if not filled:
            steps = [
                ("CIP list", "cip", DATA / "cip_soc" / "CIPCode2020.csv"),
                ("institutions", "ipeds-hd", DATA / "ipeds_hd" / "hd2024.csv"),
                ("completions, first", "ipeds-completions", published),
                *steps,
            ]
        for name, source, path in steps:
            for how, extra in (("plain", ["--no-undo"]), ("keeps", [])):
                _step(f"{name}, {how}", urls[how], "import_release", source, str(path), "--all", *extra)
        for run in _say_kept(folder / "keeps.sqlite3"):
            _step(f"look at run {run}", urls["keeps"], "revert_release", str(run))
            _step(f"take back run {run}", urls["keeps"], "revert_release", str(run), "--apply")
    return 0


def _step(name: str, url: str, *command: str) -> None:
    """One command: seconds of the clock, of the processor (which other work does not lengthen), and memory."""
    began = time.monotonic()
    environment = {**os.environ, "DATABASE_URL": url}
    process = subprocess.Popen(  # noqa: S603 - our own command line
        [sys.executable, str(ROOT / "manage.py"), *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    took, busy = time.monotonic() - began, usage.ru_utime + usage.ru_stime
    failed = f", ENDED WITH {process.returncode}" if process.returncode else ""
    memory = usage.ru_maxrss / 1024
    say(f"{name:32} {took:6.1f} s, processor {busy:6.1f} s, {memory:4.0f} MB, load {os.getloadavg()[0]:.1f}{failed}")


def _say_kept(path: Path) -> list[int]:
    """Print what was kept; returns the runs of the completions, the last first."""
    runs = []
    with closing(sqlite3.connect(path)) as database:
        for run, name, kind, rows, size in database.execute(
            'SELECT run_id, "table", kind, SUM(rows), SUM(LENGTH(packed)) FROM directory_keptchange '
            'GROUP BY run_id, "table", kind ORDER BY run_id DESC, "table", kind'
        ):
            say(f"  run {run}: {rows:,} rows of {name} {kind}, {size / 1e6:.2f} MB")
            if name == "directory_completions" and run not in runs:
                runs.append(run)
    return runs


def next_year(published: Path, target: Path) -> int:
    """Write the rows of a year as those of the next, with known differences; returns how many."""
    count = 0
    with zipfile.ZipFile(published) as archive, target.open("w", newline="") as out:
        writer = csv.writer(out)
        with archive.open(archive.namelist()[0]) as member:
            lines = csv.reader(line.decode() for line in member)
            header = next(lines)
            writer.writerow(header)
            total = header.index("CTOTALT")
            for number, cells in enumerate(lines):
                if number % TURN == 0 and cells[1] != "99":
                    continue
                if number % TURN == 1:
                    cells[total] = str(int(cells[total]) + 1)
                writer.writerow(cells)
                count += 1
                if number % TURN == 2 and len(cells[1]) == 7:
                    writer.writerow([cells[0], neighbour(cells[1]), "2", *cells[3:]])
                    count += 1
    return count


if __name__ == "__main__":
    raise SystemExit(main())
