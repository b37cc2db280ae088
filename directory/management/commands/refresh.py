"""manage.py refresh: openings and lists as of today, and what yesterday's readers left is forgotten."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import models, transaction
from django.utils import timezone

from directory.curation.duplicates.keeping import find_pairs
from directory.curation.everyday_names import load_everyday_names
from directory.eligibility.reference import load_certifications, was_loaded
from directory.engagement.misses import tidy
from directory.engagement.reviews import forget
from directory.importers.locking import import_lock
from directory.models import Listing, Opening
from directory.pipeline import change_log
from directory.pipeline.refresh import refresh
from directory.search.synonyms import load_synonyms


class Command(BaseCommand):
    help = (
        "Work out openings and lists anew. They depend on the day: a confirmed accreditation grows old, an "
        "accreditation ends, the rules of an exam begin or end. Bring in the exams, everyday names and synonyms that "
        "ship with the site and are missing or newer. Forget what told yesterday's readers apart, and what old loads "
        "changed. "
        "Look for listings that may be one. Run it every day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with import_lock(), transaction.atomic():
            # A site that has been brought up to date would judge by the rules of the version before.
            if was_loaded():
                load_certifications()
            # One that was never filled from the starter catalogue would have no everyday words at all.
            load_everyday_names()
            load_synonyms()
            listings, openings = _rows(Listing, "program"), _rows(Opening, "program", "certification")
            refresh()
            tidy(today=timezone.localdate())
            forget(today=timezone.localdate())
            change_log.trim(now=timezone.now())
            changed = _differing(listings, _rows(Listing, "program"))
            opened = _differing(openings, _rows(Opening, "program", "certification"))
        with import_lock():
            find_pairs()
        self.stdout.write(f"{_counted(changed, 'listing')} and {_counted(opened, 'opening')} changed.")


def _rows(model: type[models.Model], *key: str) -> dict[Any, int]:
    """Key -> a number that stands for the row's other columns; the keys and numbers of a country fit in memory."""
    columns = [field.attname for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    keys = [model._meta.get_field(name).attname for name in key]  # type: ignore[union-attr]
    rows = model._default_manager.order_by().values_list(*keys, *columns)
    return {row[: len(keys)]: hash(row) for row in rows.iterator(chunk_size=2_000)}


def _differing(before: dict[Any, int], after: dict[Any, int]) -> int:
    """Rows that came, went or changed."""
    return sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
