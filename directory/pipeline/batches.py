"""A batch of changes as one transaction: planned anew, compared with what was shown, applied, lists brought in line."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction

from directory.curation.batches import undo as undoing
from directory.curation.batches.apply import NO_SHEET, Sheet, Why
from directory.curation.batches.apply import apply as write
from directory.curation.batches.later import prepare
from directory.curation.batches.plan import Plan
from directory.models import ListingBatch
from directory.pipeline.refresh import refresh
from directory.vocab import BatchWay


class ChangedMeanwhile(Exception):
    """What would happen is no longer what was shown; `plan` is what would happen now. Nothing was written."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("Somebody has changed one of these listings since the preview.")
        self.plan = plan


def apply(
    *, planned: Callable[[], Plan], signature: str, way: BatchWay, why: Why, by: User, sheet: Sheet = NO_SHEET
) -> ListingBatch | None:
    """Apply what `planned()` gives, if it still has the signature that was shown. None where nothing would change.

    With an hour to come (`why.due_at`) it is kept for then. Belongs under the import lock. Raises ChangedMeanwhile.
    """
    with transaction.atomic():
        plan = planned()
        if plan.signature != signature:
            raise ChangedMeanwhile(plan)
        if not plan.good:
            return None
        if why.due_at:
            return prepare(plan=plan, way=way, why=why, by=by, sheet=sheet)
        batch = write(plan=plan, way=way, why=why, by=by, sheet=sheet)
        refresh(plan.school_ids)
        return batch


def undo(*, batch: ListingBatch, by: User) -> undoing.Undone:
    """Undo a batch and bring the lists in line. Belongs under the import lock."""
    with transaction.atomic():
        undone = undoing.undo(batch=batch, by=by)
        if undone.values:
            refresh(undone.school_ids)
        return undone
