"""manage.py load_careers: add the careers that the product ships with."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from careers.starter import load_careers


class Command(BaseCommand):
    help = "Add the shipped careers that are missing; those that exist stay as staff left them."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_careers()
        self.stdout.write(f"{len(loaded.added)} added, {len(loaded.kept)} already there")
        if loaded.waiting:
            self.stdout.write(f"Load the SOC list first, then again for: {', '.join(loaded.waiting)}")
