"""The table, the versions, and the raw times in a file with its checksum."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.search.context import ROOT, Run

WORDS = {True: "met", False: "MISSED", None: "–"}
RETURNS = (
    "The page and the API return 20 results, the total and seven disjunctive facets. Datasette returns 20 rows, the"
    " total and five facets counted within the result; the tutorial stack 20 rows, the total and a GROUP BY for each of"
    " five facets. A circle is a box of degrees for the peers; only the product mends typing errors."
)


def write(run: Run, command: str, target: Path) -> str:
    """Keep the raw times, and return the table as Markdown."""
    now = dt.datetime.now(dt.UTC)
    kept = {
        "command": command, "date": now.isoformat(timespec="seconds"), "versions": versions(run), "measured": run.lines,
        "notes": run.notes, "raw": run.raw,
    }  # fmt: skip
    body = json.dumps(kept, ensure_ascii=False, indent=1).encode()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)
    table = ["| | goal | measured | |", "|---|---|---|---|"]
    table += [f"| {name} | {goal} | {measured} | {WORDS[met]} |" for name, goal, measured, met in run.lines]
    told = [
        "",
        f"`{command}`, {now:%Y-%m-%d %H:%M} UTC.",
        ", ".join(f"{name} {value}" for name, value in versions(run).items()) + ".",
        RETURNS,
        *dict.fromkeys(run.notes),
        f"Raw: {target.name}, sha256 {hashlib.sha256(body).hexdigest()}",
    ]
    return "\n".join([*table, *told])


def versions(run: Run) -> dict[str, str]:
    """Of everything that was measured, and how busy the machine was at the end."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)  # noqa: S607
    ours = {name: version(name) for name in ("django", "djangorestframework", "gunicorn")}
    theirs = {f"{name} (peer)": value for name, value in run.raw.get("peers", {}).items() if name.lower() in PEERS}
    return {
        "commit": commit.stdout.strip() or "unknown",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        **ours,
        **theirs,
        "cores": str(os.cpu_count()),
        "load": f"{os.getloadavg()[0]:.1f}",
        "machine": platform.machine(),
    }


PEERS = frozenset(("datasette", "django", "djangorestframework", "django-filter", "psycopg", "uvicorn"))
