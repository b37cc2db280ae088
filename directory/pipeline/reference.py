"""Our own table of certifications into the database, with everything that follows from it."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from directory.eligibility.reference import Loaded, load_certifications
from directory.eligibility.table import FOLDER
from directory.importers.locking import import_lock
from directory.pipeline.refresh import refresh


def load_reference(folder: Path = FOLDER) -> Loaded:
    """Bring in the table and rebuild openings and lists, in one transaction; no change, no rebuild."""
    with import_lock(), transaction.atomic():
        loaded = load_certifications(folder)
        if loaded.written:
            refresh()
    return loaded
