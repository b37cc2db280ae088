"""One run of the benchmark: its folder, its options, and everything that must be ended or removed after it."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[3]
DATA: Final = Path(os.environ.get("OFFICIAL_DATA_DIR") or ROOT.parent / "shared" / "data")


@dataclass
class Run:
    """`folder` is temporary and disappears with the run; `raw` collects every single time that was measured."""

    quick: bool
    national: Path | None
    repetitions: int
    folder: Path
    stack: ExitStack
    lines: list[tuple[str, str, str, bool | None]] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(50))

    def goal(self, name: str, goal: str, measured: str, met: bool | None) -> None:
        """A line of the table; `met` is None for what is only told."""
        self.lines.append((name, goal, measured, met))
        say(f"  {name}: {measured}")

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """For a process of the product: its own database and secret, nobody else's settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
        return {**kept, "DATABASE_URL": database, "DJANGO_SECRET_KEY": self.secret, **more}

    def manage(self, database: str, *arguments: str) -> None:
        """A management command of the product on a database."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment(database), check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command line


def start(stack: ExitStack, *, quick: bool, national: Path | None, repetitions: int) -> Run:
    """A run in a new temporary folder."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="field-guide-bench-")))
    folder.chmod(0o755)  # PostgreSQL may run as another user
    return Run(quick, national, repetitions, folder, stack)


def say(line: str) -> None:
    """To stderr, so that the table alone stands on stdout."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
