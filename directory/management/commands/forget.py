"""manage.py forget: what is kept about readers and has had its time."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.module_loading import import_string

from directory.engagement.retention import forget


class Command(BaseCommand):
    help = (
        "Remove what is kept about readers for longer than docs/operations.md says: words of mails, mail files, "
        "refused addresses, empty accounts, ended sessions, and what each app names in `forgets`: tries to sign in and "
        "files of proposals that ended long ago. Run it every day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        done = forget(now=now)
        for config in apps.get_app_configs():
            for path in getattr(config, "forgets", ()):
                import_string(path)(now=now)
        self.stdout.write(
            f"Forgotten: the words of {done.words} mails, {done.rows} old rows, {done.files} files, "
            f"{done.refusals} refused addresses, {done.accounts} empty accounts, and ended sessions."
        )
