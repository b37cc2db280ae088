"""What a test asks of an import."""

from __future__ import annotations

from directory.models import ImportRun, Release


def release_of(run: ImportRun) -> Release:
    """The release that the run loaded; a test that asks for it expects one."""
    assert run.release is not None, run.message
    return run.release
