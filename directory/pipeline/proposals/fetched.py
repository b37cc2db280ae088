"""Files that `fetch_releases`, or a person, put into the folder of official files on this machine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from directory.importers.errors import Refused
from directory.pipeline.fetch import Manifest
from directory.pipeline.folder import ENDINGS

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Fetched:
    """One file: its path within the folder, its size in bytes, and when it came."""

    name: str
    size: int
    came_at: dt.datetime


def listing() -> list[Fetched]:
    """The files of the folder by name, some hundred at most; none where there is no folder."""
    folder: Path = settings.OFFICIAL_DATA_DIR
    if not folder.is_dir():
        return []
    entries = Manifest.read(folder).entries
    found = []
    for path in sorted(folder.rglob("*")):
        if not _is_one(path, folder):
            continue
        name = path.relative_to(folder).as_posix()
        about = path.stat()
        found.append(Fetched(name, about.st_size, _came_at(entries.get(name), about.st_mtime)))
        if len(found) == MOST:
            break
    return found


def path_of(name: str) -> Path:
    """The file of that name in the listing. Refused for any other, wherever it may lead."""
    if name not in {each.name for each in listing()}:
        raise Refused("That file is no longer in the folder of fetched files. Choose another.")
    return Path(settings.OFFICIAL_DATA_DIR) / name


def _is_one(path: Path, folder: Path) -> bool:
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        return inside and path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$")) and path.is_file()
    except OSError:
        return False


def _came_at(entry: object, changed: float) -> dt.datetime:
    """As the list of fetched files says, else when the file was last changed."""
    if isinstance(entry, dict):
        try:
            return dt.datetime.fromisoformat(str(entry.get("fetched_at")))
        except ValueError:
            pass
    return dt.datetime.fromtimestamp(changed, dt.UTC)
