"""Batches whose hour has come: each in a transaction of its own, with the lists that follow from it."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from directory.curation.batches import later
from directory.importers.locking import import_lock
from directory.models import ListingBatch
from directory.pipeline.refresh import refresh
from directory.vocab import BatchState

logger = logging.getLogger(__name__)


@dataclass
class Run:
    """How many batches were applied, wait for a person now, or failed for an error of ours."""

    applied: int = 0
    handed_over: int = 0
    failed: int = 0


def run_due(now: dt.datetime) -> Run:
    """Carry out what is due, the oldest first. Waits for an import; may be killed, repeated, or run twice at once.

    One that fails is logged, waits for the next run, and holds up no other.
    """
    run = Run()
    for key in later.due(now):
        try:
            with import_lock(), transaction.atomic():
                batch, schools = later.carry_out(key=key, now=now)
                if schools:
                    refresh(schools)
        except Exception:
            logger.exception("Batch %s of listings could not be applied", key)
            run.failed += 1
            continue
        run.applied += batch is not None and batch.state == BatchState.APPLIED
        run.handed_over += batch is not None and batch.state == BatchState.NEEDS_PERSON
    return run


def apply_now(*, batch: ListingBatch, by: User) -> bool:
    """Carry a waiting batch out at once; whether it still waited. Belongs under the import lock. Raises ValueError."""
    with transaction.atomic():
        schools = later.carry_out_now(batch=batch, by=by)
        if schools:
            refresh(schools)
    return schools is not None
