"""Many records saved at once, each with its history."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import User

from directory.curation.signature import REASON_LENGTH
from directory.models import Accreditation

AT_ONCE: Final = 500
#: What a list can change of a record, and what undoing puts back.
COLUMNS: Final = (
    "status", "since", "ended_on", "next_review", "evidence_url", "checked_on", "checked_by_id",
)  # fmt: skip


def save_records(records: list[Accreditation], *, by: User, why: str) -> None:
    """Save what a list changes; a row without a history gets its state of before first, as in every edit of staff."""
    history: Any = Accreditation.history
    for start in range(0, len(records), AT_ONCE):
        some = {record.pk: record for record in records[start : start + AT_ONCE]}
        kept = set(history.filter(id__in=some).values_list("id", flat=True))
        first = Accreditation.objects.filter(pk__in=some.keys() - kept).select_for_update(of=("self",))
        keep_history(list(first), by=None, why="As it was before", update=True)
        Accreditation.objects.bulk_update(list(some.values()), [name.removesuffix("_id") for name in COLUMNS])
    keep_history(records, by=by, why=why, update=True)


def keep_history(records: list[Accreditation], *, by: User | None, why: str, update: bool) -> None:
    """One entry for each record as it stands; `update` says that it was there before."""
    history: Any = Accreditation.history
    if records:
        history.bulk_history_create(
            records, batch_size=AT_ONCE, update=update, default_user=by, default_change_reason=why[:REASON_LENGTH]
        )
