"""Deciding about corrections, in one transaction, and taking the decision back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.curation.conflicts.finding import mark, snapshot
from directory.curation.overrides import correct, give_up
from directory.curation.signature import begin_history, sign
from directory.models import ConflictDecision, Override, Program

Decision = ConflictDecision.Decision


class ChangedMeanwhile(Exception):
    """Nothing was decided: these corrections are no longer what the curator saw."""

    def __init__(self, overrides: list[Override]) -> None:
        super().__init__(", ".join(str(each) for each in overrides))
        self.overrides = overrides


class Undone(NamedTuple):
    """The schools concerned, how many decisions were taken back, and the corrections that have changed since."""

    schools: set[int]
    taken_back: int
    left: tuple[str, ...]


@transaction.atomic
def decide(
    *,
    seen: Mapping[int, str],
    decision: str,
    by: User,
    reason: str,
    review_by: dt.date | None = None,
    evidence_url: str = "",
    value: Any = None,
) -> list[ConflictDecision]:
    """Decide the same about corrections, given by key with the mark that was seen. All of them or none.

    Keeping ours and another value need the day to look again (`review_by`). Raises ChangedMeanwhile.
    """
    rows = Override.objects.select_for_update(of=("self",)).filter(pk__in=seen).order_by("pk")
    held = list(rows.select_related("school", "program"))
    changed = [row for row in held if mark(row) != seen[row.pk] or not row.active]
    if changed or len(held) != len(seen):
        raise ChangedMeanwhile(changed)
    batch = uuid.uuid4()
    made = []
    for row in held:
        before = snapshot(row)
        if decision == Decision.ACCEPT:
            give_up(override=row, by=by, why=reason)
        elif decision == Decision.KEEP:
            _keep(row, by=by, reason=reason, review_by=review_by, evidence_url=evidence_url)
        else:
            correct(
                target=row.target, column=row.column, value=value, reason=reason, by=by,
                evidence_url=evidence_url or row.evidence_url, review_by=review_by,
            )  # fmt: skip
        row.refresh_from_db()
        made.append(
            ConflictDecision(
                override=row, decision=decision, reason=reason, before=before, after=snapshot(row), batch=batch,
                made_by=by,
            )
        )  # fmt: skip
    return ConflictDecision.objects.bulk_create(made)


@transaction.atomic
def undo(*, batch: uuid.UUID, by: User) -> Undone:
    """Take back the decisions of one step, but for corrections that somebody has changed since."""
    decisions = ConflictDecision.objects.select_for_update(of=("self",)).filter(batch=batch, undone_at=None)
    schools, taken, left = set(), 0, []
    for made in decisions.select_related("override__school", "override__program").order_by("-pk"):
        row = Override.objects.select_for_update(of=("self",)).get(pk=made.override_id)
        schools.add(school_of(row))
        if snapshot(row) != made.after or _is_taken(row):
            left.append(f"{row.target}: {row.column}")
            continue
        _bring_back(row, made.before, by=by)
        made.undone_by, made.undone_at = by, timezone.now()
        made.save(update_fields=["undone_by", "undone_at"])
        taken += 1
    return Undone(schools, taken, tuple(left))


def school_of(override: Override) -> int:
    """The school whose listings follow from a correction."""
    target = override.target
    return target.school_id if isinstance(target, Program) else target.pk


def _keep(row: Override, *, by: User, reason: str, review_by: dt.date | None, evidence_url: str) -> None:
    """Ours stands, as known today: the reason is renewed, so the day beside it is, too."""
    row.reason, row.review_by, row.conflict_since = reason, review_by or row.review_by, None
    row.evidence_url = evidence_url or row.evidence_url
    row.made_by, row.made_at = by, timezone.now()
    sign(row, by=by, why=reason)
    row.save()


def _is_taken(row: Override) -> bool:
    """Whether somebody has corrected the column anew since this correction was given up."""
    others = Override.objects.filter(active=True, column=row.column, school=row.school_id, program=row.program_id)
    return not row.active and others.exists()


def _bring_back(row: Override, before: dict[str, Any], *, by: User) -> None:
    target: Any = type(row.target)._default_manager.select_for_update(no_key=True).get(pk=row.target.pk)
    begin_history(target)
    field = target._meta.get_field(row.column)
    if not row.active:  # what stands there now is the file's own word
        row.official_value = _plain(field.value_from_object(target))
    row.value, row.reason, row.evidence_url = before["value"], before["reason"], before["evidence_url"]
    row.review_by = dt.date.fromisoformat(before["review_by"]) if before["review_by"] else None
    row.conflict_since = _conflict_since(row, before)
    row.made_by = User.objects.filter(pk=before["made_by"]).first()
    row.made_at = dt.datetime.fromisoformat(before["made_at"])
    row.active = True
    sign(row, by=by, why="The decision was undone")
    row.save()
    setattr(target, row.column, field.to_python(row.value))
    sign(target, by=by, why="The decision about its correction was undone")
    target.save(update_fields=[row.column])


def _conflict_since(row: Override, before: dict[str, Any]) -> dt.datetime | None:
    """Whether the official value of today is one that the correction knows: its file may be taken back since."""
    since = dt.datetime.fromisoformat(before["conflict_since"]) if before["conflict_since"] else None
    if row.official_value == before["value"]:
        return None
    if row.official_value == before["official_value"]:
        return since
    # The last state that was in force without a conflict is what the correction was made or kept against.
    known = row.history.filter(active=True, conflict_since=None).order_by("-history_date", "-history_id").first()
    if known is not None and known.official_value == row.official_value:
        return None
    return since or timezone.now()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
