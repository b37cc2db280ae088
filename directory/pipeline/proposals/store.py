"""Where proposed files lie: under MEDIA_ROOT by their content, never at a public address.

The same file twice is one file. It is written beside its place and renamed, so that a reader never sees half of it.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import Final

from django.conf import settings

from directory.importers.errors import Refused
from directory.pipeline.proposals.contents import ENDINGS, Contents, examine

CHUNK: Final = 1 << 20
NAME: Final = 150
PRIVATE: Final = 0o700
NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9._ ()-]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the store."""

    sha256: str
    size: int
    contents: Contents


def root() -> Path:
    """The store's folder, readable for nobody else."""
    folder = Path(settings.MEDIA_ROOT) / "releases"
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    return folder


def place(digest: str) -> Path:
    """Where the file of that content lies, or would."""
    return root() / digest[:2] / digest


def holds(digest: str) -> bool:
    return place(digest).is_file()


def keep(chunks: Iterable[bytes]) -> Kept:
    """Put a file into the store. Refused for content that is no table, or too large; nothing stays of it then."""
    most: int = settings.RELEASES_MAX_UPLOAD_MB * 1024**2
    seen, size = sha256(), 0
    descriptor, draft = tempfile.mkstemp(prefix="arriving-", dir=root())
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise Refused(too_large())
                seen.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        contents = examine(Path(draft))
        target = place(seen.hexdigest())
        target.parent.mkdir(exist_ok=True, mode=PRIVATE)
        Path(draft).replace(target)
    except OSError as error:
        raise Refused(f"The file cannot be kept: {error.strerror}. Tell who runs this server.") from None
    finally:
        Path(draft).unlink(missing_ok=True)
    return Kept(seen.hexdigest(), size, contents)


def keep_copy(path: Path) -> Kept:
    """Put a copy of a file of this machine into the store."""

    def chunks() -> Iterator[bytes]:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk

    try:
        return keep(chunks())
    except OSError as error:
        raise Refused(f"{path.name} cannot be read ({error.strerror}).") from None


def too_large() -> str:
    return (
        f"The file is larger than {settings.RELEASES_MAX_UPLOAD_MB:,} MB, which is more than any official file has "
        "(RELEASES_MAX_UPLOAD_MB)."
    )


def safe_name(name: str, kind: str) -> str:
    """A name for showing and for telling the year by: no folders, no odd signs, the ending of what the file is."""
    base = NOT_IN_NAMES.sub("_", PurePosixPath(name.replace("\\", "/")).name).strip(" .")
    stem, dot, ending = base.rpartition(".")
    if not dot or f".{ending.lower()}" not in ENDINGS[kind]:
        stem, ending = base, ENDINGS[kind][0][1:]
    return f"{stem[: NAME - 6] or 'file'}.{ending.lower()}"


@contextmanager
def opened(digest: str, name: str) -> Iterator[Path]:
    """The file under its own name, which tells importers the year. Refused when it is gone or no longer itself."""
    path = place(digest)
    if not path.is_file():
        raise Refused("The file is no longer kept. Propose it again.")
    with path.open("rb") as file:
        if file_digest(file, sha256).hexdigest() != digest:
            raise Refused("The file is not what it was when it came: the disk may be damaged. Propose it again.")
    with tempfile.TemporaryDirectory(prefix="reading-", dir=root()) as folder:
        named = Path(folder) / name
        named.symlink_to(path)
        yield named
