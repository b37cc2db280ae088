"""How long a whole year of completions takes, and how much memory: as published, and with four times the rows.

Each load runs in a process of its own, so that its peak memory is its own. Usage, by way of script/bench:

    script/bench import            on SQLite, in a temporary folder
    DATABASE_URL=postgres://… script/bench import     on an empty PostgreSQL database, which it fills
"""

from __future__ import annotations

import csv
import os
import platform
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("OFFICIAL_DATA_DIR") or ROOT.parent / "shared" / "data")
TIMES = 4
#: The second majors of a made-up award level would clash with nothing that the file has.
COPIES = {
    "20": "8",
    "21": "18",
    "2": "19",
    "3": "17",
    "5": "6",
    "7": "4",
    "4": "7",
    "6": "3",
    "8": "2",
    "17": "20",
    "18": "21",
    "19": "5",
}


def main() -> int:
    """Measure and print; 0 unless a load fails."""
    if sys.argv[1:2] == ["multiply"]:
        say(str(multiply(Path(sys.argv[2]), Path(sys.argv[3]))))
        return 0
    if not DATA.is_dir():
        sys.stderr.write(f"There are no official files at {DATA}; name their folder in OFFICIAL_DATA_DIR.\n")
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'bench.sqlite3'}"
        say(f"Python {platform.python_version()}, {url.partition(':')[0]}, {os.cpu_count()} cores")
        manage(url, "migrate", "-v0")
        published = DATA / "ipeds_completions" / "c2024_a_firstmajor_csv.zip"
        larger = folder / "c2025_a.csv"
        child(
            [
                sys.executable,
                "-m",
                "tests.benchmarks.national_import",
                "multiply",
                str(published),
                str(larger),
            ]
        )
        steps = [
            ("CIP list", "cip", DATA / "cip_soc" / "CIPCode2020.csv"),
            ("institutions", "ipeds-hd", DATA / "ipeds_hd" / "hd2024.csv"),
            ("completions, as published", "ipeds-completions", published),
            (f"completions, × {TIMES}", "ipeds-completions", larger),
        ]
        for name, source, path in steps:
            began = time.monotonic()
            memory = manage(url, "import_release", source, str(path), "--all")
            say(f"{name:30} {time.monotonic() - began:7.1f} s {memory:7.0f} MB at most")
    return 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def manage(url: str, *arguments: str) -> float:
    """Run a management command on the database; returns its largest memory in MB."""
    return child([sys.executable, str(ROOT / "manage.py"), *arguments], DATABASE_URL=url)


def child(command: list[str], **environment: str) -> float:
    """Run a command; its own largest memory in MB. The parent stays small, because a child starts as its copy."""
    process = subprocess.Popen(  # noqa: S603 - our own command line
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_maxrss / 1024


def multiply(published: Path, target: Path) -> int:
    """Write each row four times, under other award levels and fields, all of them new programs; returns the rows."""
    with zipfile.ZipFile(published) as archive, target.open("w", newline="") as out:
        writer = csv.writer(out)
        with archive.open(archive.namelist()[0]) as member:
            lines = csv.reader(line.decode() for line in member)
            writer.writerow(next(lines))
            seen: set[tuple[str, ...]] = set()
            count = 0
            for unitid, cip, major, level, *rest in lines:
                for copy in range(TIMES):
                    new_level = level if copy % 2 == 0 else COPIES.get(level, level)
                    new_cip = cip if copy < 2 else neighbour(cip)
                    key = (unitid, new_cip, major, new_level)
                    if key not in seen:
                        seen.add(key)
                        writer.writerow([unitid, new_cip, major, new_level, *rest])
                        count += 1
    return count


def neighbour(cip: str) -> str:
    """Another code of the same family; the importer takes it, also where the CIP list does not have it."""
    return cip if cip == "99" else f"{cip[:5]}{(int(cip[5:] or 0) + 51) % 100:02d}"


if __name__ == "__main__":
    raise SystemExit(main())
