"""A copy of the scripts in an empty folder, with a PATH on which stands only what a test puts there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.files import ROOT

# What the scripts may take for granted on a fresh machine: POSIX tools.
TOOLS = (
    "cat",
    "cksum",
    "chmod",
    "date",
    "dirname",
    "env",
    "find",
    "id",
    "mkdir",
    "mv",
    "rm",
    "sed",
    "sh",
    "sort",
)


class Machine:
    """One made-up machine: `run` starts a script on it, `install` puts a made-up program on its PATH."""

    def __init__(self, folder: Path) -> None:
        self.tree = folder / "tree"
        self.bin = folder / "bin"
        shutil.copytree(ROOT / "script", self.tree / "script")
        self.bin.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found, tool
            (self.bin / tool).symlink_to(found)

    def install(self, name: str, body: str, *, into: str | None = None) -> Path:
        """A program written in sh, on the PATH or in a folder of the tree."""
        folder = self.tree / into if into else self.bin
        folder.mkdir(parents=True, exist_ok=True)
        program = folder / name
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
        return program

    def run(self, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
        script, *arguments = command
        return subprocess.run(  # noqa: S603 - our own scripts
            [str(self.tree / script), *arguments],
            cwd="/",  # from any folder
            env={"PATH": str(self.bin), "HOME": str(self.tree), **environ},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)
