"""The project's own files, as a clone would hold them; what a machine makes for itself is left out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
MADE_HERE = frozenset({".git", ".venv", ".cache", "var", "__pycache__", "node_modules"})


def own_files(*folders: str, suffixes: tuple[str, ...] = ()) -> Iterator[Path]:
    """Every file below the folders (the whole project when none is named), sorted."""
    for top in folders or (".",):
        for folder, inner, names in os.walk(ROOT / top):
            inner[:] = sorted(name for name in inner if name not in MADE_HERE)
            for name in sorted(names):
                if not suffixes or name.endswith(suffixes):
                    yield (Path(folder) / name).resolve()


def shown(path: Path) -> str:
    """The path as a reader of a failure wants it: from the project's root."""
    return str(path.relative_to(ROOT))
