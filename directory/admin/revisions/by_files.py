"""What official files wrote to a row, for the page of its history."""

from __future__ import annotations

from typing import Any

from directory.models import Release
from directory.pipeline.change_log import writings
from directory.vocab import Source


def written_by_files(model: Any, key: Any) -> dict[str, Any]:
    """`writings`, as far back as they are kept, and the release that the row stands on; None for what staff entered."""
    row = model._default_manager.filter(pk=key).first()
    if row is None:
        return {"writings": [], "stands_on": None}
    release = getattr(row, "release", None)
    official = isinstance(release, Release) and release.source != Source.STAFF
    return {"writings": writings(row), "stands_on": release if official else None}
