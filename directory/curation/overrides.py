"""Corrections that survive imports: lifted before a file is compared, laid back afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from directory.curation.signature import begin_history, sign
from directory.models import Override, Program, School

#: Official columns that staff may correct. Keys, state and provenance are not among them.
CORRECTABLE: dict[type[models.Model], tuple[str, ...]] = {
    School: (
        "name", "address", "city", "state", "zip_code", "county", "latitude", "longitude", "control",
        "website", "admissions_url", "apply_url", "aid_url", "net_price_url", "veterans_url",
        "disability_url", "status", "closed_on", "successor_unitid", "accreditor", "open_admission",
        "eight_keys", "yellow_ribbon", "training_credit", "veterans_support", "veterans_group",
        "servicemembers_college", "rotc",
    ),
    Program: ("title", "state"),
}  # fmt: skip


@transaction.atomic
def correct(
    *,
    target: School | Program,
    column: str,
    value: Any,
    reason: str,
    by: User | None,
    evidence_url: str = "",
    review_by: dt.date | None = None,
) -> Override:
    """Set a column to our value and remember the official one. Raises ValueError for any other column.

    Correcting a column again replaces the earlier value; the official one stays that which the first one saw, and so
    does the day by which to look again unless another one is given.
    """
    (override,) = change(
        target=target, values={column: value}, reason=reason, by=by, evidence_url=evidence_url, review_by=review_by
    )
    return override


@transaction.atomic
def change(
    *,
    target: School | Program,
    values: Mapping[str, Any],
    reason: str,
    by: User | None,
    giving_up: Iterable[Override] = (),
    evidence_url: str = "",
    review_by: dt.date | None = None,
) -> list[Override]:
    """Correct several columns and let the official value of others stand again, as one change: one line of history.

    Returns the corrections that `values` (column -> our value) make, in that order. Raises ValueError as `correct`.
    """
    for column in values:
        if column not in CORRECTABLE[type(target)]:
            raise ValueError(f"{column} of a {target._meta.verbose_name} cannot be corrected.")
    # Locked, so that the official value is not read while an import is about to change it.
    stored = type(target)._default_manager.select_for_update(no_key=True).get(pk=target.pk)
    begin_history(stored)
    columns = [column for each in giving_up if (column := _let_go(each, target, by=by, why=reason))]
    made = []
    for column, value in values.items():
        made.append(
            _hold(target, stored, column, value, reason=reason, by=by, evidence_url=evidence_url, review_by=review_by)
        )
        columns.append(column)
    if columns:
        _save(target, *columns, by=by, why=reason)
    return made


def _hold(
    target: School | Program,
    stored: School | Program,
    column: str,
    value: Any,
    *,
    reason: str,
    by: User | None,
    evidence_url: str,
    review_by: dt.date | None,
) -> Override:
    """Keep our value of a column with the official one, and lay it on the row, which is not saved here."""
    field = target._meta.get_field(column)
    owner = {"school" if isinstance(target, School) else "program": target}
    override, _ = Override.objects.update_or_create(
        **owner,
        column=column,
        active=True,
        create_defaults={
            **owner, "column": column, "active": True, "official_value": _plain(stored, field),
            "value": _jsonable(value), "reason": reason, "evidence_url": evidence_url, "made_by": by,
            "review_by": review_by,
        },
        defaults={
            "value": _jsonable(value), "reason": reason, "evidence_url": evidence_url, "made_by": by,
            # Who corrects it anew saw the official value beside the field, so a conflict is settled by it.
            "made_at": timezone.now(), "conflict_since": None, **({"review_by": review_by} if review_by else {}),
        },
    )  # fmt: skip
    setattr(target, column, field.to_python(value))  # type: ignore[union-attr]
    return override


@transaction.atomic
def give_up(*, override: Override, by: User | None, why: str = "") -> Override:
    """Let the official value stand again. The correction stays as history; twice is the same as once."""
    held = Override.objects.select_for_update(of=("self",)).get(pk=override.pk)
    target = type(held.target)._default_manager.select_for_update(no_key=True).get(pk=held.target.pk)
    if column := _let_go(held, target, by=by, why=why):
        _save(target, column, by=by, why=why)
    return held


def _let_go(override: Override, target: School | Program, *, by: User | None, why: str) -> str:
    """End a correction and lay the official value on the row, which is not saved here. The column, "" if it ended."""
    if not override.active:
        return ""
    field = target._meta.get_field(override.column)
    setattr(target, override.column, field.to_python(override.official_value))  # type: ignore[union-attr]
    override.active, override.conflict_since = False, None
    _save(override, "active", "conflict_since", by=by, why=why)
    return override.column


def lift() -> dict[int, Any]:
    """Put the official values back, so that an import compares the file with what the last file said.

    Returns the value of each correction that was lifted, by its key: what `reapply` needs afterwards.
    """
    lifted = {}
    for override in _active():
        _write(override, override.official_value)
        lifted[override.pk] = override.value
    return lifted


def reapply(lifted: Mapping[int, Any]) -> int:
    """Lay the corrections back; returns how many official values have changed under them (conflicts).

    A correction made, or given another value, since `lift` may stand in the column already. What stands there is
    then ours and must not pass for the official value, which is the one that the correction itself has seen.
    """
    conflicts = 0
    for override in _active():
        target = override.target
        official = _plain(target, target._meta.get_field(override.column))
        made_meanwhile = override.pk not in lifted or lifted[override.pk] != override.value
        if made_meanwhile and official == override.value:
            continue
        if official != override.official_value:
            override.official_value = official
            override.conflict_since = None if official == override.value else timezone.now()
            override.save(update_fields=["official_value", "conflict_since"])
            conflicts += override.conflict_since is not None
        _write(override, override.value)
    return conflicts


def _active() -> models.QuerySet[Override]:
    return Override.objects.filter(active=True).select_related("school", "program").order_by("pk")


def _write(override: Override, value: Any) -> None:
    target = override.target
    field = target._meta.get_field(override.column)
    # update(): an import is no edit of the listing, so it leaves no entry in the listing's history
    type(target)._default_manager.filter(pk=target.pk).update(**{override.column: field.to_python(value)})  # type: ignore[union-attr]


def _save(row: School | Program | Override, *columns: str, by: User | None, why: str) -> None:
    """Write some columns, with who and why in the row's history."""
    sign(row, by=by, why=why)
    row.save(update_fields=columns)


def _plain(target: models.Model, field: Any) -> Any:
    return _jsonable(field.value_from_object(target))


def _jsonable(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
