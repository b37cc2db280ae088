"""Files that nobody needs any more: of proposals that ended long ago, and what killed processes left behind."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone

from directory.models import Release, ReleaseProposal
from directory.pipeline.proposals import rejects, store
from directory.vocab.proposals import OPEN, WORKED_ON

#: A file that is arriving, or waits in a form for the rest to be mended, is left alone for so long.
JUST_COME: Final = dt.timedelta(days=1)


@dataclass(slots=True)
class Trimmed:
    """How many files went, and the bytes they took."""

    files: int = 0
    size: int = 0


def trim(*, now: dt.datetime | None = None) -> Trimmed:
    """Remove what has had its time: RELEASES_KEEP_DAYS after a proposal's end. The rows, with their log, stay.

    Never the file of an open proposal, nor the one that a release stands on.
    """
    now = now or timezone.now()
    done = Trimmed()
    needed = _needed(now)
    for path in store.root().glob("??/*"):
        if path.name not in needed and _age(path, now) > JUST_COME:
            _remove(path, done)
    left = (*store.root().glob("*-*"), *store.root().glob("signs/*"))
    for path in left:  # arriving-…, reading-…, signs of a worker: their process is gone
        if _age(path, now) > JUST_COME:
            _remove(path, done)
    since = now - dt.timedelta(days=settings.RELEASES_KEEP_DAYS)
    for proposal in ReleaseProposal.objects.filter(ended_at__lt=since).only("pk"):
        path = rejects.path_of(proposal)
        if path.is_file():
            _remove(path, done)
    return done


def _needed(now: dt.datetime) -> set[str]:
    """Digests of files that are kept."""
    since = now - dt.timedelta(days=settings.RELEASES_KEEP_DAYS)
    rows = ReleaseProposal.objects.values_list("sha256", flat=True)
    return {
        *rows.filter(state__in=(*OPEN, *WORKED_ON)),
        *rows.filter(ended_at__gte=since),
        *rows.filter(ended_at=None),
        *Release.objects.exclude(sha256="").values_list("sha256", flat=True),
    }


def _age(path: Path, now: dt.datetime) -> dt.timedelta:
    try:
        return now - dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except FileNotFoundError:  # a sign, or a folder of a worker that has just ended
        return dt.timedelta(0)


def _remove(path: Path, done: Trimmed) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return
    done.size += path.stat().st_size
    path.unlink(missing_ok=True)
    done.files += 1
