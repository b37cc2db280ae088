"""manage.py trim_releases: remove official files that staff loaded or proposed long ago."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from directory.pipeline.proposals.trimming import trim


class Command(BaseCommand):
    help = (
        "Remove files of proposals that ended more than RELEASES_KEEP_DAYS ago, and what killed processes left behind. "
        "The proposals with their log stay, and so does the file that a release stands on. "
        "The daily `forget` does the same."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = trim()
        self.stdout.write(f"{done.files} files removed, {done.size:,} bytes.")
